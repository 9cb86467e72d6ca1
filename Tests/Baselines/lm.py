#!/usr/bin/env python3
"""A small causal transformer: 4 layers, width 128, 4 heads, 64 tokens, 857,216 parameters.

(d) --mode dpo: DPO loss and backward on 16 preference pairs, with a frozen reference model
(e) --mode lm: one training step on 16 sequences (1,024 tokens)
"""
import copy

import torch
import torch.nn as nn
import torch.nn.functional as F

from timing import bench, options

opt = options(mode="lm", vocab=256)
LAYERS, C, H, T, B = 4, 128, 4, 64, 16
K = C // H


class RMSNorm(nn.Module):
    def __init__(self):
        super().__init__()
        self.gain = nn.Parameter(torch.ones(C))

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5) * self.gain


angles = torch.arange(T)[:, None] * 10000 ** (-torch.arange(0, K, 2) / K)
cos = torch.cat([angles, angles], 1).cos()
sin = torch.cat([angles, angles], 1).sin()


def rope(x):
    half = x.shape[-1] // 2
    return x * cos + torch.cat([-x[..., half:], x[..., :half]], -1) * sin


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = RMSNorm(), RMSNorm()
        self.qkv = nn.Linear(C, 3 * C, bias=False)
        self.out = nn.Linear(C, C, bias=False)
        self.up = nn.Linear(C, 344, bias=False)
        self.gate = nn.Linear(C, 344, bias=False)
        self.down = nn.Linear(344, C, bias=False)

    def forward(self, x):
        b, t, _ = x.shape
        q, k, v = self.qkv(self.norm1(x)).view(b, t, 3, H, K).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(rope(q), rope(k), v, is_causal=True)
        x = x + self.out(y.transpose(1, 2).reshape(b, t, C))
        h = self.norm2(x)
        return x + self.down(F.silu(self.gate(h)) * self.up(h))


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(opt.vocab, C)
        nn.init.normal_(self.embedding.weight, std=0.02)
        self.blocks = nn.ModuleList(Block() for _ in range(LAYERS))
        self.norm = RMSNorm()
        self.head = nn.Linear(C, opt.vocab, bias=False)

    def forward(self, tokens):
        x = self.embedding(tokens)
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x))


model = Transformer()
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, fused=opt.fused)
forward = torch.compile(model) if opt.compile else model
reference = copy.deepcopy(model).requires_grad_(False)
reference_forward = torch.compile(reference) if opt.compile else reference


def sequences(count):
    """Counting sequences: each token is the one before it plus a stride, modulo the vocabulary."""
    stride = torch.randint(1, 8, (count, 1))
    return (torch.randint(opt.vocab, (count, 1)) + stride * torch.arange(T + 1)) % opt.vocab


def lm():
    x = sequences(B)
    loss = F.cross_entropy(forward(x[:, :-1]).flatten(0, 1), x[:, 1:].flatten())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach()


def log_probability(net, x):
    logits = torch.log_softmax(net(x[:, :-1]), -1)
    return logits.gather(-1, x[:, 1:, None]).squeeze(-1).sum(-1)


def dpo():
    x = torch.cat([sequences(B), torch.randint(opt.vocab, (B, T + 1))])
    with torch.no_grad():
        base = log_probability(reference_forward, x)
    reward = 0.1 * (log_probability(forward, x) - base)
    loss = -F.logsigmoid(reward[:B] - reward[B:]).mean()
    optimizer.zero_grad()
    loss.backward()
    return loss.detach()


if opt.mode == "lm":
    bench("LM train 4x128 s64 b16", lm, opt, warm=10)
else:
    bench("DPO loss+backward b16 pairs", dpo, opt, warm=5)

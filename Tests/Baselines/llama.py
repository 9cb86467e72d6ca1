#!/usr/bin/env python3
"""The default training step of the demo `llama`: 3 layers, width 96, 4 heads, vocabulary 1,536.

A batch is 8 windows of 64 tokens; gradients are clipped to norm 1; AdamW with weight decay 1.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

from timing import bench, options

opt = options(vocab=1536)
LAYERS, C, H, T, B, HIDDEN = 3, 96, 4, 64, 8, 256
K = C // H

angles = torch.arange(T)[:, None] * 10000 ** (-torch.arange(0, K, 2) / K)
cos = torch.cat([angles, angles], 1).cos()
sin = torch.cat([angles, angles], 1).sin()


def rope(x):
    half = x.shape[-1] // 2
    return x * cos + torch.cat([-x[..., half:], x[..., :half]], -1) * sin


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.RMSNorm(C, eps=1e-5), nn.RMSNorm(C, eps=1e-5)
        self.qkv = nn.Linear(C, 3 * C, bias=False)
        self.out = nn.Linear(C, C, bias=False)
        self.up = nn.Linear(C, HIDDEN, bias=False)
        self.gate = nn.Linear(C, HIDDEN, bias=False)
        self.down = nn.Linear(HIDDEN, C, bias=False)

    def forward(self, x):
        b, t, _ = x.shape
        q, k, v = self.qkv(self.norm1(x)).view(b, t, 3, H, K).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(rope(q), rope(k), v, is_causal=True)
        x = x + self.out(y.transpose(1, 2).reshape(b, t, C))
        h = self.norm2(x)
        return x + self.down(F.silu(self.gate(h)) * self.up(h))


model = nn.Sequential(
    nn.Embedding(opt.vocab, C),
    *(Block() for _ in range(LAYERS)),
    nn.RMSNorm(C, eps=1e-5),
    nn.Linear(C, opt.vocab, bias=False),
)
nn.init.normal_(model[0].weight, std=0.5)
optimizer = torch.optim.AdamW(
    model.parameters(), lr=3e-3, betas=(0.9, 0.95), weight_decay=1.0, fused=opt.fused)
forward = torch.compile(model) if opt.compile else model
stream = torch.randint(opt.vocab, (30_000,))


def step():
    starts = torch.randint(len(stream) - T, (B, 1))
    x = stream[starts + torch.arange(T + 1)]
    loss = F.cross_entropy(forward(x[:, :-1]).flatten(0, 1), x[:, 1:].flatten())
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return loss.detach()


bench("train llama 3x96 v1536", step, opt)

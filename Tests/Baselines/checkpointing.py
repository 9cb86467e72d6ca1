#!/usr/bin/env python3
"""A training step of a residual chain: 64 layers of width 256, batch 256, with checkpoints or not."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.checkpoint import checkpoint

from timing import bench, options

opt = options(depth=64, width=256, batch=256, pieces=8)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(opt.width, opt.width)

    def forward(self, x):
        return x + F.silu(self.linear(x)) * (1 / math.sqrt(opt.depth))


network = nn.Sequential(*[Layer() for _ in range(opt.depth)])
size = opt.depth // max(opt.pieces, 1)
pieces = [network[start:start + size] for start in range(0, opt.depth, size)]
optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3, fused=opt.fused)
x = torch.randn(opt.batch, opt.width)


def step():
    y = x
    if opt.pieces == 0:
        y = network(x)
    else:
        for piece in pieces:
            y = checkpoint(piece, y, use_reentrant=False)
    loss = y.square().mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach()


cut = f"in {opt.pieces} pieces" if opt.pieces else "uncut"
bench(f"train chain {opt.depth}x{opt.width} {cut}", step, opt)

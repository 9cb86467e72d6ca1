#!/usr/bin/env python3
"""Attention over 1,024 positions with 4 heads of 64: PyTorch's fused form, and the formula."""
import math

import torch
import torch.nn.functional as F

from timing import bench, options

opt = options()
T, H, K = 1_024, 4, 64
inputs = [torch.randn(1, T, H, K, requires_grad=True) for _ in range(3)]
slope = torch.randn(1, T, H, K)
later = torch.ones(T, T, dtype=torch.bool).triu(1)


def naive(q, k, v, causal):
    scores = q @ k.transpose(-2, -1) / math.sqrt(K)
    if causal:
        scores = scores.masked_fill(later, float("-inf"))
    return torch.softmax(scores, -1) @ v


def tiled(q, k, v, causal):
    return F.scaled_dot_product_attention(q, k, v, is_causal=causal)


for form in (tiled, naive):
    for mask in ("none", "causal"):

        def attend():
            q, k, v = (x.transpose(1, 2) for x in inputs)
            return form(q, k, v, mask == "causal").transpose(1, 2)

        def forward():
            with torch.no_grad():
                attend()

        def both():
            for x in inputs:
                x.grad = None
            attend().backward(slope)

        name = f"attention {form.__name__} {mask} 1024x4x64"
        bench(f"{name} fwd", forward, opt, "calls/s")
        bench(f"{name} fwd+bwd", both, opt, "calls/s")

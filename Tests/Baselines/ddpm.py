#!/usr/bin/env python3
"""Noise-prediction MLP (DDPM): training steps, or DDIM sampling with --sample 1.

(a) default: 8 Gaussians on a ring in 2-D, width 128, batch 256
(b) --data digits --width 256: the 1,797 handwritten digits, 8x8
(c) --sample 1: 1,000 samples in 50 DDIM steps, weights as initialised
"""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

from timing import bench, options

opt = options(data="ring", width=128, batch=256, sample=0)

T = 1000
betas = torch.linspace(1e-4, 0.02, T)
alpha_bar = torch.cumprod(1 - betas, 0)

if opt.data == "digits":
    from sklearn.datasets import load_digits

    X = torch.tensor(load_digits().data, dtype=torch.float32) / 8 - 1
else:
    angle = torch.arange(8) * (2 * math.pi / 8)
    centres = torch.stack([angle.cos(), angle.sin()], 1)
    X = centres.repeat(512, 1) + 0.05 * torch.randn(4096, 2)
D = X.shape[1]
frequencies = torch.exp(-math.log(10000) * torch.arange(32) / 32)


class Denoiser(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(D + 64, width), nn.SiLU(),
            nn.Linear(width, width), nn.SiLU(),
            nn.Linear(width, width), nn.SiLU(),
            nn.Linear(width, D),
        )

    def forward(self, x, t):
        phase = t[:, None] * frequencies
        return self.net(torch.cat([x, phase.sin(), phase.cos()], 1))


net = Denoiser(opt.width)
optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3, fused=opt.fused)


def loss_function(x, t, noise):
    ab = alpha_bar[t][:, None]
    return F.mse_loss(net(ab.sqrt() * x + (1 - ab).sqrt() * noise, t.float()), noise)


if opt.compile:
    loss_function = torch.compile(loss_function)
average = None


def step():
    """One training step; returns the moving average of the loss."""
    global average
    x = X[torch.randint(len(X), (opt.batch,))]
    loss = loss_function(x, torch.randint(T, (opt.batch,)), torch.randn_like(x))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    loss = loss.detach()
    average = loss if average is None else average * 0.99 + loss * 0.01
    return average


@torch.inference_mode()
def ddim(count=1000, steps=50):
    times = torch.linspace(T - 1, 0, steps).long()
    x = torch.randn(count, D)
    for i in range(steps):
        ab = alpha_bar[times[i]]
        next_ab = alpha_bar[times[i + 1]] if i + 1 < steps else torch.tensor(1.0)
        noise = net(x, times[i].float().expand(count))
        x0 = (x - (1 - ab).sqrt() * noise) / ab.sqrt()
        x = next_ab.sqrt() * x0 + (1 - next_ab).sqrt() * noise
    return x.abs().mean()


if opt.sample:
    bench(f"ddim 1000x50 {opt.data} w{opt.width}", ddim, opt, "runs/s", warm=3)
else:
    bench(f"train ddpm {opt.data} w{opt.width}", step, opt, warm=100)

#!/usr/bin/env python3
"""One training step of the flow of `realnvp-glow`: two scales of eight steps, each an actnorm, a 1x1
convolution and an affine coupling of 16 channels; batches of 50 dequantised images of 8x8."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

from timing import bench, options

LEVELS, DIMENSION, DEPTH, WIDTH, BATCH, MARGIN = 17, 64, 8, 16, 50, 0.05


class ActNorm(nn.Module):
    """One scale and shift for each channel."""

    def __init__(self, channels):
        super().__init__()
        self.log_scale = nn.Parameter(torch.zeros(1, channels, 1, 1))
        self.shift = nn.Parameter(torch.zeros(1, channels, 1, 1))

    def forward(self, x):
        return x * self.log_scale.exp() + self.shift, self.log_scale.sum() * x[0, 0].numel()


class Mixing(nn.Module):
    """An invertible 1x1 convolution that begins as a rotation."""

    def __init__(self, channels):
        super().__init__()
        rotation = torch.linalg.qr(torch.randn(channels, channels))[0]
        self.weight = nn.Parameter(rotation)

    def forward(self, x):
        determinant = torch.linalg.slogdet(self.weight)[1]
        return F.conv2d(x, self.weight[:, :, None, None]), determinant * x[0, 0].numel()


class Coupling(nn.Module):
    """Scales and shifts one half of the channels by functions of the other."""

    def __init__(self, channels, width):
        super().__init__()
        half = channels // 2
        last = nn.Conv2d(width or half, channels, 3, padding=1)
        nn.init.zeros_(last.weight)
        nn.init.zeros_(last.bias)
        hidden = [
            nn.Conv2d(half, width, 3, padding=1), nn.ReLU(), nn.Conv2d(width, width, 1), nn.ReLU(),
        ] if width else []
        self.network = nn.Sequential(*hidden, last)
        self.reach = nn.Parameter(torch.ones(1, half, 1, 1))

    def forward(self, x):
        kept, moved = x.chunk(2, 1)
        raw, t = self.network(kept).chunk(2, 1)
        s = torch.tanh(raw) * self.reach
        return torch.cat([kept, moved * s.exp() + t], 1), s.sum((1, 2, 3))


def scale(channels):
    return nn.ModuleList(
        module for _ in range(DEPTH)
        for module in (ActNorm(channels), Mixing(channels), Coupling(channels, WIDTH)))


class Glow(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.departure, self.second = scale(4), Coupling(4, 0), scale(8)

    def forward(self, x):
        share = MARGIN + x * ((1 - 2 * MARGIN) / LEVELS)
        log_share, log_rest = share.log(), (1 - share).log()
        total = DIMENSION * math.log((1 - 2 * MARGIN) / LEVELS) - (log_share + log_rest).sum(1)
        x = F.pixel_unshuffle((log_share - log_rest).view(-1, 1, 8, 8), 2)
        for module in self.first:
            x, determinant = module(x)
            total = total + determinant
        x, determinant = self.departure(x)
        total = total + determinant
        kept, gone = x.chunk(2, 1)
        x = F.pixel_unshuffle(kept, 2)
        for module in self.second:
            x, determinant = module(x)
            total = total + determinant
        z = torch.cat([gone.flatten(1), x.flatten(1)], 1)
        return (-0.5 * z * z - 0.5 * math.log(2 * math.pi)).sum(1) + total


options = options()
model = Glow()
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, fused=options.fused)
images = torch.randint(0, LEVELS, (1541, DIMENSION)).float()


def step():
    levels = images[torch.randint(0, len(images), (BATCH,))]
    loss = -model(levels + torch.rand_like(levels)).mean() / (DIMENSION * math.log(2))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss


bench("train realnvp-glow", step, options)

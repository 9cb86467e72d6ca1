#!/usr/bin/env python3
"""A step of a variational autoencoder on the handwritten digits: Gaussian code and pixels."""
import math

import torch
import torch.nn as nn
from sklearn.datasets import load_digits

from timing import bench, options

opt = options(width=128, latent=2, batch=128)

digits = load_digits()
training = [i for i in range(len(digits.data)) if i % 7 != 6]
levels = torch.tensor(digits.data[training], dtype=torch.float32)
images = (levels + torch.rand_like(levels)) / 17


class VAE(nn.Module):
    def __init__(self, width, latent):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Linear(64, width), nn.SiLU(), nn.Linear(width, width), nn.SiLU(),
            nn.Linear(width, 2 * latent))
        self.decoder = nn.Sequential(
            nn.Linear(latent, width), nn.SiLU(), nn.Linear(width, width), nn.SiLU(),
            nn.Linear(width, 64))
        self.log_variance = nn.Parameter(torch.tensor(-2.0))

    def forward(self, x):
        mean, log_variance = self.encoder(x).chunk(2, dim=1)
        z = mean + (0.5 * log_variance).exp() * torch.randn_like(mean)
        squares = (x - self.decoder(z)).square() * (-self.log_variance).exp()
        reconstruction = -0.5 * (squares + self.log_variance + math.log(2 * math.pi)).sum(1)
        divergence = 0.5 * (mean.square() + log_variance.exp() - log_variance - 1).sum(1)
        return reconstruction.mean(), divergence.mean()


model = VAE(opt.width, opt.latent)
optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0, fused=opt.fused)


def step():
    x = images[torch.randint(len(images), (opt.batch,))]
    reconstruction, divergence = model(x)
    loss = divergence - reconstruction
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach()


bench(f"train vae digits w{opt.width} b{opt.batch}", step, opt, warm=100)

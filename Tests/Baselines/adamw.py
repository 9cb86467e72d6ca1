#!/usr/bin/env python3
"""A step of AdamW on the handwritten digits: a perceptron with one hidden layer, batch 50."""
import torch
import torch.nn as nn
import torch.nn.functional as F
from sklearn.datasets import load_digits

from timing import bench, options

opt = options(width=64, batch=50)

digits = load_digits()
training = [i for i in range(len(digits.data)) if i % 7 != 6]
images = torch.tensor(digits.data[training], dtype=torch.float32) / 16
labels = torch.tensor(digits.target[training])

network = nn.Sequential(nn.Linear(64, opt.width), nn.SiLU(), nn.Linear(opt.width, 10))
optimizer = torch.optim.AdamW(
    network.parameters(), lr=0.003, weight_decay=0.3, fused=opt.fused)


def step():
    batch = torch.randint(len(images), (opt.batch,))
    loss = F.cross_entropy(network(images[batch]), labels[batch])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach()


bench(f"train adamw digits w{opt.width} b{opt.batch}", step, opt, warm=100)

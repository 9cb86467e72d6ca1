#!/usr/bin/env python3
"""(f) Single operations: dispatch cost on small inputs, kernels on large ones. Calls per second."""
import torch
import torch.nn.functional as F

from timing import bench, options

opt = options()


def op(name, call):
    """Time one operation, unless another row is wanted."""
    bench(name, lambda: (call(), None)[1], opt, "calls/s")


x = torch.tensor(1.0, requires_grad=True)
c = torch.tensor(1.0001)


def chain():
    y = x
    for _ in range(500):
        y = y * c
        y = y + c
    x.grad = None
    y.backward()


op("scalar chain 1000 fwd+bwd", chain)

for n, label in ((1_000, "1k"), (1_000_000, "1M")):
    p, q = torch.randn(n), torch.randn(n)
    g = torch.randn(n, requires_grad=True)

    def silu_sum():
        g.grad = None
        F.silu(g).sum().backward()

    op(f"add {label}", lambda: p + q)
    op(f"exp {label}", lambda: p.exp())
    op(f"silu {label}", lambda: F.silu(p))
    op(f"tanh {label}", lambda: p.tanh())
    op(f"gelu(tanh) {label}", lambda: F.gelu(p, approximate="tanh"))
    op(f"normal {label}", lambda: torch.randn(n))
    op(f"sum {label}", lambda: p.sum())
    op(f"silu+sum fwd+bwd {label}", silu_sum)

for n in (128, 512, 1024):
    p, q = torch.randn(n, n), torch.randn(n, n)
    op(f"matmul {n}", lambda: p @ q)
p, q = torch.randn(256, 128), torch.randn(128, 128)
op("matmul 256x128x128", lambda: p @ q)

p = torch.randn(1024, 128)
w, b = torch.ones(128), torch.zeros(128)
op("softmax 1024x128", lambda: F.softmax(p, -1))
op("layernorm 1024x128", lambda: F.layer_norm(p, (128,), w, b))
pg, wg, bg = (t.clone().requires_grad_() for t in (p, w, b))


def layernorm_backward():
    pg.grad = wg.grad = bg.grad = None
    F.layer_norm(pg, (128,), wg, bg).sum().backward()


op("layernorm 1024x128 fwd+bwd", layernorm_backward)

images, kernel = torch.randn(64, 1, 28, 28), torch.randn(32, 1, 3, 3, requires_grad=True)


def conv_first():
    kernel.grad = None
    F.conv2d(images, kernel, padding=1).sum().backward()


op("conv2d 64x1x28x28->32 fwd", lambda: F.conv2d(images, kernel.detach(), padding=1))
op("conv2d 64x1x28x28->32 fwd+bwd", conv_first)

maps = torch.randn(64, 32, 14, 14, requires_grad=True)
kernel2 = torch.randn(64, 32, 3, 3, requires_grad=True)


def conv_second():
    kernel2.grad = maps.grad = None
    F.conv2d(maps, kernel2, padding=1).sum().backward()


op("conv2d 64x32x14x14->64 fwd+bwd", conv_second)

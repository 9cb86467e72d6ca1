import Foundation
import Tensors

// The inputs of all golden numbers. In PyTorch:
//
//     import torch, torch.nn.functional as F
//     def wave(shape, phase):
//         n = torch.Size(shape).numel()
//         x = torch.sin(0.7 * torch.arange(n, dtype=torch.float64) + phase)
//         return x.float().reshape(shape)

/// Numbers that both sides can make: sin(0.7 i + phase).
func wave(_ shape: Shape, _ phase: Double) -> Tensor {
  Tensor((0..<shape.count).map { Float(sin(0.7 * Double($0) + phase)) }, shape: shape)
}

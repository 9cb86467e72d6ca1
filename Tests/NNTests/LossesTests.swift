import NN
import TestSupport
import Tensors
import Testing

struct LossesTests {
  // a, t = wave((3, 4), 0.), wave((3, 4), 1.)
  private let prediction = wave([3, 4], 0)
  private let target = wave([3, 4], 1)

  // print(F.mse_loss(a, t))
  @Test func `mean squared error equals PyTorch's`() {
    expectClose(meanSquaredError(prediction, target).item, 0.4216527, tolerance: 1e-6)
  }

  // print(F.binary_cross_entropy_with_logits(3 * a, (t > 0).float()))
  @Test func `binary cross-entropy equals PyTorch's`() {
    let loss = binaryCrossEntropy(logits: 3 * prediction, targets: isLess(Tensor(0), target))
    expectClose(loss.item, 0.4643758, tolerance: 1e-6)
  }

  // y = torch.tensor([1, 3, 0]); w = torch.tensor([1., 0., 2.])
  // losses = F.cross_entropy(3 * a, y, reduction="none")
  // print(losses.mean(), (losses * w).sum() / w.sum())
  @Test func `cross-entropy equals PyTorch's, with weights and without`() {
    let targets = Indices([1, 3, 0])
    let plain = crossEntropy(logits: 3 * prediction, targets: targets)
    let weighted = crossEntropy(
      logits: 3 * prediction, targets: targets, weights: Tensor([1, 0, 2]))
    expectClose(plain.item, 3.699269, tolerance: 1e-6)
    expectClose(weighted.item, 4.067605, tolerance: 1e-6)
  }
}

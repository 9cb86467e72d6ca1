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

  // z = (3 * wave((3, 4), 0.)).requires_grad_()
  // loss = F.cross_entropy(z, torch.tensor([1, -100, 0])); loss.backward()
  // print(loss, z.grad)
  @Test func `cross-entropy with an ignored row equals PyTorch's, with its gradient`() {
    let logits = Tensor.variable(3 * prediction, on: Tape())
    let loss = crossEntropy(logits: logits, targets: Indices([1, -100, 0]))
    expectClose(loss.item, 3.4926202, tolerance: 1e-6)
    loss.backward()
    expectClose(
      logits.gradient?.scalars ?? [],
      [
        0.0123578, -0.4146346, 0.2376114, 0.1646654, 0, 0, 0, 0, -0.4972898, 0.01894002, 0.1292561,
        0.3490937,
      ], tolerance: 1e-6)
  }
}

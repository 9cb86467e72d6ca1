import Demos
import TestSupport
import Tensors
import Testing

struct PolicyLossTests {
  @Test func `advantages of a group have mean 0 and deviation 1`() {
    let advantages = groupAdvantages([1, 0, 0, 0.5, 1])
    let mean = advantages.reduce(0, +) / 5
    let square = advantages.reduce(0) { $0 + $1 * $1 } / 5
    #expect(abs(mean) < 1e-12)
    #expect(abs(square - 1) < 1e-12)
    #expect(groupAdvantages([1, 1, 1]) == [0, 0, 0])
  }

  // import torch
  // new = torch.tensor([[0.0, 0.4, -0.6, 0.1]], requires_grad=True)
  // a = torch.tensor([[1.0, 2.0, -1.0, -3.0]]); w = torch.tensor([[1.0, 1.0, 1.0, 0.0]])
  // r = new.exp()
  // loss = -(torch.minimum(r * a, r.clamp(0.8, 1.28) * a) * w).sum() / w.sum()
  // loss.backward(); print(loss.item(), new.grad)
  @Test func `the loss and its gradient equal PyTorch's`() {
    let tape = Tape()
    let new = Tensor.variable(Tensor([0, 0.4, -0.6, 0.1], shape: [1, 4]), on: tape)
    let loss = clippedPolicyLoss(
      new, old: .zeros([1, 4]), advantages: Tensor([1, 2, -1, -3], shape: [1, 4]),
      weights: Tensor([1, 1, 1, 0], shape: [1, 4]), clip: ClipRange(below: 0.2, above: 0.28))
    expectClose(loss.item, -0.92, tolerance: 1e-6)
    loss.backward()
    expectClose(new.gradient?.scalars ?? [], [-0.333_333_3, 0, 0, 0], tolerance: 1e-6)
  }

  @Test func `k3 is not negative, and its mean under the policy is the divergence`() {
    let (policy, reference) = ([0.7, 0.2, 0.1], [0.4, 0.4, 0.2])
    let logs = { (p: [Double]) in Tensor(p.map { Float($0) }).reshaped([3]) }
    let k3 = k3Divergence(log(logs(policy)), reference: log(logs(reference))).scalars
    #expect(k3.allSatisfy { $0 >= 0 })
    let mean = zip(policy, k3).reduce(0) { $0 + $1.0 * Double($1.1) }
    let exact = zip(policy, reference).reduce(0) { $0 + $1.0 * relativeLog($1.0, $1.1) }
    expectClose(mean, exact, tolerance: 1e-5)
  }

  /// log(p / q).
  private func relativeLog(_ p: Double, _ q: Double) -> Double {
    Double(log(Tensor(Float(p / q))).item)
  }
}

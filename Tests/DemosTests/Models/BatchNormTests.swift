import Demos
import NN
import TestSupport
import Tensors
import Testing

struct BatchNormTests {
  private func made() -> (norm: BatchNorm, parameters: Parameters) {
    let parameters = Parameters(RandomSource(seed: 1))
    let norm = BatchNorm(3, in: parameters)
    norm.gain.assign(Tensor([0.5, 1, -2]))
    norm.bias.assign(Tensor([0.1, -0.2, 0.3]))
    return (norm, parameters)
  }

  private func line(_ count: Int, from start: Float, to end: Float) -> Tensor {
    Tensor((0..<count).map { start + (end - start) * Float($0) / Float(count - 1) })
  }

  // x = torch.linspace(-1, 1, 12).sin().mul(2).reshape(4, 3).requires_grad_()
  // norm = torch.nn.BatchNorm1d(3)
  // with torch.no_grad():
  //     norm.weight.copy_(torch.tensor([0.5, 1.0, -2.0]))
  //     norm.bias.copy_(torch.tensor([0.1, -0.2, 0.3]))
  // y = norm(x)
  // (y * torch.arange(12.0).reshape(4, 3).cos()).sum().backward()
  // print(y, x.grad, norm.weight.grad, norm.running_mean, norm.running_var, norm.eval()(x))
  @Test func `values, gradients and running statistics equal PyTorch's`() {
    let (norm, parameters) = made()
    let values = (sin(line(12, from: -1, to: 1)) * 2).reshaped([4, 3])
    let x = Tensor.variable(values, on: parameters.tape)
    let y = norm(x)
    (y * cos(line(12, from: 0, to: 11)).reshaped([4, 3])).sum().backward()
    expectClose(
      y.scalars,
      [
        -0.5393271, -1.5267484, 3.0439067, -0.16786529, -0.6896142, 1.1848633, 0.32121584,
        0.28961417, -0.77146113, 0.78597665, 1.1267484, -2.2573087,
      ], tolerance: 3e-6)
    expectClose(
      x.gradient?.scalars ?? [],
      [
        0.22257528, 0.19222099, 0.40573552, -0.56099904, -0.67588484, -0.72613764, 0.5166694,
        0.85721326, 0.2346209, -0.17824559, -0.37354940, 0.08578116,
      ], tolerance: 1e-5)
    expectClose(
      norm.gain.gradient?.scalars ?? [], [-1.5735035, -1.1409278, 0.37314305], tolerance: 1e-5)
    expectClose(
      norm.runningMean.scalars, [-0.029773315, 0, 0.029773315], tolerance: 1e-6)
    expectClose(
      norm.runningVariance.scalars, [1.05648005, 1.0614171, 1.05648005], tolerance: 1e-6)
    parameters.isTraining = false
    expectClose(
      norm(x).scalars,
      [
        -0.70418215, -1.6169379, 2.6706076, -0.31267148, -0.72289705, 0.71122664, 0.20280667,
        0.32289708, -1.350686, 0.69265187, 1.2169379, -2.916729,
      ], tolerance: 3e-6)
  }

  @Test func `the running statistics are entries of the state that nothing is learned for`() {
    let (norm, parameters) = made()
    #expect(parameters.names == ["gain", "bias", "runningMean", "runningVariance"])
    #expect(parameters.trainableRanges == [0..<6])
    #expect(!norm.runningMean.requiresGradient)
  }
}

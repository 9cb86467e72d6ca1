import NN
import TestSupport
import Tensors
import Testing

struct Conv2DTests {
  // def first(x): return x.permute(0, 3, 1, 2)
  // def last(x): return x.permute(0, 2, 3, 1)
  // x, w, b = wave((1, 4, 5, 2), 0.), wave((3, 3, 2, 3), 1.), wave((3,), 2.)
  // W = w.permute(3, 2, 0, 1)
  // print(last(F.conv2d(first(x), W, b)))
  // print(last(F.silu(F.conv2d(first(x), W, b, stride=2, padding=1))))
  private func layer(stride: Int, padding: Int, _ activation: Activation) -> Conv2D {
    let layer = Conv2D(
      2, 3, size: 3, stride: stride, padding: padding, activation: activation,
      in: Parameters(RandomSource(seed: 1)))
    layer.weight.assign(wave([3, 3, 2, 3], 1))
    layer.bias?.assign(wave([3], 2))
    return layer
  }

  @Test func `values equal PyTorch's`() {
    let x = wave([1, 4, 5, 2], 0)
    let plain = layer(stride: 1, padding: 0, .none)(x)
    #expect(plain.shape == [1, 2, 3, 3])
    expectClose(
      plain.scalars,
      [
        3.0905, 1.83027, -0.2907645, 3.000102, 2.307028, 0.528923, -0.5611694, -0.3365535,
        0.04634863, 3.700461, 2.579191, 0.2448871, 1.268299, 1.122154, 0.4482426, -1.759829,
        -1.488254, -0.5167294,
      ], tolerance: 3e-6)
    expectClose(
      layer(stride: 2, padding: 1, .silu)(x).scalars,
      [
        0.4914601, 0.1266954, -0.1544752, 2.699683, 1.763839, 0.1144516, 0.2648764, 0.3267238,
        0.2124248, 1.147221, 1.210178, 0.5930085, 0.9898459, 0.8465397, 0.2735272, 0.1575429,
        0.4705874, 0.5512117,
      ], tolerance: 3e-6)
  }

  // for t in (w, b): t.requires_grad_()
  // y = last(F.conv2d(first(x), w.permute(3, 2, 0, 1), b, stride=2, padding=1))
  // (y * wave(tuple(y.shape), 3.)).sum().backward()
  // print(w.grad.flatten()[:9], b.grad)
  @Test func `gradients equal PyTorch's`() {
    let layer = layer(stride: 2, padding: 1, .none)
    let y = layer(wave([1, 4, 5, 2], 0))
    (y * wave(y.shape, 3)).sum().backward()
    expectClose(
      Array(layer.weight.gradient?.scalars.prefix(9) ?? []),
      [
        -1.572705, -1.361514, -0.5099813, -0.7902052, -0.7603991, -0.3729654, 0.4457053,
        -0.1590715, -0.6890344,
      ], tolerance: 5e-6)
    expectClose(
      layer.bias?.gradient?.scalars ?? [], [0.01788352, 0.008861125, -0.004328847],
      tolerance: 2e-6)
  }

  @Test func `a window of one pixel is a linear map of the channels`() {
    let layer = Conv2D(3, 4, size: 1, activation: .relu, in: Parameters(RandomSource(seed: 1)))
    let x = wave([2, 3, 2, 3], 0)
    let expected = linear(x, layer.weight.reshaped([3, 4]), layer.bias, activation: .relu)
    #expect(layer(x).scalars == expected.scalars)
  }

  @Test func `first weights fill the bound of PyTorch's default`() {
    let layer = Conv2D(4, 50, size: 5, in: Parameters(RandomSource(seed: 1)))
    let weights = layer.weight.scalars
    #expect(weights.allSatisfy { abs($0) <= 0.1 })
    #expect((weights.max() ?? 0) > 0.099 && (weights.min() ?? 0) < -0.099)
  }
}

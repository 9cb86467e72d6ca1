import NN
import TestSupport
import Tensors
import Testing

struct LinearTests {
  // x, W, b = wave((2, 3), 0.), wave((3, 4), 1.), wave((4,), 2.)
  // gelu = lambda v: F.gelu(v, approximate="tanh")
  // for f in (lambda v: v, F.relu, F.silu, gelu, torch.tanh, torch.sigmoid): print(f(x @ W + b))
  private let golden: [(Activation, [Float])] = [
    (
      .none,
      [0.822136, 0.6357002, 0.1502846, -0.4058122, 1.321414, 0.6576144, -0.3154721, -1.140187]
    ),
    (.relu, [0.822136, 0.6357002, 0.1502846, 0, 1.321414, 0.6576144, 0, 0]),
    (
      .silu,
      [
        0.5711293, 0.4156086, 0.08077807, -0.1622911, 1.043147, 0.4331865, -0.1330597, -0.2762514,
      ]
    ),
    (
      .gelu,
      [
        0.6530963, 0.4687977, 0.08411863, -0.1389744, 1.198051, 0.4896192, -0.1186841, -0.1451208,
      ]
    ),
    (
      .tanh,
      [0.6762308, 0.5619648, 0.1491633, -0.3849111, 0.8671352, 0.5767736, -0.305407, -0.8144771]
    ),
    (
      .sigmoid,
      [0.6946896, 0.6537808, 0.5375006, 0.3999167, 0.7894169, 0.6587243, 0.4217796, 0.242286]
    ),
  ]

  @Test func `values equal PyTorch's for every activation`() {
    for (activation, expected) in golden {
      let parameters = Parameters(RandomSource(seed: 1))
      let layer = Linear(3, 4, activation: activation, in: parameters)
      layer.weight.assign(wave([3, 4], 1))
      layer.bias?.assign(wave([4], 2))
      expectClose(layer(wave([2, 3], 0)).scalars, expected, tolerance: 2e-6)
    }
  }

  @Test func `a layer without bias is a product`() {
    let layer = Linear(3, 4, bias: false, in: Parameters(RandomSource(seed: 1)))
    let x = wave([2, 5, 3], 0)
    #expect(layer(x).shape == [2, 5, 4])
    #expect(layer(x).scalars == matmul(x, layer.weight).scalars)
  }

  @Test func `first weights fill the bound of PyTorch's default`() {
    let layer = Linear(100, 50, in: Parameters(RandomSource(seed: 1)))
    let weights = layer.weight.scalars
    #expect(weights.allSatisfy { abs($0) <= 0.1 })
    #expect((weights.max() ?? 0) > 0.099 && (weights.min() ?? 0) < -0.099)
  }
}

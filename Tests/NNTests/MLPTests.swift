import NN
import TestSupport
import Tensors
import Testing

struct MLPTests {
  // x = wave((2, 3), 0.)
  // h = F.silu(x @ wave((3, 4), 1.) + wave((4,), 2.))
  // print(h @ wave((4, 2), 3.) + wave((2,), 4.))
  @Test func `values equal PyTorch's`() {
    let parameters = Parameters(RandomSource(seed: 1))
    let network = MLP([3, 4, 2], in: parameters)
    parameters["layer.0.weight"].assign(wave([3, 4], 1))
    parameters["layer.0.bias"].assign(wave([4], 2))
    parameters["layer.1.weight"].assign(wave([4, 2], 3))
    parameters["layer.1.bias"].assign(wave([2], 4))
    expectClose(
      network(wave([2, 3], 0)).scalars, [-1.238034, -1.832047, -1.179247, -2.258253],
      tolerance: 2e-6)
  }
}

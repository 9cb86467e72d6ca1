import NN
import TestSupport
import Tensors
import Testing

struct LayerNormTests {
  // print(F.layer_norm(wave((2, 5), 0.), (5,), wave((5,), 1.), wave((5,), 2.)))
  @Test func `values equal PyTorch's`() {
    let norm = LayerNorm(5, in: Parameters(RandomSource(seed: 1)))
    norm.gain.assign(wave([5], 1))
    norm.bias.assign(wave([5], 2))
    expectClose(
      norm(wave([2, 5], 0)).scalars,
      [
        -0.4166172, 0.6446611, 0.5346121, -0.7837973, -0.6030954, 1.403875, -0.4144, -1.035505,
        -0.8260095, -1.976221,
      ], tolerance: 3e-6)
  }
}

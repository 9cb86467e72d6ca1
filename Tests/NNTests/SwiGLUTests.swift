import NN
import TestSupport
import Tensors
import Testing

struct SwiGLUTests {
  // x = wave((2, 3), 0.)
  // print((F.silu(x @ wave((3, 4), 1.)) * (x @ wave((3, 4), 2.))) @ wave((4, 3), 3.))
  @Test func `values equal PyTorch's`() {
    let layer = SwiGLU(3, hidden: 4, in: Parameters(RandomSource(seed: 1)))
    layer.gate.weight.assign(wave([3, 4], 1))
    layer.up.weight.assign(wave([3, 4], 2))
    layer.down.weight.assign(wave([4, 3], 3))
    expectClose(
      layer(wave([2, 3], 0)).scalars,
      [0.02330117, 0.055305, 0.06129803, 0.04184335, -0.02300163, -0.07702858], tolerance: 1e-6)
  }
}

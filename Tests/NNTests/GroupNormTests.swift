import NN
import TestSupport
import Tensors
import Testing

struct GroupNormTests {
  // x, g, b = wave((2, 2, 2, 4), 0.), wave((4,), 1.), wave((4,), 2.)
  // print(F.group_norm(x.permute(0, 3, 1, 2), 2, g, b).permute(0, 2, 3, 1))
  @Test func `values equal PyTorch's`() {
    let norm = GroupNorm(groups: 2, 4, in: Parameters(RandomSource(seed: 1)))
    norm.gain.assign(wave([4], 1))
    norm.bias.assign(wave([4], 2))
    expectClose(
      norm(wave([2, 2, 2, 4], 0)).scalars,
      [
        0.638697, 1.492308, 0.4911724, -0.778312, 1.249292, -0.6450287, -0.9899154, -0.868928,
        -0.5119351, 0.1445976, 0.2292036, -0.7721769, 2.196405, 0.7939273, -0.5870709, -0.8638829,
        -0.03060621, -0.27449, -0.4269068, -0.7707775, 1.848043, 1.370863, -0.02729997, -0.8667704,
        0.05676591, -0.6762947, -1.373607, -0.8272927, 1.553679, 1.536108, 0.7638274, -0.8056933,
      ], tolerance: 3e-6)
  }
}

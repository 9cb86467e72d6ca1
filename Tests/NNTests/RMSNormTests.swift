import NN
import TestSupport
import Tensors
import Testing

struct RMSNormTests {
  // print(F.rms_norm(wave((2, 5), 0.), (5,), wave((5,), 1.), 1e-5))
  @Test func `values equal PyTorch's`() {
    let norm = RMSNorm(5, in: Parameters(RandomSource(seed: 1)))
    norm.gain.assign(wave([5], 1))
    expectClose(
      norm(wave([2, 5], 0)).scalars,
      [
        0, 0.9537117, 0.993701, 0.05358301, -0.3059846, -0.4403387, -1.289374, -0.9899704,
        -0.03915734, -0.01534716,
      ], tolerance: 3e-6)
  }
}

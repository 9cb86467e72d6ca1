import NN
import TestSupport
import Tensors
import Testing

struct ConvTranspose2DTests {
  // x, w, b = wave((1, 2, 3, 2), 0.), wave((3, 3, 3, 2), 1.), wave((3,), 2.)
  // y = F.conv_transpose2d(
  //     x.permute(0, 3, 1, 2), w.permute(3, 2, 0, 1), b, stride=2, padding=1, output_padding=1)
  // print(y.permute(0, 2, 3, 1))
  @Test func `values equal PyTorch's`() {
    let layer = ConvTranspose2D(
      2, 3, size: 3, stride: 2, padding: 1, outputPadding: 1,
      in: Parameters(RandomSource(seed: 1)))
    layer.weight.assign(wave([3, 3, 3, 2], 1))
    layer.bias?.assign(wave([3], 2))
    let y = layer(wave([1, 2, 3, 2], 0))
    #expect(y.shape == [1, 4, 6, 3])
    expectClose(
      y.scalars,
      [
        0.6886653, 0.9863315, 0.1550978, 2.188388, 0.5218855, -1.502506, -0.2409193, 1.514658,
        1.264279, 0.2803241, -1.071374, -0.1360458, 0.7389314, 0.2380313, -0.1495412, 1.134679,
        0.3979949, -0.4909117, 1.846455, -0.1102607, -1.375461, 2.261461, 1.76809, -1.151951,
        0.354908, 1.377227, 0.6217339, 1.739808, 0.03161335, -1.220586, -0.2163156, 1.287906,
        1.162594, 0.5308441, -1.119405, -0.4028929, 2.001601, -0.7242644, -1.739328, 1.030783,
        1.720819, 0.06265783, 1.450975, 0.2252451, -0.865931, 2.443494, 1.471048, -1.434959,
        0.001128733, 1.510311, 1.020753, 0.260222, -1.069557, -0.115326, 1.955355, -0.7675607,
        -1.7078, 1.074141, 1.723444, 0.0201917, 1.44063, 0.2057054, -0.862229, 2.469339,
        1.424164, -1.476742, 0.04385793, 1.546966, 0.990484, 0.2132783, -1.055246, -0.06351736,
      ], tolerance: 3e-6)
  }

  @Test func `first weights have the bound that PyTorch takes from the outputs`() {
    let layer = ConvTranspose2D(50, 4, size: 5, in: Parameters(RandomSource(seed: 1)))
    let weights = layer.weight.scalars
    #expect(weights.allSatisfy { abs($0) <= 0.1 })
    #expect((weights.max() ?? 0) > 0.099 && (weights.min() ?? 0) < -0.099)
  }
}

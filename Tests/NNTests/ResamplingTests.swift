import TestSupport
import Tensors
import Testing

struct ResamplingTests {
  // x = wave((1, 2, 3, 1), 0.).permute(0, 3, 1, 2)
  // for mode, corners in (("nearest", None), ("bilinear", False), ("bilinear", True)):
  //     print(F.interpolate(x, size=(3, 5), mode=mode, align_corners=corners))
  private let golden: [(Interpolation, [Float])] = [
    (
      .nearest,
      [
        0, 0, 0.6442177, 0.6442177, 0.9854497, 0, 0, 0.6442177, 0.6442177, 0.9854497, 0.8632094,
        0.8632094, 0.3349881, 0.3349881, -0.3507832,
      ]
    ),
    (
      .bilinear(alignsCorners: false),
      [
        0, 0.2576871, 0.6442177, 0.8489569, 0.9854497, 0.4316047, 0.454804, 0.4896029, 0.3862411,
        0.3173333, 0.8632094, 0.6519209, 0.3349881, -0.07647476, -0.3507832,
      ]
    ),
    (
      .bilinear(alignsCorners: true),
      [
        0, 0.3221088, 0.6442177, 0.8148337, 0.9854497, 0.4316047, 0.4606038, 0.4896029, 0.4034681,
        0.3173333, 0.8632094, 0.5990987, 0.3349881, -0.007897541, -0.3507832,
      ]
    ),
  ]

  @Test func `images at another size equal PyTorch's under every rule`() {
    for (rule, expected) in golden {
      let y = resized(wave([1, 2, 3, 1], 0), height: 3, width: 5, rule)
      expectClose(y.scalars, expected, tolerance: 1e-6)
    }
  }

  // x = wave((1, 4, 5, 1), 0.).permute(0, 3, 1, 2)
  // print(F.interpolate(x, size=(2, 3), mode="bilinear", align_corners=False))
  @Test func `smaller images equal PyTorch's`() {
    let y = resized(
      wave([1, 4, 5, 1], 0), height: 2, width: 3, .bilinear(alignsCorners: false))
    expectClose(
      y.scalars, [-0.1548208, 0.00149855, 0.1559245, -0.07273797, 0.1182309, 0.1598171],
      tolerance: 1e-6)
  }

  // print(F.pixel_shuffle(wave((1, 2, 2, 4), 0.).permute(0, 3, 1, 2), 2))
  @Test func `channels become pixels in PyTorch's order`() {
    expectClose(
      depthToSpace(wave([1, 2, 2, 4], 0)).scalars,
      [
        0, 0.6442177, 0.3349881, -0.3507832, 0.9854497, 0.8632094, -0.8715758, -0.9824526,
        -0.6312667, 0.0168139, 0.8545989, 0.3190984, 0.6569866, 0.9881682, -0.3664791, -0.8796958,
      ], tolerance: 1e-6)
  }
}

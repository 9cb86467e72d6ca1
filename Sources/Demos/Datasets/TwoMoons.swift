package import Tensors

/// Two interleaved half circles with a little noise, at mean 0 and deviation about 1 on each axis.
package enum TwoMoons {
  /// Draws `count` points.
  package static func samples(_ count: Int, _ random: inout RandomSource) -> SampleSet {
    let angle = random.uniform([count, 1], in: 0...Float.pi)
    let isUpper = isLess(random.uniform([count, 1]), Tensor(0.5))
    let x = select(isUpper, cos(angle), 1 - cos(angle)) - 0.5
    let y = select(isUpper, sin(angle), 0.5 - sin(angle)) - 0.25
    let noise = random.normal([count, 2]) * 0.08
    return SampleSet(concatenated([x * (1 / 0.866), y * (1 / 0.494)]) + noise)
  }
}

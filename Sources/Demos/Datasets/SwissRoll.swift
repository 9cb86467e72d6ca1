package import Tensors

/// A spiral with a little noise, at mean 0 and deviation about 1 on each axis.
package enum SwissRoll {
  /// Draws `count` points.
  package static func samples(_ count: Int, _ random: inout RandomSource) -> SampleSet {
    let angle = random.uniform([count, 1], in: (1.5 * Float.pi)...(4.5 * Float.pi))
    let x = (angle * cos(angle) - 2) * (1 / 6.65)
    let y = (angle * sin(angle) - 0.212) * (1 / 6.97)
    return SampleSet(concatenated([x, y]) + random.normal([count, 2]) * 0.05)
  }
}

package import Tensors

/// Eight narrow Gaussians on a ring, equally likely, at mean 0 and deviation 1 on each axis.
package enum EightGaussians {
  /// The deviation of each Gaussian.
  package static let deviation: Float = 0.1
  /// Chosen so that half its square and the variance of a Gaussian add up to 1.
  package static let radius = (2 * (1 - deviation * deviation)).squareRoot()

  /// The middles of the Gaussians.
  package static var centres: SampleSet {
    let angle = Tensor((0..<8).map { Float($0) * (.pi / 4) }, shape: [8, 1])
    return SampleSet(concatenated([cos(angle), sin(angle)]) * radius)
  }

  /// Draws `count` points.
  package static func samples(_ count: Int, _ random: inout RandomSource) -> SampleSet {
    let angle = random.integers([count, 1], below: 8).floats * (Float.pi / 4)
    let centres = concatenated([cos(angle), sin(angle)]) * radius
    return SampleSet(centres + random.normal([count, 2]) * deviation)
  }
}

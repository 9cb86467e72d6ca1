package import Tensors

/// The sets that the diffusion demos learn, by the names of their parameter `data`.
package enum DiffusionData: String, CaseIterable, Sendable {
  case twoMoons = "two-moons"
  case eightGaussians = "eight-gaussians"
  case swissRoll = "swiss-roll"
  case checkerboard
  case digits

  /// What a run learns from and what it is compared with.
  package struct Split: Sendable {
    package var training: SampleSet
    /// Real points that nothing was learned from.
    package var heldOut: SampleSet
    /// Other real samples, as large as the one held out, to say how far two of them are apart.
    package var references: [SampleSet]
  }

  /// Draws the points, or reads them in the case of the digits.
  ///
  /// `count` points are held out; of the digits there are never more than 256.
  package func split(heldOut count: Int, _ random: RandomSource) throws -> Split {
    switch self {
    case .twoMoons: Self.split(TwoMoons.samples, heldOut: count, random)
    case .eightGaussians: Self.split(EightGaussians.samples, heldOut: count, random)
    case .swissRoll: Self.split(SwissRoll.samples, heldOut: count, random)
    case .checkerboard: Self.split(Checkerboard.samples, heldOut: count, random)
    case .digits: try Self.digits(heldOut: min(count, 256), random)
    }
  }

  private static let referenceCount = 16

  private static func split(
    _ samples: (Int, inout RandomSource) -> SampleSet, heldOut count: Int, _ random: RandomSource
  ) -> Split {
    var random = random
    return Split(
      training: samples(65_536, &random), heldOut: samples(count, &random),
      references: (0..<referenceCount).map { _ in samples(count, &random) })
  }

  /// All training images to learn from; random choices among them are the other real samples.
  private static func digits(heldOut count: Int, _ random: RandomSource) throws -> Split {
    var random = random
    let digits = try Digits.shipped()
    func images(_ positions: [Int]) -> SampleSet {
      SampleSet(
        dimension: Digits.pixelCount, values: digits.pixels(at: positions, in: -1...1))
    }
    func choice(_ positions: [Int]) -> SampleSet {
      images(Array(random.shuffled(positions).prefix(count)))
    }
    return Split(
      training: images(digits.training), heldOut: choice(digits.heldOut),
      references: (0..<referenceCount).map { _ in choice(digits.training) })
  }
}

/// How many modes of a mixture of narrow Gaussians a sample covers.
///
/// A point belongs to the mode whose centre is nearest, and counts if it lies within a few deviations
/// of it. A mode with at least one point that counts is covered.
///
/// - Source: Lin, Khetan, Fanti, Oh, "PacGAN: The power of two samples in generative adversarial
///   networks", 2018, arXiv:1712.04086, section 4.1.
package struct ModeCoverage: Hashable, Sendable {
  /// The points that count, for each mode.
  package let counts: [Int]
  /// The share of all points that count.
  package let highQualityShare: Double

  package init(
    of sample: SampleSet, centres: SampleSet, deviation: Double, within limit: Double = 3
  ) {
    let distances = Matrix(distancesFrom: sample, to: centres)
    var counts = [Int](repeating: 0, count: centres.count)
    for point in 0..<sample.count {
      let row = distances.row(point)
      let nearest = row.indices.min { row[$0] < row[$1] }
      if let nearest, row[nearest] <= limit * deviation { counts[nearest] += 1 }
    }
    self.counts = counts
    highQualityShare = Double(counts.reduce(0, +)) / Double(sample.count)
  }

  /// How many modes are covered.
  package var covered: Int { counts.count { $0 > 0 } }
}

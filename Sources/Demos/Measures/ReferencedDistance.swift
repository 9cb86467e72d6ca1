/// A distance of a sample to held-out data beside those of other real samples, without which the
/// number means nothing.
package struct ReferencedDistance: Hashable, Sendable {
  /// The distance of the sample.
  package let value: Double
  /// The distances of real samples to the same data.
  package let real: [Double]

  /// Measures `sample` and each of `references`, all as large as `heldOut`, by one distance.
  package init(
    of sample: SampleSet, to heldOut: SampleSet, beside references: [SampleSet],
    by distance: (SampleSet, SampleSet) -> Double
  ) {
    precondition(!references.isEmpty, "distance: no real samples to compare with")
    value = distance(sample, heldOut)
    real = references.map { distance($0, heldOut) }
  }

  /// What real samples have on the average.
  package var realMean: Double { real.reduce(0, +) / Double(real.count) }

  /// The distance, then the mean and the range of those of real samples, as cells of a table.
  package var cells: [String] {
    let (nearest, farthest) = (real.min() ?? 0, real.max() ?? 0)
    return [value.fixed(4), realMean.fixed(4), "\(nearest.fixed(4))–\(farthest.fixed(4))"]
  }
}

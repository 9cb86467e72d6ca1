package import DemoKit

/// How often numbers fall into bins of one width.
package struct Histogram: Hashable, Sendable {
  package let range: ClosedRange<Double>
  /// The numbers in each bin; the last one includes the upper bound.
  package let counts: [Int]
  /// All numbers, those outside of the range too.
  package let total: Int

  package init(_ values: [Double], in range: ClosedRange<Double>, bins: Int) {
    precondition(bins > 0 && range.lowerBound < range.upperBound, "histogram: \(bins) of \(range)")
    let width = (range.upperBound - range.lowerBound) / Double(bins)
    var counts = [Int](repeating: 0, count: bins)
    for value in values where range.contains(value) {
      counts[min(bins - 1, Int((value - range.lowerBound) / width))] += 1
    }
    self.range = range
    self.counts = counts
    total = values.count
  }

  package var width: Double { (range.upperBound - range.lowerBound) / Double(counts.count) }

  /// The middles of the bins.
  package var centres: [Double] {
    counts.indices.map { range.lowerBound + (Double($0) + 0.5) * width }
  }

  /// The share of all numbers in each bin divided by its width: an estimate of the density.
  package var densities: [Double] { counts.map { Double($0) / (Double(total) * width) } }

  /// The density as a curve.
  package func series(_ name: String) -> Plot.Series { Plot.Series(name, x: centres, y: densities) }
}

package import Tensors

/// The bootstrap: how much a statistic would vary over samples like the one at hand.
///
/// A resample is told by how often it holds each point. So a statistic that weighs its points, such
/// as a mean of distances, is computed for all resamples by one product of matrices.
///
/// - Source: Efron, "Bootstrap methods: another look at the jackknife", 1979.
package struct Bootstrap: Sendable {
  package var replicates: Int
  package var confidence: Double

  package init(replicates: Int = 400, confidence: Double = 0.95) {
    self.replicates = replicates
    self.confidence = confidence
  }

  /// How often each resample holds each of `count` points.
  ///
  /// - Shape: `[count, replicates]`; every column sums to `count`.
  package func weights(_ count: Int, _ random: inout RandomSource) -> Tensor {
    var weights = [Float](repeating: 0, count: count * replicates)
    let draws = random.integers([replicates, count], below: count).values
    for (draw, position) in draws.enumerated() {
      weights[Int(position) * replicates + draw / count] += 1
    }
    return Tensor(weights, shape: [count, replicates])
  }

  /// The interval of the mean of a table whose rows and columns are both chance, such as runs of a
  /// training and the images that each is tried on: both are drawn again.
  ///
  /// - Shape: `table` is `[rows, columns]`; with one row only the columns count as chance.
  package func interval(ofMean table: Tensor, _ random: inout RandomSource) -> ClosedRange<Double> {
    let byColumn = matmul(table, weights(table.shape[1], &random))  // [rows, replicates]
    let sums = (byColumn * weights(table.shape[0], &random)).sum(axis: 0).scalars
    return interval(of: sums.map { Double($0) / Double(table.count) })
  }

  /// The percentile interval of a statistic, from its values on the resamples.
  package func interval(of values: [Double]) -> ClosedRange<Double> {
    let sorted = values.sorted()
    let tail = (1 - confidence) / 2
    return quantile(tail, of: sorted)...quantile(1 - tail, of: sorted)
  }
}

/// The number below which the share `share` of sorted numbers lies, interpolated between neighbours.
package func quantile(_ share: Double, of sorted: [Double]) -> Double {
  precondition(!sorted.isEmpty, "quantile: of no numbers")
  let place = share * Double(sorted.count - 1)
  let below = Int(place)
  guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
  return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
}

/// Where a probability lies with 95 % confidence, of which the share `share` was seen in `count` trials.
///
/// - Source: Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
package func wilsonInterval(share: Double, of count: Int) -> ClosedRange<Double> {
  let (n, z) = (Double(count), 1.96)
  let centre = (share + z * z / (2 * n)) / (1 + z * z / n)
  let spread = (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot() * z / (1 + z * z / n)
  return (centre - spread)...(centre + spread)
}

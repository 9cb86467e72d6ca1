package import Tensors

/// The energy distance of two sample sets: 0 in expectation if they come from one distribution.
///
///     D(X, Y) = 2 E|x - y| - E|x - x'| - E|y - y'|
///
/// This is the unbiased estimate, over pairs of different points only. So two real samples give
/// numbers around 0, some of them below: what counts is how far beyond those a model's sample lies.
///
/// - Source: Székely, Rizzo, "Energy statistics: A class of statistics based on distances", 2013.
package func energyDistance(_ x: SampleSet, _ y: SampleSet) -> Double {
  2 * DistanceMatrix(x, y).mean() - DistanceMatrix(x).mean() - DistanceMatrix(y).mean()
}

/// All Euclidean distances between the points of two sets, or within one.
///
/// Kept so that a bootstrap can weigh the points again and again without measuring them anew.
package struct DistanceMatrix {
  private let distances: Tensor  // [rows, columns]
  /// Whether both sets are one, so that equal positions are one point and no pair.
  private let isWithin: Bool

  /// Distances between the points of `x` and those of `y`.
  package init(_ x: SampleSet, _ y: SampleSet) {
    precondition(
      x.dimension == y.dimension,
      "distances: dimensions \(x.dimension) and \(y.dimension) do not fit")
    distances = Self.distances(from: x, to: y)
    isWithin = false
  }

  /// Distances within `x`; a point has none to itself.
  package init(_ x: SampleSet) {
    distances = Self.distances(from: x, to: x)
    isWithin = true
  }

  /// The mean distance.
  package func mean() -> Double { mean { $0 } }

  /// The mean of a function of the distance, such as a kernel, over pairs of different points.
  package func mean(of function: (Tensor) -> Tensor) -> Double {
    let (rows, columns) = (distances.shape[0], distances.shape[1])
    let values = function(distances).scalars
    let sum = values.reduce(0) { $0 + Double($1) }
    guard isWithin else { return sum / Double(rows * columns) }
    let samePoint = (0..<rows).reduce(0) { $0 + Double(values[$1 * (columns + 1)]) }
    return (sum - samePoint) / Double(rows * (rows - 1))
  }

  /// The middle one of all distances.
  package var median: Double { quantile(0.5, of: distances.scalars.map { Double($0) }.sorted()) }

  /// The mean distance of every resample, whose points count as often as the weights say.
  ///
  /// - Shape: `rowWeights` is `[rows, R]`, `columnWeights` is `[columns, R]`; there are `R` means.
  package func means(rowWeights: Tensor, columnWeights: Tensor) -> [Double] {
    let sums = (rowWeights * matmul(distances, columnWeights)).sum(axis: 0).scalars
    let rows = rowWeights.sum(axis: 0).scalars
    let columns = columnWeights.sum(axis: 0).scalars
    let samePoint = square(rowWeights).sum(axis: 0).scalars
    return sums.indices.map { resample in
      let pairs = Double(rows[resample]) * Double(columns[resample])
      return Double(sums[resample]) / (isWithin ? pairs - Double(samePoint[resample]) : pairs)
    }
  }

  private static func distances(from x: SampleSet, to y: SampleSet) -> Tensor {
    let dimension = x.dimension
    var distances: [Float] = []
    distances.reserveCapacity(x.count * y.count)
    for i in 0..<x.count {
      for j in 0..<y.count {
        var squares: Float = 0
        for axis in 0..<dimension {
          let difference = x.values[i * dimension + axis] - y.values[j * dimension + axis]
          squares += difference * difference
        }
        distances.append(squares.squareRoot())
      }
    }
    return Tensor(distances, shape: [x.count, y.count])
  }
}

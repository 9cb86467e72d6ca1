package import Tensors

/// Centres with the least mean squared distance of each point to the nearest, as far as Lloyd's
/// iteration finds them.
///
/// The first centres are points drawn one after the other with probability proportional to the
/// squared distance to those drawn before (k-means++).
///
/// - Source: Lloyd, "Least squares quantization in PCM", 1982; Arthur, Vassilvitskii, "k-means++: the
///   advantages of careful seeding", 2007.
package struct KMeans: Sendable {
  package let centres: SampleSet
  /// The centre of each point.
  package let assignment: [Int]
  /// The mean squared distance of a point to its centre.
  package let distortion: Double

  /// Clusters `points`; a centre that loses all its points stays where it is.
  package init(
    _ points: SampleSet, clusters: Int, iterations: Int = 100, _ random: RandomSource
  ) throws {
    precondition(
      clusters > 0 && clusters <= points.count,
      "k-means: \(clusters) clusters of \(points.count) points")
    var random = random
    let x = points.tensor
    var centres = Self.seeds(x, clusters, &random)
    var assignment = nearest(x, in: centres)
    for _ in 0..<iterations {
      try Task.checkCancellation()
      centres = Self.means(x, assignment, keeping: centres)
      let next = nearest(x, in: centres)
      if next == assignment { break }
      assignment = next
    }
    self.centres = SampleSet(centres)
    self.assignment = assignment.values.map { Int($0) }
    let gaps = x - gatherRows(centres, assignment)
    distortion = Double(square(gaps).sum(axis: 1).mean().item)
  }

  /// Draws the first centres, `[K, D]`.
  private static func seeds(
    _ x: Tensor, _ clusters: Int, _ random: inout RandomSource
  ) -> Tensor {
    var chosen = [random.integer(below: x.shape[0])]
    var distances = [Double](repeating: .infinity, count: x.shape[0])
    while chosen.count < clusters {
      let latest = x[chosen[chosen.count - 1]]
      let squares = square(x - latest).sum(axis: 1).scalars  // [N]
      distances = zip(distances, squares).map { min($0, Double($1)) }
      chosen.append(random.choice(weights: distances))
    }
    return gatherRows(x, Indices(chosen))
  }

  /// The means of the points of each centre, `[K, D]`.
  private static func means(
    _ x: Tensor, _ assignment: Indices, keeping centres: Tensor
  ) -> Tensor {
    let clusters = centres.shape[0]
    let counts = scatterRows(Tensor.ones([x.shape[0], 1]), assignment, count: clusters)  // [K, 1]
    let sums = scatterRows(x, assignment, count: clusters)  // [K, D]
    let isEmpty = isEqual(counts, Tensor(0))
    return sums / (counts + isEmpty) + centres * isEmpty
  }
}

/// The row of `centres` nearest to each row of `x`: the greatest `2 ⟨x, c⟩ - |c|²`.
///
/// - Shape: `x` is `[N, D]`, `centres` is `[K, D]`, the result is `[N]`.
package func nearest(_ x: Tensor, in centres: Tensor) -> Indices {
  noGrad {
    let products = matmul(x, centres, transposingRight: true)  // [N, K]
    return (2 * products - square(centres).sum(axis: 1)).argmax()
  }
}

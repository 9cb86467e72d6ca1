package import Tensors

/// The sliced Wasserstein distance of order 2 between two equally large sample sets.
///
///     SW(X, Y)² = mean over directions u of mean over i of (⟨u, x⟩₍ᵢ₎ - ⟨u, y⟩₍ᵢ₎)²
///
/// In one dimension optimal transport pairs the points in sorted order; so each direction costs two
/// sorts. Two real samples have a distance above 0, which shrinks as they grow: print it beside.
///
/// - Source: Bonneel, Rabin, Peyré, Pfister, "Sliced and Radon Wasserstein barycenters of
///   measures", 2015.
package struct SlicedWasserstein {
  /// Unit vectors as columns.
  private let directions: Tensor
  /// How many there are.
  private let count: Int

  /// Chooses directions at random, uniformly on the sphere.
  package init(dimension: Int, directions count: Int = 64, _ random: inout RandomSource) {
    let normal = random.normal([dimension, count])
    directions = normal / sqrt(square(normal).sum(axis: 0, keepsAxis: true))
    self.count = count
  }

  /// The distance between `x` and `y`.
  package func callAsFunction(_ x: SampleSet, _ y: SampleSet) -> Double {
    precondition(
      x.count == y.count && x.dimension == y.dimension,
      "sliced Wasserstein: \(x.count) and \(y.count) points do not fit")
    let mean = zip(shadows(of: x), shadows(of: y)).reduce(0.0) { sum, pair in
      let gap = Double(pair.0 - pair.1)
      return sum + gap * gap
    }
    return (mean / Double(count * x.count)).squareRoot()
  }

  /// The points along each direction, sorted, direction after direction.
  private func shadows(of set: SampleSet) -> [Float] {
    let products = matmul(directions, set.tensor, transposingLeft: true, transposingRight: true)
      .scalars  // [directions, points]
    return (0..<count).flatMap {
      products[$0 * set.count..<($0 + 1) * set.count].sorted()
    }
  }
}

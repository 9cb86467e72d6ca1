import Tensors

/// The squared maximum mean discrepancy of two sample sets under Gaussian kernels: 0 in expectation
/// if they come from one distribution.
///
///     MMD²(X, Y) = E k(x, x') + E k(y, y') - 2 E k(x, y),  k(x, y) = mean_h exp(-|x - y|² / 2h²)
///
/// This is the unbiased estimate, over pairs of different points only; so two real samples give
/// numbers around 0, some of them below.
///
/// - Source: Gretton, Borgwardt, Rasch, Schölkopf, Smola, "A kernel two-sample test", 2012.
package struct MaximumMeanDiscrepancy: Sendable {
  /// The widths h of the kernels.
  package let bandwidths: [Double]

  package init(bandwidths: [Double]) {
    precondition(
      !bandwidths.isEmpty && bandwidths.allSatisfy { $0 > 0 }, "mmd: bandwidths \(bandwidths)")
    self.bandwidths = bandwidths
  }

  /// Kernels half, once and twice as wide as the middle distance between real points.
  package init(scaledTo real: SampleSet) {
    let median = DistanceMatrix(real).median
    self.init(bandwidths: [0.5, 1, 2].map { $0 * median })
  }

  /// The estimate for `x` and `y`.
  package func callAsFunction(_ x: SampleSet, _ y: SampleSet) -> Double {
    let between = DistanceMatrix(x, y).mean(of: kernel)
    return DistanceMatrix(x).mean(of: kernel) + DistanceMatrix(y).mean(of: kernel) - 2 * between
  }

  private func kernel(_ distances: Tensor) -> Tensor {
    let squares = square(distances)
    let kernels = bandwidths.map { exp(squares * Float(-0.5 / ($0 * $0))) }
    return kernels.dropFirst().reduce(kernels[0], +) / Float(kernels.count)
  }
}

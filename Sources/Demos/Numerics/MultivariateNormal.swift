import Foundation

/// A Gaussian with any covariance, whose density is known exactly.
///
///     log p(x) = -½ (D log 2π + log det Σ + (x - μ)ᵀ Σ⁻¹ (x - μ))
package struct MultivariateNormal: Sendable {
  package let mean: [Double]
  package let covariance: Matrix
  private let cholesky: Cholesky
  private let logNormalizer: Double

  /// The Gaussian with these moments; `nil` if the covariance is not positive definite.
  package init?(mean: [Double], covariance: Matrix) {
    precondition(
      mean.count == covariance.rows,
      "normal: [\(mean.count)] and [\(covariance.rows), \(covariance.columns)] do not fit")
    guard let cholesky = Cholesky(covariance) else { return nil }
    self.mean = mean
    self.covariance = covariance
    self.cholesky = cholesky
    logNormalizer = -0.5 * (Double(mean.count) * log(2 * .pi) + cholesky.logDeterminant)
  }

  /// log p(x), in nats.
  package func logDensity(_ x: [Double]) -> Double {
    let z = cholesky.whitened(zip(x, mean).map { $0 - $1 })
    return logNormalizer - 0.5 * dot(z, z)
  }

  /// The mean of log p over the points of a set, in nats.
  package func meanLogDensity(of points: SampleSet) -> Double {
    let sum = (0..<points.count).reduce(0.0) { $0 + logDensity(points.point($1)) }
    return sum / Double(points.count)
  }
}

extension SampleSet {
  /// The coordinates of one point.
  package func point(_ index: Int) -> [Double] {
    values[index * dimension..<(index + 1) * dimension].map { Double($0) }
  }

  /// Mean and covariance, divided by the number of points: the Gaussian of greatest likelihood.
  package var moments: (mean: [Double], covariance: Matrix) {
    let mean = (0..<dimension).map { column($0).reduce(0, +) / Double(count) }
    let centred = Matrix(
      rows: count, columns: dimension,
      values: values.indices.map { Double(values[$0]) - mean[$0 % dimension] })
    return (mean, 1 / Double(count) * (centred.transposed * centred))
  }
}

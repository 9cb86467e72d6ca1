import Foundation
package import Tensors

/// Probabilistic PCA at its greatest likelihood, which is known in closed form.
///
///     x = W z + μ + σ ε,  W = U_q (Λ_q - σ² I)^½,  σ² = mean of the eigenvalues left out
///
/// - Source: Tipping, Bishop, "Probabilistic principal component analysis", 1999.
package struct ProbabilisticPCA {
  package let mean: [Double]
  /// The eigenvalues of the covariance, falling.
  package let eigenvalues: [Double]
  /// The eigenvectors of the `latent` largest of them as columns.
  package let directions: Matrix
  /// σ².
  package let variance: Double
  /// The law of the data under the model: N(μ, W Wᵀ + σ² I).
  package let law: MultivariateNormal

  // region: ppca
  /// Fits `latent` components to `data`.
  package init(_ data: SampleSet, latent: Int) throws(DemosError) {
    let moments = data.moments
    let eigen = SymmetricEigen(moments.covariance)
    let (kept, rest) = (eigen.values.prefix(latent), eigen.values.dropFirst(latent))
    let variance = rest.reduce(0, +) / Double(rest.count)
    let directions = Matrix(
      (0..<data.dimension).map { Array(eigen.vectors.row($0).prefix(latent)) })
    let signal = directions * .diagonal(kept.map { $0 - variance }) * directions.transposed
    let covariance = signal + variance * Matrix.identity(data.dimension)
    guard let law = MultivariateNormal(mean: moments.mean, covariance: covariance) else {
      throw .singular
    }
    (mean, eigenvalues) = (moments.mean, eigen.values)
    (self.directions, self.variance, self.law) = (directions, variance, law)
  }

  /// The mean log-likelihood of the data it was fitted to, from the eigenvalues alone.
  ///
  ///     -½ (D log 2π + Σ_{j ≤ q} log λ_j + (D - q) log σ² + D)
  package var logLikelihood: Double {
    let dimension = Double(mean.count)
    let kept = eigenvalues.prefix(directions.columns).reduce(0) { $0 + log($1) }
    let rest = (dimension - Double(directions.columns)) * log(variance)
    return -0.5 * (dimension * log(2 * .pi) + kept + rest + dimension)
  }

  /// The mean divergence of posterior and prior over the data it was fitted to.
  ///
  ///     ½ Σ_{j ≤ q} log(λ_j / σ²)
  ///
  /// A direction whose variance is no greater than a pixel's noise tells nothing of its code.
  package var divergence: Double {
    0.5 * eigenvalues.prefix(directions.columns).reduce(0) { $0 + log($1 / variance) }
  }
  // endregion: ppca

  /// How far the columns of `weights` span the same space: the least cosine of a principal angle.
  ///
  /// The cosines are the singular values of the product of orthonormal bases (Golub, Van Loan,
  /// section 6.4.3).
  package func leastCosine(with weights: Matrix) -> Double {
    let basis = SingularValues(weights).left
    return SingularValues(directions.transposed * basis).values.last ?? 0
  }

  /// Draws from the fitted law without the noise of the pixels, as a decoder's means are.
  package func samples(_ count: Int, _ random: inout RandomSource) -> SampleSet {
    let scales = eigenvalues.prefix(directions.columns).map { ($0 - variance).squareRoot() }
    let weights = directions * .diagonal(scales)  // [D, q]
    let transposed = Tensor(
      weights.transposed.values.map { Float($0) }, shape: [weights.columns, weights.rows])
    let z = random.normal([count, weights.columns])
    return SampleSet(matmul(z, transposed) + Tensor(mean.map { Float($0) }))
  }
}

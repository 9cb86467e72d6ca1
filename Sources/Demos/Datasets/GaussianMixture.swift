import Foundation
package import Tensors

/// A mixture of round Gaussians, whose density and score are known at every noise level.
///
///     p(x) = Σ_k w_k N(x; μ_k, σ_k² I)
package struct GaussianMixture: Hashable, Sendable {
  package let weights: [Double]
  /// The means as points.
  package let means: SampleSet
  package let deviations: [Double]

  package init(weights: [Double], means: SampleSet, deviations: [Double]) {
    precondition(
      weights.count == means.count && deviations.count == means.count,
      "mixture: \(weights.count) weights, \(means.count) means, \(deviations.count) deviations")
    let total = weights.reduce(0, +)
    self.weights = weights.map { $0 / total }
    self.means = means
    self.deviations = deviations
  }

  /// Draws `count` points.
  package func samples(_ count: Int, _ random: inout RandomSource) -> SampleSet {
    let thresholds = weights.reduce(into: []) { sums, weight in
      sums.append((sums.last ?? 0) + weight)
    }
    let chosen = Indices(
      random.uniform([count]).scalars.map { draw in
        thresholds.firstIndex { Double(draw) <= $0 } ?? weights.count - 1
      })
    let spread = gatherRows(column(deviations), chosen)  // [B, 1]
    let noise = random.normal([count, means.dimension])
    return SampleSet(gatherRows(means.tensor, chosen) + spread * noise)
  }

  /// The law of `scale * x + deviation * z` with standard normal z: a mixture again.
  package func noised(scale: Double, deviation: Double) -> GaussianMixture {
    GaussianMixture(
      weights: weights,
      means: SampleSet(
        dimension: means.dimension, values: means.values.map { Float(scale) * $0 }),
      deviations: deviations.map {
        (scale * scale * $0 * $0 + deviation * deviation).squareRoot()
      })
  }

  /// log p at each point.
  ///
  /// - Shape: `x` is `[B, D]`, the result is `[B]`.
  package func logDensity(_ x: Tensor) -> Tensor { logTerms(x).logSumExp(axis: 1) }

  // region: score
  /// ∇ log p at each point: the pulls towards the means, by how likely the point is to be theirs.
  ///
  ///     ∇ log p(x) = Σ_k r_k(x) (μ_k - x) / σ_k²,  r = softmax_k(log w_k N(x; μ_k, σ_k² I))
  ///
  /// - Shape: `x` and the result are `[B, D]`.
  package func score(_ x: Tensor) -> Tensor {
    let precision = Tensor(deviations.map { Float(1 / ($0 * $0)) })  // [K]
    let pulls = softmax(logTerms(x)) * precision  // [B, K]
    return matmul(pulls, means.tensor) - x * pulls.sum(axis: 1, keepsAxis: true)
  }
  // endregion: score

  /// log w_k N(x; μ_k, σ_k² I), `[B, K]`.
  private func logTerms(_ x: Tensor) -> Tensor {
    let (count, dimension) = (x.shape[0], means.dimension)
    let gaps =
      x.reshaped([count, 1, dimension]) - means.tensor.reshaped([1, means.count, dimension])
    let precision = Tensor(deviations.map { Float(-0.5 / ($0 * $0)) })
    let constants = zip(weights, deviations).map { weight, deviation in
      Float(log(weight) - Double(dimension) * log(deviation * (2 * .pi).squareRoot()))
    }
    return square(gaps).sum(axis: 2) * precision + Tensor(constants)
  }

  private func column(_ values: [Double]) -> Tensor {
    Tensor(values.map { Float($0) }, shape: [values.count, 1])
  }
}

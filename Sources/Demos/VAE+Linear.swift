import DemoKit
import Foundation
import Tensors

/// A variational autoencoder without hidden layers, beside the exact maximum of its likelihood.
///
/// - Source: Lucas, Tucker, Grosse, Norouzi, "Don't blame the ELBO! A linear VAE perspective on
///   posterior collapse", 2019, arXiv:1911.02469.
struct LinearCase {
  private let exact: ProbabilisticPCA
  private let model: VariationalAutoencoder
  /// The evidence lower bound of the images it was trained on, their mean.
  private let lowerBound: Double
  /// The 50-sample bound of the images held out, below their likelihood under the same weights.
  private let gap: MeanEstimate
  private let leastCosine: Double
  /// The mean divergence of posterior and prior over the images it was trained on.
  private let divergence: Double

  init(
    _ demo: VAE, _ data: DigitImages, _ random: RandomSource, emit: (DemoEvent) -> Void
  ) throws {
    emit(.text("再训练一个没有隐藏层的 VAE：它的最优似然由协方差的特征值给出。"))
    exact = try ProbabilisticPCA(data.training, latent: demo.components)
    let model = VariationalAutoencoder(
      dimension: Digits.pixelCount, hidden: [], latent: demo.components,
      random.split("weights"))
    var curve = LossCurve(
      "负 ELBO（线性）", steps: demo.linearSteps, after: demo.steps, of: demo.total)
    try model.train(
      on: data.training, steps: demo.linearSteps, batch: 128, learningRate: 0.05,
      random.split("training")
    ) {
      curve.report($0, $1.divergence - $1.reconstruction, emit: emit)
    }
    self.model = model
    lowerBound = Self.lowerBound(of: model, data.training)
    let law = try Self.law(of: model)
    let bounds = try model.importanceBounds(
      of: data.heldOut, samples: 50, random.split("importance"))
    gap = MeanEstimate(
      bounds.enumerated().map { law.logDensity(data.heldOut.point($0.offset)) - $0.element })
    leastCosine = exact.leastCosine(with: Self.weights(of: model))
    divergence = noGrad {
      Double(model.posterior(data.training.tensor).divergenceFromStandard.mean().item)
    }
  }

  // region: exact-bound
  /// The mean evidence lower bound, its expectation known since the decoder is linear.
  ///
  ///     E_q log p(x | z) = log p(x | m) - Σ_k s_k² |w_k|² / 2σ²
  private static func lowerBound(of model: VariationalAutoencoder, _ images: SampleSet) -> Double {
    let weights = weights(of: model)
    let lengths = (0..<model.latent).map { k in
      Float(dot(weights.column(k), weights.column(k)) / (2 * model.pixelVariance))
    }
    return noGrad {
      let posterior = model.posterior(images.tensor)
      let spread = (exp(posterior.logVariance) * Tensor(lengths)).sum(axis: 1)
      let atMean = model.likelihood(posterior.mean).logDensity(images.tensor)
      return Double((atMean - spread - posterior.divergenceFromStandard).mean().item)
    }
  }
  // endregion: exact-bound

  // region: law
  /// The exact law of the images under a linear decoder: N(b, W Wᵀ + σ² I).
  private static func law(of model: VariationalAutoencoder) throws(DemosError) -> MultivariateNormal
  {
    let weights = weights(of: model)
    let covariance =
      weights * weights.transposed + model.pixelVariance * Matrix.identity(model.dimension)
    let bias = model.likelihood(Tensor.zeros([1, model.latent])).mean.scalars.map { Double($0) }
    guard let law = MultivariateNormal(mean: bias, covariance: covariance) else { throw .singular }
    return law
  }

  /// W, `[D, K]`: what the decoder makes of each unit code, less what it makes of none.
  private static func weights(of model: VariationalAutoencoder) -> Matrix {
    let none = Tensor.zeros([model.latent, model.latent])
    let units = oneHot(Indices(Array(0..<model.latent)), width: model.latent)
    let rows = noGrad { model.likelihood(units).mean - model.likelihood(none).mean }  // [K, D]
    return Matrix(
      rows: model.latent, columns: model.dimension, values: rows.scalars.map { Double($0) }
    ).transposed
  }
  // endregion: law

  var table: Table {
    Table(
      title: "线性 VAE 与概率 PCA（\(model.latent) 维，训练集）",
      header: ["量", "概率 PCA（精确）", "线性 VAE（训练得到）"],
      rows: [
        ["对数似然 / ELBO（nats/图）", exact.logLikelihood.fixed(3), lowerBound.fixed(3)],
        ["KL（nats/图）", exact.divergence.fixed(3), divergence.fixed(3)],
        ["像素方差 σ²", exact.variance.significant(5), model.pixelVariance.significant(5)],
        ["主子空间夹角的最小余弦", "1", leastCosine.fixed(5)],
      ])
  }

  var claims: [Claim] {
    let likelihood = exact.logLikelihood
    let shortfall = (likelihood - lowerBound) / abs(likelihood)
    let variance = abs(model.pixelVariance / exact.variance - 1)
    return [
      Claim(
        "线性 VAE 的 ELBO 达到概率 PCA 的精确对数似然", expected: "\(likelihood.fixed(3))，相差 < 1%",
        measured: "\(lowerBound.fixed(3))，相差 \((100 * shortfall).fixed(2))%",
        holds: abs(shortfall) < 0.01),
      Claim(
        "线性 VAE 学到主成分张成的子空间与 σ²",
        expected: "夹角余弦 > 0.99，σ² 相差 < 2%",
        measured: "\(leastCosine.fixed(5))，\((100 * variance).fixed(2))%",
        holds: leastCosine > 0.99 && variance < 0.02),
      Claim(
        "L₅₀ 不超过同一组权重下的精确似然（留出图）", expected: "log p - L₅₀ ≥ 0，3 个标准误以内",
        measured: gap.text(4), holds: gap.mean > -3 * gap.standardError),
    ]
  }
}

import Foundation
package import NN
package import Tensors

// region: model
/// A variational autoencoder with Gaussian code and Gaussian pixels.
///
///     z ~ N(0, I),  x | z ~ N(f(z), σ² I),  q(z | x) = N(m(x), diag s²(x))
///
/// Encoder and decoder are networks; with no hidden layers both are linear, and the model is that of
/// probabilistic PCA. The variance σ² of a pixel is learned too.
///
/// - Source: Kingma, Welling, "Auto-encoding variational Bayes", 2013, arXiv:1312.6114.
package struct VariationalAutoencoder {
  let latent: Int
  let dimension: Int
  package let parameters: Parameters
  private let encoder: MLP
  private let decoder: MLP
  private let logVariance: Tensor  // log σ²

  package init(dimension: Int, hidden: [Int], latent: Int, _ random: RandomSource) {
    self.dimension = dimension
    self.latent = latent
    parameters = Parameters(random)
    encoder = MLP([dimension] + hidden + [2 * latent], in: parameters.scope("encoder"))
    decoder = MLP([latent] + hidden.reversed() + [dimension], in: parameters.scope("decoder"))
    logVariance = parameters.tensor("log-variance", .scalar, .constant(-2))
  }

  /// The law of the code of each image: its means and the logarithms of its variances.
  ///
  /// - Shape: `x` is `[B, D]`, both results are `[B, K]`.
  func posterior(_ x: Tensor) -> DiagonalNormal {
    let parts = encoder(x).split([latent, latent])
    return DiagonalNormal(mean: parts[0], logVariance: parts[1])
  }

  /// The law of the images of each code, `[B, D]`.
  func likelihood(_ z: Tensor) -> DiagonalNormal {
    DiagonalNormal(mean: decoder(z), logVariance: logVariance)
  }
}
// endregion: model

extension VariationalAutoencoder {
  /// σ², the variance of a pixel.
  var pixelVariance: Double { exp(Double(logVariance.item)) }

  // region: elbo
  /// The two parts of the evidence lower bound of each image, with one code drawn for each.
  ///
  ///     ELBO(x) = log p(x | z) - KL(q(z | x) ‖ p(z)),  z = m(x) + s(x) ε
  ///
  /// - Shape: `x` is `[B, D]`, both parts are `[B]`.
  package func bound(
    _ x: Tensor, _ random: inout RandomSource
  ) -> (reconstruction: Tensor, divergence: Tensor) {
    let posterior = posterior(x)
    let z = posterior.sample(&random)  // [B, K]
    return (likelihood(z).logDensity(x), posterior.divergenceFromStandard)
  }
  // endregion: elbo

  // region: importance
  /// The importance-weighted bound of each image, with `count` codes drawn for each.
  ///
  ///     L_k(x) = log (1/k) Σ_i p(x | z_i) p(z_i) / q(z_i | x)
  ///
  /// - Shape: `x` is `[B, D]`, the result is `[B]`.
  /// - Source: Burda, Grosse, Salakhutdinov, "Importance weighted autoencoders", 2015,
  ///   arXiv:1509.00519.
  func importanceBound(_ x: Tensor, samples count: Int, _ random: inout RandomSource) -> Tensor {
    let copies = x.repeated(axis: 0, count: count)  // [B * k, D]
    let posterior = posterior(x).repeated(count)
    let z = posterior.sample(&random)  // [B * k, K]
    let logWeights =
      likelihood(z).logDensity(copies) + DiagonalNormal.standardLogDensity(z)
      - posterior.logDensity(z)
    return logWeights.reshaped([x.shape[0], count]).logSumExp(axis: 1) - Float(log(Double(count)))
  }
  // endregion: importance

  // region: training
  /// Raises the bound on `data` by AdamW; `report` gets each step, from 1, and its two parts.
  func train(
    on data: SampleSet, steps: Int, batch: Int, learningRate: Float, _ random: RandomSource,
    report: (Int, (reconstruction: Float, divergence: Float)) throws -> Void
  ) throws {
    var random = random
    let images = data.tensor
    let optimizer = AdamW(parameters, weightDecay: 0)
    let rate = Schedule.warmupCosine(peak: learningRate, warmup: steps / 50 + 1, total: steps)
    for step in 0..<steps {
      try Task.checkCancellation()
      let chosen = random.integers([batch], below: data.count)
      let parts = bound(gatherRows(images, chosen), &random)
      let (reconstruction, divergence) = (parts.reconstruction.mean(), parts.divergence.mean())
      (divergence - reconstruction).backward()
      optimizer.learningRate = rate(step)
      optimizer.step()
      try report(step + 1, (reconstruction.item, divergence.item))
    }
  }
  // endregion: training

  // region: sampling
  /// What the decoder makes of codes drawn from the prior.
  func samples(_ count: Int, _ random: inout RandomSource) -> SampleSet {
    let z = random.normal([count, latent])
    return noGrad { SampleSet(likelihood(z).mean) }
  }
  // endregion: sampling
}

// region: gaussian
/// Independent Gaussians with a mean and the logarithm of a variance for each number.
struct DiagonalNormal {
  let mean: Tensor  // [B, C]
  let logVariance: Tensor  // shaped alike, or of a single number

  /// Draws from each by way of standard noise, so that gradients reach both parameters.
  func sample(_ random: inout RandomSource) -> Tensor {
    mean + exp(0.5 * logVariance) * random.normal(mean.shape)
  }

  /// log N(x; mean, variance), summed over the last axis, `[B]`.
  func logDensity(_ x: Tensor) -> Tensor {
    let squares = square(x - mean) * exp(-logVariance)
    return -0.5 * (squares + logVariance + Float(log(2 * Double.pi))).sum(axis: -1)
  }

  /// KL(N(m, s²) ‖ N(0, 1)) = ½ Σ (m² + s² - log s² - 1), `[B]`.
  var divergenceFromStandard: Tensor {
    0.5 * (square(mean) + exp(logVariance) - logVariance - 1).sum(axis: -1)
  }

  /// log N(z; 0, I), `[B]`.
  static func standardLogDensity(_ z: Tensor) -> Tensor {
    -0.5 * (square(z) + Float(log(2 * Double.pi))).sum(axis: -1)
  }
}
// endregion: gaussian

extension DiagonalNormal {
  /// Each row `count` times.
  func repeated(_ count: Int) -> DiagonalNormal {
    DiagonalNormal(
      mean: mean.repeated(axis: 0, count: count),
      logVariance: logVariance.repeated(axis: 0, count: count))
  }
}

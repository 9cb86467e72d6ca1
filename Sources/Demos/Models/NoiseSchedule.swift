/// How fast data drowns in noise: the variances of the forward process and what follows from them.
///
/// Times count from 1; time 0 is the data, so that `alphaBars[0]` is 1.
///
///     x_t = sqrt(ᾱ_t) x_0 + sqrt(1 - ᾱ_t) ε
///
/// - Source: Ho, Jain, Abbeel, "Denoising diffusion probabilistic models", 2020, arXiv:2006.11239.
package struct NoiseSchedule: Sendable {
  /// The last time.
  package let steps: Int
  package let betas: [Double]
  package let alphas: [Double]
  package let alphaBars: [Double]

  // region: schedule
  /// The linear schedule of the paper.
  package init(steps: Int = 1_000, from first: Double = 1e-4, to last: Double = 0.02) {
    self.steps = steps
    betas = (0...steps).map { t in
      t == 0 ? 0 : first + (last - first) * Double(t - 1) / Double(steps - 1)
    }
    alphas = betas.map { 1 - $0 }
    alphaBars = alphas.reduce(into: []) { products, alpha in
      products.append((products.last ?? 1) * alpha)
    }
  }
  // endregion: schedule

  // region: posterior
  /// The Gaussian q(x_{t-1} | x_t, x_0).
  package struct Posterior: Hashable, Sendable {
    /// What x_0 counts in the mean.
    package var ofData: Double
    /// What x_t counts in the mean.
    package var ofNoisy: Double
    package var variance: Double
  }

  /// The way back from time `t` to the time before, for who knows the data.
  package func posterior(_ t: Int) -> Posterior {
    let (now, before) = (alphaBars[t], alphaBars[t - 1])
    return Posterior(
      ofData: before.squareRoot() * betas[t] / (1 - now),
      ofNoisy: alphas[t].squareRoot() * (1 - before) / (1 - now),
      variance: (1 - before) / (1 - now) * betas[t])
  }
  // endregion: posterior
}

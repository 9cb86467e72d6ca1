package import NN
package import Tensors

/// A density on images: a bijection to a simple distribution, trained by exact likelihood.
///
///     log p(x) = log p(f(x)) + log |det ∂f/∂x|
///
/// Images are whole grey levels. Each has uniform noise added before it is looked at, so that
/// `-log₂ p / D` is an upper bound of the bits that a number of the image needs.
///
/// - Source: Theis, van den Oord, Bethge, "A note on the evaluation of generative models", 2015,
///   arXiv:1511.01844.
package struct FlowModel {
  /// The distribution that data is mapped to.
  package enum Prior: Sendable { case normal, logistic }

  package let parameters: Parameters
  private let bijection: any Bijection
  private let prior: Prior
  private let dimension: Int

  /// A model of `levels` grey levels; `body` makes the bijection from logits to the prior's space.
  package init(
    levels: Int, dimension: Int, prior: Prior, _ random: RandomSource,
    body: (Parameters) -> any Bijection
  ) {
    parameters = Parameters(random)
    bijection = Chain([Logit(levels: levels), body(parameters)])
    self.prior = prior
    self.dimension = dimension
  }

  // region: density
  /// The logarithm of the density at each image.
  ///
  /// - Shape: `x` is `[B, D]`, the result is `[B]`.
  package func logDensity(_ x: Tensor) -> Tensor {
    let (z, logDeterminant) = bijection(x)
    return prior.logDensity(z) + logDeterminant
  }

  /// Whole levels with noise between 0 and 1 added, in bits for each number.
  package func bitsPerDimension(_ levels: Tensor, _ random: inout RandomSource) -> Tensor {
    let dequantised = levels + random.uniform(levels.shape)
    return logDensity(dequantised) * (-1 / (Float(dimension) * 0.693_147_18))
  }
  // endregion: density

  /// `f(x)` and `log |det ∂f/∂x|`.
  package func encoded(_ x: Tensor) -> (z: Tensor, logDeterminant: Tensor) {
    let (z, logDeterminant) = bijection(x)
    return (z, logDeterminant.broadcasted(to: [x.shape[0]]))
  }

  /// `f⁻¹(z)`.
  package func decoded(_ z: Tensor) -> Tensor { bijection.inverse(z) }

  // region: sampling
  /// Images drawn from the model: one draw from the prior and one pass backwards.
  package func samples(_ count: Int, _ random: inout RandomSource) -> Tensor {
    noGrad { decoded(prior.samples([count, dimension], &random)) }
  }
  // endregion: sampling

  // region: training
  /// Maximises the likelihood of `images`, whole grey levels of `[N, D]`.
  ///
  /// `report` is called after each step with its number, from 1, and its loss.
  package func train(
    on images: Tensor, steps: Int, batch: Int, learningRate: Float, _ random: RandomSource,
    report: (Int, Float) throws -> Void
  ) throws {
    var random = random
    func draw(_ count: Int) -> Tensor {
      gatherRows(images, random.integers([count], below: images.shape[0]))
    }
    prepare(on: draw(256), &random)
    let optimizer = AdamW(parameters, weightDecay: 0)
    let rate = Schedule.warmupCosine(peak: learningRate, warmup: steps / 20 + 1, total: steps)
    for step in 0..<steps {
      try Task.checkCancellation()
      let loss = bitsPerDimension(draw(batch), &random).mean()
      loss.backward()
      optimizer.learningRate = rate(step)
      optimizer.step()
      try report(step + 1, loss.item)
    }
  }
  // endregion: training

  /// Sets what depends on data before training, from a batch of whole grey levels.
  package func prepare(on levels: Tensor, _ random: inout RandomSource) {
    noGrad { _ = bijection.prepared(on: levels + random.uniform(levels.shape)) }
  }

  /// Bits per dimension of each image, the mean over `draws` draws of the noise.
  ///
  /// - Shape: `[N, D]` gives `[N]`.
  package func meanBits(_ images: Tensor, draws: Int, _ random: RandomSource) -> Tensor {
    var random = random
    return noGrad {
      stacked((0..<draws).map { _ in bitsPerDimension(images, &random) }).mean(axis: 0)
    }
  }
}

extension FlowModel.Prior {
  /// - Shape: `[B, D]` gives `[B]`.
  fileprivate func logDensity(_ z: Tensor) -> Tensor {
    switch self {
    case .normal: (square(z) * -0.5 - 0.918_938_53).sum(axis: 1)
    case .logistic: (logSigmoid(z) + logSigmoid(-z)).sum(axis: 1)
    }
  }

  fileprivate func samples(_ shape: Shape, _ random: inout RandomSource) -> Tensor {
    switch self {
    case .normal:
      return random.normal(shape)
    case .logistic:
      let share = clamp(random.uniform(shape), 1e-6...(1 - 1e-6))
      return log(share) - log(1 - share)
    }
  }
}

package import Tensors

/// Adam with decoupled weight decay.
///
///     m ← β₁ m + (1 - β₁) g        v ← β₂ v + (1 - β₂) g²
///     θ ← θ - η λ θ - η m̂ / (√v̂ + ε)
///
/// with m̂ = m / (1 - β₁ᵗ) and v̂ = v / (1 - β₂ᵗ). The defaults are PyTorch's.
///
/// - Source: Loshchilov, Hutter, "Decoupled weight decay regularization", 2019, arXiv:1711.05101.
package final class AdamW: Optimizer {
  package var learningRate: Float
  package let weightDecay: Float
  private var adam: AdamMoments

  package init(
    _ parameters: Parameters, learningRate: Float = 1e-3, beta1: Float = 0.9,
    beta2: Float = 0.999, epsilon: Float = 1e-8, weightDecay: Float = 0.01
  ) {
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    adam = AdamMoments(parameters, beta1: beta1, beta2: beta2, epsilon: epsilon)
  }

  package func step() {
    adam.step(learningRate: learningRate, decay: weightDecay, penalty: 0)
  }

  /// Running means of the gradient and of its square, as flat as the parameters.
  package var moments: (mean: Tensor, square: Tensor) { (adam.mean, adam.square) }
}

/// Adam, with decay as a penalty of the squared weights in the loss.
///
///     g ← g + λ θ, then as AdamW without decay
///
/// - Source: Kingma, Ba, "Adam: a method for stochastic optimization", 2015, arXiv:1412.6980.
package final class Adam: Optimizer {
  package var learningRate: Float
  package let penalty: Float
  private var adam: AdamMoments

  package init(
    _ parameters: Parameters, learningRate: Float = 1e-3, beta1: Float = 0.9,
    beta2: Float = 0.999, epsilon: Float = 1e-8, penalty: Float = 0
  ) {
    self.learningRate = learningRate
    self.penalty = penalty
    adam = AdamMoments(parameters, beta1: beta1, beta2: beta2, epsilon: epsilon)
  }

  package func step() {
    adam.step(learningRate: learningRate, decay: 0, penalty: penalty)
  }

  /// Running means of the gradient and of its square, as flat as the parameters.
  package var moments: (mean: Tensor, square: Tensor) { (adam.mean, adam.square) }
}

/// What the two forms of Adam share: the moments and the number of steps.
private struct AdamMoments {
  let mean: Tensor
  let square: Tensor
  private let parameters: Parameters
  private let beta1: Float
  private let beta2: Float
  private let epsilon: Float
  private var steps = 0

  init(_ parameters: Parameters, beta1: Float, beta2: Float, epsilon: Float) {
    self.parameters = parameters
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    mean = parameters.optimizerState()
    square = parameters.optimizerState()
  }

  mutating func step(learningRate: Float, decay: Float, penalty: Float) {
    require(mean.count == parameters.count, "step: a parameter was added after the optimizer")
    steps += 1
    let settings = AdamSettings(
      learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, decay: decay,
      penalty: penalty)
    for range in parameters.trainableRanges {
      parameters.values.rows(range).adamStep(
        settings, step: steps, gradient: parameters.gradients.rows(range), mean: mean.rows(range),
        square: square.rows(range))
    }
  }
}

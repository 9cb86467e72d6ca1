import Tensors

/// Gradient descent with momentum.
///
///     b ← μ b + g + λ θ        θ ← θ - η b
///
/// As in PyTorch the first step takes the gradient itself for `b`, and momentum is not damped.
package final class SGD: Optimizer {
  package var learningRate: Float
  private let momentum: Float
  private let penalty: Float
  private let parameters: Parameters
  private let velocity: Tensor

  package init(
    _ parameters: Parameters, learningRate: Float, momentum: Float = 0, penalty: Float = 0
  ) {
    self.parameters = parameters
    self.learningRate = learningRate
    self.momentum = momentum
    self.penalty = penalty
    velocity = parameters.optimizerState()
  }

  package func step() {
    require(
      velocity.count == parameters.count, "step: a parameter was added after the optimizer")
    for range in parameters.trainableRanges {
      let velocity = velocity.rows(range)
      velocity.scale(by: momentum)
      velocity.add(parameters.gradients.rows(range))
      let values = parameters.values.rows(range)
      velocity.add(values, scale: penalty)
      values.add(velocity, scale: -learningRate)
    }
  }
}

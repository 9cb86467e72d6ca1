import Tensors

/// A running average of all weights, which often samples better than the last ones.
///
///     average ← decay * average + (1 - decay) * weights
///
/// With a decay near 1 it also serves as the slow target of a moving one.
package struct WeightAverage {
  private let parameters: Parameters
  private let average: Tensor
  private let decay: Float

  /// An average that starts from the weights as they are.
  package init(_ parameters: Parameters, decay: Float) {
    self.parameters = parameters
    self.decay = decay
    average = .zeros([parameters.count])
    average.assign(parameters.values)
  }

  /// Takes the weights of this step in.
  package func update() {
    average.scale(by: decay)
    average.add(parameters.values, scale: 1 - decay)
  }

  /// Runs `body` with the average in place of the weights, and puts the weights back.
  package func applied<Result>(_ body: () throws -> Result) rethrows -> Result {
    parameters.values.exchange(with: average)
    defer { parameters.values.exchange(with: average) }
    return try body()
  }
}

package import Tensors

/// The first values of a parameter.
package enum Initializer: Hashable, Sendable {
  case zeros
  case ones
  case constant(Float)
  /// Between the bound and its negative.
  case uniform(bound: Float)
  case normal(standardDeviation: Float)
  /// PyTorch's default for weights and biases of linear layers: a bound of 1 / √inputs.
  case fanIn(Int)
  /// Glorot and Bengio, 2010: a bound of √(6 / (inputs + outputs)).
  case xavier(inputs: Int, outputs: Int)

  /// Values of a shape, drawn from a source of its own.
  package func values(_ shape: Shape, _ random: inout RandomSource) -> Tensor {
    switch self {
    case .zeros: .zeros(shape)
    case .ones: .ones(shape)
    case .constant(let value): .full(shape, value)
    case .uniform(let bound): random.uniform(shape, in: -bound...bound)
    case .normal(let deviation): random.normal(shape) * deviation
    case .fanIn(let inputs):
      Initializer.uniform(bound: 1 / Float(inputs).squareRoot()).values(shape, &random)
    case .xavier(let inputs, let outputs):
      Initializer.uniform(bound: (6 / Float(inputs + outputs)).squareRoot())
        .values(shape, &random)
    }
  }
}

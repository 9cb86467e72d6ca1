package import Tensors

/// Zeros out numbers in training, and passes them on in evaluation.
///
/// - Source: Srivastava et al., "Dropout: a simple way to prevent neural networks from
///   overfitting", 2014.
package struct Dropout {
  private let probability: Float
  private let parameters: Parameters

  package init(_ probability: Float, in parameters: Parameters) {
    self.probability = probability
    self.parameters = parameters
  }

  package func callAsFunction(_ x: Tensor, _ random: inout RandomSource) -> Tensor {
    parameters.isTraining ? dropout(x, probability: probability, &random) : x
  }
}

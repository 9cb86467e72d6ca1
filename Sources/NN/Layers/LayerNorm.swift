package import Tensors

/// Layer normalisation over the last axis.
///
///     y = (x - mean(x)) / sqrt(variance(x) + epsilon) * gain + bias
///
/// - Shape: `x` and `y` are `[..., C]`.
/// - Source: Ba, Kiros, Hinton, "Layer normalization", 2016, arXiv:1607.06450.
package struct LayerNorm {
  package let gain: Tensor  // [C]
  package let bias: Tensor  // [C]
  private let epsilon: Float

  package init(_ width: Int, epsilon: Float = 1e-5, in parameters: Parameters) {
    gain = parameters.tensor("gain", [width], .ones)
    bias = parameters.tensor("bias", [width], .zeros)
    self.epsilon = epsilon
  }

  package func callAsFunction(_ x: Tensor) -> Tensor {
    layerNorm(x, gain: gain, bias: bias, epsilon: epsilon)
  }
}

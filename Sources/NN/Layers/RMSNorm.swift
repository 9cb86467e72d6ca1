package import Tensors

/// Root-mean-square normalisation over the last axis.
///
///     y = gain * x / sqrt(mean(x²) + epsilon)
///
/// - Shape: `x` and `y` are `[..., C]`.
/// - Source: Zhang, Sennrich, "Root mean square layer normalization", 2019, arXiv:1910.07467.
package struct RMSNorm {
  package let gain: Tensor  // [C]
  private let epsilon: Float

  package init(_ width: Int, epsilon: Float = 1e-5, in parameters: Parameters) {
    gain = parameters.tensor("gain", [width], .ones)
    self.epsilon = epsilon
  }

  package func callAsFunction(_ x: Tensor) -> Tensor {
    rmsNorm(x, gain: gain, epsilon: epsilon)
  }
}

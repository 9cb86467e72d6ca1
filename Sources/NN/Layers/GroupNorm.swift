package import Tensors

/// Group normalisation: over all pixels of an image and the channels of a group.
///
///     y = (x - mean(group)) / sqrt(variance(group) + epsilon) * gain + bias
///
/// - Shape: `x` and `y` are `[B, ..., C]`.
/// - Source: Wu, He, "Group normalization", 2018, arXiv:1803.08494.
package struct GroupNorm {
  package let gain: Tensor  // [C]
  package let bias: Tensor  // [C]
  private let groups: Int
  private let epsilon: Float

  package init(groups: Int, _ width: Int, epsilon: Float = 1e-5, in parameters: Parameters) {
    require(width % groups == 0, "GroupNorm: \(width) channels do not make \(groups) groups")
    gain = parameters.tensor("gain", [width], .ones)
    bias = parameters.tensor("bias", [width], .zeros)
    self.groups = groups
    self.epsilon = epsilon
  }

  package func callAsFunction(_ x: Tensor) -> Tensor {
    groupNorm(x, groups: groups, gain: gain, bias: bias, epsilon: epsilon)
  }
}

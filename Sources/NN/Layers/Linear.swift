package import Tensors

/// An affine map of the last axis, with an optional activation computed in the same pass.
///
///     y = activation(x weight + bias)
///
/// - Shape: `x` is `[..., inputs]`, `y` is `[..., outputs]`.
package struct Linear {
  package let weight: Tensor  // [inputs, outputs]
  package let bias: Tensor?  // [outputs]
  package let activation: Activation

  package init(
    _ inputs: Int, _ outputs: Int, bias: Bool = true, activation: Activation = .none,
    in parameters: Parameters
  ) {
    weight = parameters.tensor("weight", [inputs, outputs], .fanIn(inputs))
    self.bias = bias ? parameters.tensor("bias", [outputs], .fanIn(inputs)) : nil
    self.activation = activation
  }

  package func callAsFunction(_ x: Tensor) -> Tensor {
    linear(x, weight, bias, activation: activation)
  }
}

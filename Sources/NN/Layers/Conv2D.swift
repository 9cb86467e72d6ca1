package import Tensors

/// A convolution of images with an optional activation computed in the same pass.
///
///     y = activation(patches(x) weight + bias)
///
/// - Shape: `x` is `[B, H, W, inputs]`, `y` is `[B, H', W', outputs]` with
///   `H' = (H + 2 padding - size) / stride + 1`.
package struct Conv2D {
  package let weight: Tensor  // [size, size, inputs, outputs]
  package let bias: Tensor?  // [outputs]
  package let activation: Activation
  private let stride: Int
  private let padding: Int

  package init(
    _ inputs: Int, _ outputs: Int, size: Int, stride: Int = 1, padding: Int = 0,
    bias: Bool = true, activation: Activation = .none, in parameters: Parameters
  ) {
    let fanIn = Initializer.fanIn(size * size * inputs)
    weight = parameters.tensor("weight", [size, size, inputs, outputs], fanIn)
    self.bias = bias ? parameters.tensor("bias", [outputs], fanIn) : nil
    self.activation = activation
    self.stride = stride
    self.padding = padding
  }

  package func callAsFunction(_ x: Tensor) -> Tensor {
    convolution(x, weight, bias, stride: stride, padding: padding, activation: activation)
  }
}

package import Tensors

/// The adjoint of a convolution, which makes images larger.
///
/// - Shape: `x` is `[B, H, W, inputs]`, `y` is `[B, H', W', outputs]` with
///   `H' = (H - 1) stride - 2 padding + size + outputPadding`.
package struct ConvTranspose2D {
  package let weight: Tensor  // [size, size, outputs, inputs]
  package let bias: Tensor?  // [outputs]
  private let stride: Int
  private let padding: Int
  private let outputPadding: Int

  package init(
    _ inputs: Int, _ outputs: Int, size: Int, stride: Int = 1, padding: Int = 0,
    outputPadding: Int = 0, bias: Bool = true, in parameters: Parameters
  ) {
    // PyTorch's default takes the outputs for the fan.
    let fan = Initializer.fanIn(size * size * outputs)
    weight = parameters.tensor("weight", [size, size, outputs, inputs], fan)
    self.bias = bias ? parameters.tensor("bias", [outputs], fan) : nil
    self.stride = stride
    self.padding = padding
    self.outputPadding = outputPadding
  }

  package func callAsFunction(_ x: Tensor) -> Tensor {
    transposedConvolution(
      x, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding)
  }
}

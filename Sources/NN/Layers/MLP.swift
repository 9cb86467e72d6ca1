package import Tensors

/// Linear layers in a row, with an activation after each but the last.
///
/// - Shape: `x` is `[..., widths.first]`, `y` is `[..., widths.last]`.
package struct MLP {
  private let layers: [Linear]

  package init(_ widths: [Int], activation: Activation = .silu, in parameters: Parameters) {
    require(widths.count >= 2, "MLP: \(widths) needs an input and an output")
    layers = (1..<widths.count).map { index in
      let isLast = index == widths.count - 1
      return Linear(
        widths[index - 1], widths[index], activation: isLast ? .none : activation,
        in: parameters.scope("layer", index - 1))
    }
  }

  package func callAsFunction(_ x: Tensor) -> Tensor {
    layers.reduce(x) { x, layer in layer(x) }
  }
}

package import Tensors

/// A feed-forward layer with a gate.
///
///     y = (silu(x gate) * (x up)) down
///
/// - Shape: `x` and `y` are `[..., C]`, the hidden width is `hidden`.
/// - Source: Shazeer, "GLU variants improve transformer", 2020, arXiv:2002.05202.
package struct SwiGLU {
  package let gate: Linear
  package let up: Linear
  package let down: Linear

  package init(_ width: Int, hidden: Int, in parameters: Parameters) {
    gate = Linear(width, hidden, bias: false, activation: .silu, in: parameters.scope("gate"))
    up = Linear(width, hidden, bias: false, in: parameters.scope("up"))
    down = Linear(hidden, width, bias: false, in: parameters.scope("down"))
  }

  package func callAsFunction(_ x: Tensor) -> Tensor {
    down(gate(x) * up(x))
  }
}

/// Two parallel buffers, values and gradients, that grow together while a model is made.
///
/// Tensors made here are leaves whose gradient is a slice of the second buffer. They stay valid
/// while the buffers grow, because they hold offsets.
package final class ParameterBuffers {
  private let values = Storage(count: 0)
  private let gradients = Storage(count: 0)
  private var leaves: [Node] = []

  package init() {}

  /// Adds a parameter with its first values.
  package func append(_ initial: Tensor, name: String, on tape: Tape) -> Tensor {
    let start = values.count
    MemoryUse.tagged(.parameters) { values.grow(to: start + initial.count) }
    MemoryUse.tagged(.gradients) { gradients.grow(to: start + initial.count) }
    let slot = Tensor(gradients, offset: start, shape: initial.shape)
    let leaf = Node(leaf: name, shape: initial.shape, on: tape, slot: slot)
    leaves.append(leaf)
    let tensor = Tensor(values, offset: start, shape: initial.shape, origin: leaf)
    tensor.assign(initial)
    return tensor
  }

  /// A run of all values.
  package func values(_ range: Range<Int>) -> Tensor {
    Tensor(values, offset: range.lowerBound, shape: [range.count])
  }

  /// A run of all gradients; those that the last walk did not reach are zero.
  package func gradients(_ range: Range<Int>) -> Tensor {
    for leaf in leaves { leaf.settle() }
    return Tensor(gradients, offset: range.lowerBound, shape: [range.count])
  }
}

extension Tensor {
  /// Makes a leaf a constant, or asks for its gradient again.
  package func setRequiresGradient(_ required: Bool) {
    require(origin?.isLeaf == true, "setRequiresGradient: \(shape) is not a leaf")
    origin?.isTracked = required
  }
}

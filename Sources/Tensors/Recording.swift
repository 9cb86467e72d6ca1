import CKernels

extension Tensor {
  /// The node gradients go to, if any are wanted.
  var node: Node? {
    guard let origin, origin.isTracked else { return nil }
    return origin
  }

  /// Whether a gradient can be asked for through this tensor.
  package var requiresGradient: Bool { node != nil }

  /// The recorded step this tensor comes from, for a reader of the graph.
  package var recordedNode: Node? { node }

  /// The gradient that a leaf got from the last walk.
  ///
  /// That of a parameter is a view into the buffer of all gradients, which the next walk changes.
  package var gradient: Tensor? { origin?.gradient }

  /// The same numbers with no memory of how they were computed.
  package func detached() -> Tensor { Tensor(storage, offset: offset, shape: shape) }

  /// A leaf on `tape`: a tensor whose gradient will be asked for.
  package static func variable(
    _ value: Tensor, on tape: Tape, name: String = "variable"
  ) -> Tensor {
    let leaf = Node(leaf: name, shape: value.shape, on: tape, slot: nil)
    return Tensor(value.storage, offset: value.offset, shape: value.shape, origin: leaf)
  }

  /// This tensor with a node after one input.
  @inline(__always)
  func recorded(
    _ operation: String, _ a: Tensor, _ backward: @escaping (Tensor) -> Void
  ) -> Tensor {
    guard let node = a.node, node.tape.isRecording else { return self }
    guard recordingIsPaused() == 0 else { return traced(node, nil) }
    return appended(operation, node.tape, node, nil, nil, .closure(backward))
  }

  /// This tensor with a node after two inputs.
  @inline(__always)
  func recorded(
    _ operation: String, _ a: Tensor, _ b: Tensor, _ backward: @escaping (Tensor) -> Void
  ) -> Tensor {
    let (first, second) = (a.node, b.node)
    guard let tape = recordingTape(operation, first, second) else { return traced(first, second) }
    return appended(operation, tape, first, second, nil, .closure(backward))
  }

  /// The same for the smallest operations: `backward` finds the inputs' nodes in the node it gets.
  func recorded(
    _ operation: String, _ first: consuming Node?, _ second: consuming Node?,
    _ backward: @escaping (Tensor, Node) -> Void
  ) -> Tensor {
    guard let tape = recordingTape(operation, first, second) else { return traced(first, second) }
    return appended(operation, tape, first, second, nil, .inputs(backward))
  }

  /// This tensor with a node after any number of inputs.
  func recorded(
    _ operation: String, _ inputs: [Tensor], _ backward: @escaping (Tensor) -> Void
  ) -> Tensor {
    let nodes = inputs.compactMap(\.node)
    guard let tape = recordingTape(inputs) else { return traced(nil, nil, nodes) }
    require(
      nodes.allSatisfy { $0.tape === tape }, "\(operation): the operands are on two tapes")
    return appended(operation, tape, nil, nil, nodes, .closure(backward))
  }

  /// This tensor as a traced result, whose inputs are noted and which has no node of its own, if a
  /// trace is under way.
  private func traced(_ first: Node?, _ second: Node?, _ others: [Node] = []) -> Tensor {
    guard let tape = (first ?? second ?? others.first)?.tape, tape.isRecording,
      recordingIsPaused() == Recording.tracing.rawValue
    else { return self }
    let nodes = [first, second].compactMap(\.self) + others
    for node in nodes where !node.isTrace { tape.touch(node) }
    let trace = nodes.first(where: \.isTrace) ?? Node(traceOn: tape)
    return Tensor(storage, offset: offset, shape: shape, origin: trace)
  }

  /// This tensor with a node at the end of `tape`.
  func appended(
    _ operation: String, _ tape: consuming Tape, _ first: consuming Node?,
    _ second: consuming Node?, _ others: [Node]?, _ backward: consuming Node.Backward
  ) -> Tensor {
    let node = Node(
      operation, shape: shape, on: tape, first, second, others, backward: backward)
    node.tape.append(node)
    return Tensor(storage, offset: offset, shape: shape, origin: node)
  }

  /// The sum with `other`, in this tensor's own buffer if nobody else refers to it.
  consuming func adding(_ other: Tensor) -> Tensor {
    if origin == nil, other.origin == nil, isKnownUniquelyReferenced(&storage) {
      withPointers(self, other) { target, source in
        kernels.pointee.addScaled(Int64(count), source, 1, target)
      }
      return self
    }
    return self + other
  }
}

/// The tape on which an operation after these nodes will be recorded, if it will.
private func recordingTape(_ operation: String, _ first: Node?, _ second: Node?) -> Tape? {
  guard let tape = (first ?? second)?.tape, tape.isRecording, recordingIsPaused() == 0 else {
    return nil
  }
  require(
    first == nil || second == nil || first?.tape === second?.tape,
    "\(operation): the operands are on two tapes")
  return tape
}

/// The tape on which an operation with these inputs will be recorded, if it will.
func recordingTape(_ inputs: [Tensor]) -> Tape? {
  guard recordingIsPaused() == 0, let tape = inputs.lazy.compactMap(\.node).first?.tape else {
    return nil
  }
  return tape.isRecording ? tape : nil
}

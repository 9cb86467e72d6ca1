import CKernels

/// One step of a recorded computation: an operation, what it was applied to, and how a gradient
/// passes through it.
///
/// A leaf has no operation before it: a parameter or a variable.
package final class Node {
  package let operation: String
  package let shape: Shape
  package let isLeaf: Bool
  /// False for a frozen parameter, which is then a constant to everything computed from it.
  package var requiresGradient = true

  let tape: Tape
  var index = 0
  private(set) var isDropped = false
  private(set) var backward: ((Tensor) -> Void)?
  /// Inputs with a gradient.
  ///
  /// The first two are inline, since arrays would cost an allocation.
  private var first: Node?
  private var second: Node?
  private var others: [Node]

  private var gradientSoFar: Tensor?
  private var collected: Tensor?
  /// Where a parameter's gradient lies in the buffer of all gradients.
  private let slot: Tensor?
  private(set) var walk = 0

  /// A recorded operation.
  init(
    _ operation: String, shape: Shape, on tape: Tape, _ first: Node?, _ second: Node?,
    _ others: [Node], backward: @escaping (Tensor) -> Void
  ) {
    self.operation = operation
    self.shape = shape
    self.tape = tape
    self.first = first
    self.second = second
    self.others = others
    self.backward = backward
    isLeaf = false
    slot = nil
  }

  /// A leaf, with its name in place of an operation's.
  init(leaf name: String, shape: Shape, on tape: Tape, slot: Tensor?) {
    operation = name
    self.shape = shape
    self.tape = tape
    self.slot = slot
    others = []
    isLeaf = true
  }

  /// The nodes this one was computed from; constants have none and are left out.
  package var inputs: [Node] { [first, second].compactMap { $0 } + others }

  /// What a leaf got from the last walk.
  package var gradient: Tensor? {
    settle()
    guard walk == tape.walk else { return nil }
    return slot ?? gradientSoFar
  }

  /// Adds a contribution to this node's gradient; called by the operations computed from it.
  func receive(_ contribution: Tensor) {
    require(!isDropped, "backward: the graph before \(operation) was walked before")
    let part = contribution.shape == shape ? contribution : contribution.summed(to: shape)
    guard isLeaf else {
      Node.add(part, to: &gradientSoFar)
      return
    }
    if tape.isCollecting {
      Node.add(part, to: &collected)
    } else if let slot {
      receive { target, accumulates in
        withPointers(part) { source in
          if accumulates {
            kernels.pointee.addScaled(Int64(slot.count), source, 1, target)
          } else {
            target.update(from: source, count: slot.count)
          }
        }
      }
    } else {
      if walk != tape.walk { gradientSoFar = nil }
      walk = tape.walk
      Node.add(part, to: &gradientSoFar)
    }
  }

  /// Lets a kernel write its contribution where it belongs, without a copy.
  ///
  /// - Parameter body: gets the place, and whether to add to what is there.
  func receive(_ body: (UnsafeMutablePointer<Float>, Bool) -> Void) {
    if let slot, !tape.isCollecting {
      let accumulates = walk == tape.walk
      walk = tape.walk
      withPointers(slot) { body($0, accumulates) }
    } else {
      let contribution = Tensor(uninitialized: shape)
      withPointers(contribution) { body($0, false) }
      receive(contribution)
    }
  }

  func takeGradient() -> Tensor? {
    defer { gradientSoFar = nil }
    return gradientSoFar
  }

  func takeCollected() -> Tensor? {
    defer { collected = nil }
    return collected
  }

  /// Makes the gradient of a parameter zero if the last walk did not reach it.
  func settle() {
    guard let slot, walk != tape.walk else { return }
    withPointers(slot) { $0.update(repeating: 0, count: slot.count) }
    walk = tape.walk
  }

  /// Lets go of everything the walk back would need.
  func drop() {
    backward = nil
    first = nil
    second = nil
    others = []
    gradientSoFar = nil
    isDropped = true
  }

  /// In place where nobody else sees the sum so far, as for a tensor used many times.
  private static func add(_ part: Tensor, to sum: inout Tensor?) {
    guard let before = sum else {
      sum = part
      return
    }
    sum = nil
    sum = before.adding(part)
  }
}

extension Tensor {
  /// The node gradients go to, if any are wanted.
  var node: Node? {
    guard let origin, origin.requiresGradient else { return nil }
    return origin
  }

  /// Whether a gradient can be asked for through this tensor.
  package var requiresGradient: Bool { node != nil }

  /// The recorded step this tensor comes from, for a reader of the graph.
  package var recordedNode: Node? { node }

  /// The gradient that a leaf got from the last walk.
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

  /// Computes the gradients of this single number for every leaf it was computed from.
  ///
  /// Leaves get them in place of what they had, or added to it where `accumulating` is set. The
  /// tape is cleared on the way, so that buffers are used again while they are in the cache.
  package func backward(accumulating: Bool = false) {
    require(count == 1, "backward: \(shape) is not a single number; give a seed")
    backward(with: Tensor.ones(shape), accumulating: accumulating)
  }

  /// Computes vector-Jacobian products: gradients of the sum of this tensor times `seed`.
  package func backward(with seed: Tensor, accumulating: Bool = false) {
    require(seed.shape == shape, "backward: a seed of \(seed.shape) for \(shape)")
    guard let node else {
      stop("backward: nothing before this tensor asks for a gradient")
    }
    node.tape.walkBack(from: node, seed: seed.detached(), accumulating: accumulating)
  }

  /// This tensor with `node` as its origin, if any of the inputs asks for gradients.
  @inline(__always)
  func recorded(
    _ operation: String, _ a: Tensor, _ backward: @escaping (Tensor) -> Void
  ) -> Tensor {
    guard let node = a.node, node.tape.isRecording, recordingIsPaused() == 0 else { return self }
    return appended(operation, node.tape, node, nil, [], backward)
  }

  /// This tensor with a node after two inputs.
  @inline(__always)
  func recorded(
    _ operation: String, _ a: Tensor, _ b: Tensor, _ backward: @escaping (Tensor) -> Void
  ) -> Tensor {
    let (first, second) = (a.node, b.node)
    guard let tape = (first ?? second)?.tape, tape.isRecording, recordingIsPaused() == 0 else {
      return self
    }
    require(
      first == nil || second == nil || first?.tape === second?.tape,
      "\(operation): the operands are on two tapes")
    return appended(operation, tape, first, second, [], backward)
  }

  /// This tensor with a node after any number of inputs.
  func recorded(
    _ operation: String, _ inputs: [Tensor], _ backward: @escaping (Tensor) -> Void
  ) -> Tensor {
    let nodes = inputs.compactMap(\.node)
    guard let tape = nodes.first?.tape, tape.isRecording, recordingIsPaused() == 0 else {
      return self
    }
    require(
      nodes.allSatisfy { $0.tape === tape }, "\(operation): the operands are on two tapes")
    return appended(operation, tape, nil, nil, nodes, backward)
  }

  private func appended(
    _ operation: String, _ tape: Tape, _ first: Node?, _ second: Node?, _ others: [Node],
    _ backward: @escaping (Tensor) -> Void
  ) -> Tensor {
    let node = Node(
      operation, shape: shape, on: tape, first, second, others, backward: backward)
    tape.append(node)
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

/// The gradients of a single number for any tensors it was computed from.
///
/// Unlike `backward()` this leaves the tape and the leaves' own gradients as they are. With
/// `differentiable` the walk is recorded too, so that its results can be differentiated again.
package func gradient(
  of loss: Tensor, for targets: [Tensor], seed: Tensor? = nil, differentiable: Bool = false
) -> [Tensor] {
  require(seed != nil || loss.count == 1, "gradient: \(loss.shape) is not a single number")
  guard let root = loss.node else {
    stop("gradient: nothing before this tensor asks for a gradient")
  }
  let nodes = targets.map { target in
    guard let node = target.node else {
      stop("gradient: a target of \(target.shape) is a constant")
    }
    return node
  }
  let found = root.tape.collect(
    from: root, seed: seed ?? Tensor.ones(loss.shape), for: nodes, differentiable: differentiable)
  return zip(found, targets).map { $0 ?? Tensor.zeros($1.shape) }
}

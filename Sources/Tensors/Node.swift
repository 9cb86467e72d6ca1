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
  package var requiresGradient: Bool { isTracked }

  let tape: Tape
  var isTracked = true
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
  private var collection = 0
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
      gradientSoFar = takeGradient().map { $0.adding(part) } ?? part
      return
    }
    if tape.isCollecting {
      collected = takeCollected().map { $0.adding(part) } ?? part
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
      let before = walk == tape.walk ? takeGradient() : nil
      walk = tape.walk
      gradientSoFar = before.map { $0.adding(part) } ?? part
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
    let gradient = gradientSoFar
    gradientSoFar = nil
    return gradient
  }

  /// What the present collection has brought.
  ///
  /// A leaf that an earlier one reached but did not ask for may still hold that one's sum.
  func takeCollected() -> Tensor? {
    let gradient = collection == tape.collection ? collected : nil
    collected = nil
    collection = tape.collection
    return gradient
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
}

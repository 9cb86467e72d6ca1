import CKernels

/// One step of a recorded computation: an operation, what it was applied to, and how a gradient
/// passes through it.
///
/// A leaf has no operation before it: a parameter or a variable.
package final class Node {
  package let operation: String
  package let shape: Shape
  /// False for a frozen parameter, which is then a constant to everything computed from it.
  package var requiresGradient: Bool { isTracked }
  package var isLeaf: Bool { leaf != nil }

  let tape: Tape
  var isTracked = true
  /// The place on the tape; below zero for the stand-in that `checkpoint` traces with.
  var index = 0
  private(set) var isDropped = false
  /// Inputs with a gradient.
  ///
  /// The first two are inline, since arrays would cost an allocation.
  private(set) var first: Node?
  private(set) var second: Node?
  private var others: [Node]?
  private var backward: Backward?

  private var gradientSoFar: Tensor?
  private let leaf: LeafGradient?

  /// How a gradient passes from a result to the inputs.
  enum Backward {
    /// By nodes that the closure knows.
    case closure((Tensor) -> Void)
    /// By `first` and `second` of the node that is given.
    ///
    /// The closure then holds no node, which halves the bookkeeping of the smallest operations.
    case inputs((Tensor, Node) -> Void)
  }

  /// A recorded operation.
  init(
    _ operation: String, shape: Shape, on tape: Tape, _ first: Node?, _ second: Node?,
    _ others: [Node]?, backward: Backward
  ) {
    self.operation = operation
    self.shape = shape
    self.tape = tape
    self.first = first
    self.second = second
    self.others = others
    self.backward = backward
    leaf = nil
  }

  /// A leaf, with its name in place of an operation's; `slot` is where a parameter's gradient lies
  /// in the buffer of all gradients.
  init(leaf name: String, shape: Shape, on tape: Tape, slot: Tensor?) {
    operation = name
    self.shape = shape
    self.tape = tape
    leaf = LeafGradient(slot: slot)
  }

  /// A stand-in for the nodes of a computation that is traced and not recorded.
  convenience init(traceOn tape: Tape) {
    self.init(leaf: "trace", shape: .scalar, on: tape, slot: nil)
    index = -1
  }

  var isTrace: Bool { index < 0 }

  /// The nodes this one was computed from; constants have none and are left out.
  package var inputs: [Node] { [first, second].compactMap { $0 } + (others ?? []) }

  /// What a leaf got from the last walk.
  package var gradient: Tensor? { leaf?.gradient(of: tape) }

  /// Makes the gradient of a parameter zero if the last walk did not reach it.
  func settle() { leaf?.settle(tape) }

  /// What the present collection has brought to a leaf.
  func takeCollected() -> Tensor? { leaf?.takeCollected(tape) }

  /// Adds a contribution to this node's gradient; called by the operations computed from it.
  func receive(_ contribution: consuming Tensor) {
    require(!isDropped, "backward: the graph before \(operation) was walked before")
    if contribution.shape != shape { contribution = contribution.summed(to: shape) }
    if let leaf {
      leaf.receive(contribution, tape)
    } else if let before = takeGradient() {
      gradientSoFar = before.adding(contribution)
    } else {
      gradientSoFar = contribution
    }
  }

  /// Lets a kernel write its contribution where it belongs, without a copy.
  ///
  /// - Parameter body: gets the place, and whether to add to what is there.
  func receive(_ body: (UnsafeMutablePointer<Float>, Bool) -> Void) {
    if let leaf, leaf.receive(tape, body) { return }
    let contribution = Tensor(uninitialized: shape)
    withPointers(contribution) { body($0, false) }
    receive(contribution)
  }

  func takeGradient() -> Tensor? { gradientSoFar.take() }

  /// Passes a gradient on to the inputs.
  func passBack(_ gradient: Tensor) {
    switch backward {
    case .closure(let body): body(gradient)
    case .inputs(let body): body(gradient, self)
    case nil: break
    }
  }

  /// Passes the gradient that has come together here on to the inputs, for the last time.
  func passBackAndDrop() {
    if let gradient = gradientSoFar.take() {
      switch backward.take() {
      case .closure(let body): body(gradient)
      case .inputs(let body): body(gradient, self)
      case nil: break
      }
    }
    drop()
  }

  /// Lets go of everything the walk back would need.
  func drop() {
    backward = nil
    first = nil
    second = nil
    others = nil
    gradientSoFar = nil
    isDropped = true
  }
}

import CKernels

/// The record of a computation: nodes in the order of their creation.
///
/// Since a node is appended after everything it depends on, the walk back needs no sorting. There
/// is no global tape. Parameters own one, and results go on the tape of their inputs.
///
/// Nodes and their tape keep each other alive until a walk or `clear()`, so what is only evaluated
/// belongs in `noGrad`.
package final class Tape {
  /// The recorded operations, oldest first.
  ///
  /// Leaves are not among them.
  package var nodes: [Node] { recorded }
  private var recorded: [Node] = []
  /// Number of the current walk; a leaf whose own number differs has no gradient from it.
  private(set) var walk = 1
  /// False during a walk, unless the walk itself is to be differentiated.
  private(set) var isRecording = true
  /// Set while gradients are collected aside, so that those of leaves stay as they are.
  private(set) var isCollecting = false
  /// Number of the current collection, as `walk` is that of the current walk.
  private(set) var collection = 0

  /// What the computation of a trace was applied to, each node once; see `checkpoint`.
  private var traced: [Node] = []

  private let limit = 1_000_000

  package init() {}

  func append(_ node: Node) {
    require(
      recorded.count < limit, "tape: over a million nodes; is `noGrad` missing around evaluation?")
    node.index = recorded.count
    recorded.append(node)
  }

  /// Forgets what was recorded, for a computation whose gradient is not wanted after all.
  package func clear() {
    dropNodes { $0.drop() }
  }

  /// Takes note of a node that a trace comes upon.
  func touch(_ node: Node) {
    if !traced.contains(where: { $0 === node }) { traced.append(node) }
  }

  /// Hands over what the trace came upon.
  func takeTraced() -> [Node] {
    defer { traced = [] }
    return traced
  }

  /// Walks from `root` to the start and drops each node as it passes; `onReady` gets each leaf once
  /// nothing before the walk's place can add to it.
  func walkBack(
    from root: Node, seed: Tensor, accumulating: Bool, onReady: ((Node) -> Void)? = nil
  ) {
    require(!root.isDropped, "backward: the graph of this tensor was walked before")
    if !accumulating { walk += 1 }
    isRecording = false
    defer { isRecording = true }
    guard let onReady else {
      root.receive(seed)
      dropNodes { $0.passBackAndDrop() }
      return
    }
    var ready = leavesByFirstUse(before: root)
    root.receive(seed)
    dropNodes { node in
      node.passBackAndDrop()
      ready.removeValue(forKey: node.index)?.forEach(onReady)
    }
  }

  /// Records what `body` computes, walks back over it with `seed` and drops it, all within the walk
  /// that is under way.
  func walkBack(_ seed: Tensor, throughAgain body: () -> Tensor) {
    let before = recorded
    recorded = []
    defer { recorded = before }
    let pause = recordingIsPaused()
    pauseRecording(Recording.on.rawValue)
    isRecording = true
    let root = body().node
    isRecording = false
    pauseRecording(pause)
    root?.receive(seed)
    dropNodes { $0.passBackAndDrop() }
  }

  /// The leaves that `root` was computed from, by the number of the first node that used them.
  ///
  /// A walk back passes that node last, so it brings the leaf's last contribution.
  private func leavesByFirstUse(before root: Node) -> [Int: [Node]] {
    guard !root.isLeaf else { return [:] }
    var isReached = [Bool](repeating: false, count: root.index + 1)
    isReached[root.index] = true
    var leaves: [Node] = []
    var firstUse: [ObjectIdentifier: Int] = [:]
    for node in recorded[...root.index].reversed() where isReached[node.index] {
      for input in node.inputs {
        if !input.isLeaf {
          if !input.isDropped { isReached[input.index] = true }
        } else if firstUse.updateValue(node.index, forKey: ObjectIdentifier(input)) == nil {
          leaves.append(input)
        }
      }
    }
    return Dictionary(grouping: leaves) { firstUse[ObjectIdentifier($0)] ?? 0 }
  }

  /// Empties the tape from its end with `drop`.
  @inline(__always)
  private func dropNodes(_ drop: (Node) -> Void) {
    var left = recorded
    recorded = []
    while let node = left.popLast() { drop(node) }
    if recorded.isEmpty { recorded = left }  // keeps its room for the next computation
  }

  /// The gradients of `root` for `targets`; the tape stays whole.
  func collect(
    from root: Node, seed: Tensor, for targets: [Node], differentiable: Bool
  ) -> [Tensor?] {
    require(!root.isDropped, "gradient: the graph of this tensor was walked before")
    isRecording = differentiable
    isCollecting = true
    collection += 1
    defer {
      isRecording = true
      isCollecting = false
    }
    root.receive(seed)
    var found: [ObjectIdentifier: Tensor] = [:]
    let wanted = Set(targets.map { ObjectIdentifier($0) })
    for node in nodes[0..<(root.isLeaf ? 0 : root.index + 1)].reversed() {
      guard let gradient = node.takeGradient() else { continue }
      if wanted.contains(ObjectIdentifier(node)) { found[ObjectIdentifier(node)] = gradient }
      node.passBack(gradient)
    }
    for leaf in targets where leaf.isLeaf { found[ObjectIdentifier(leaf)] = leaf.takeCollected() }
    return targets.map { found[ObjectIdentifier($0)] }
  }
}

extension Tape {
  /// Records what `body` computes and at once walks back over it, with `seed` as the gradient of
  /// its result.
  ///
  /// What was there before gets its contributions and is not walked.
  func passBack(_ seed: Tensor, through body: () -> Tensor) {
    let start = nodes.count
    guard let root = body().node, !root.isLeaf else { return }
    root.receive(seed)
    for index in stride(from: root.index, through: start, by: -1) {
      if let gradient = nodes[index].takeGradient() { nodes[index].passBack(gradient) }
    }
  }
}

import CKernels

/// Where the gradient of a leaf comes together, apart from nodes because few nodes are leaves.
final class LeafGradient {
  /// Where a parameter's gradient lies in the buffer of all gradients.
  private let slot: Tensor?
  private var sum: Tensor?
  /// Number of the walk that the gradient is from.
  private var walk = 0
  private var collected: Tensor?
  private var collection = 0

  init(slot: Tensor?) {
    self.slot = slot
  }

  /// What the last walk brought.
  func gradient(of tape: Tape) -> Tensor? {
    settle(tape)
    return walk == tape.walk ? slot ?? sum : nil
  }

  func receive(_ part: Tensor, _ tape: Tape) {
    if tape.isCollecting {
      collected = takeCollected(tape).map { $0.adding(part) } ?? part
    } else if slot != nil {
      receive(tape) { target, accumulates in
        withPointers(part) { source in
          if accumulates {
            kernels.pointee.addScaled(Int64(part.count), source, 1, target)
          } else {
            target.update(from: source, count: part.count)
          }
        }
      }
    } else {
      let before = walk == tape.walk ? sum : nil
      sum = nil
      walk = tape.walk
      sum = before.map { $0.adding(part) } ?? part
    }
  }

  /// Lets a kernel write into the buffer of all gradients; false if this leaf has no place there.
  @discardableResult
  func receive(_ tape: Tape, _ body: (UnsafeMutablePointer<Float>, Bool) -> Void) -> Bool {
    guard let slot, !tape.isCollecting else { return false }
    let accumulates = walk == tape.walk
    walk = tape.walk
    withPointers(slot) { body($0, accumulates) }
    return true
  }

  /// What the present collection has brought.
  ///
  /// A leaf that an earlier one reached but did not ask for may still hold that one's sum.
  func takeCollected(_ tape: Tape) -> Tensor? {
    let gradient = collection == tape.collection ? collected : nil
    collected = nil
    collection = tape.collection
    return gradient
  }

  /// Makes the gradient of a parameter zero if the last walk did not reach it.
  func settle(_ tape: Tape) {
    guard let slot, walk != tape.walk else { return }
    withPointers(slot) { $0.update(repeating: 0, count: slot.count) }
    walk = tape.walk
  }
}

import CKernels

/// Computes `body` without keeping what its backward pass needs, and computes it a second time when
/// the backward pass comes to it.
///
/// Between the passes only the inputs stay in memory. The gradients are those of a plain call, bit
/// for bit: the second time the same numbers arise, and their contributions arrive in the same
/// order, also at parameters and other tensors that `body` refers to without having been given
/// them. So `body` must do the same both times; randomness comes in by the form with a
/// `RandomSource`.
///
/// - Source: Chen, Xu, Zhang, Guestrin, "Training deep nets with sublinear memory cost", 2016,
///   arXiv:1604.06174.
package func checkpoint(_ x: Tensor, _ body: @escaping (Tensor) -> Tensor) -> Tensor {
  recorded(first: { body(x) }, again: { body(x) })
}

/// The same for several inputs.
package func checkpoint(
  _ inputs: [Tensor], _ body: @escaping ([Tensor]) -> Tensor
) -> Tensor {
  recorded(first: { body(inputs) }, again: { body(inputs) })
}

/// The same for a body that draws random numbers, for instance for dropout; it draws the same ones
/// both times.
package func checkpoint(
  _ x: Tensor, _ random: inout RandomSource,
  _ body: @escaping (Tensor, inout RandomSource) -> Tensor
) -> Tensor {
  let start = random
  return recorded(
    first: { body(x, &random) },
    again: {
      var random = start
      return body(x, &random)
    })
}

/// Traces a computation and records it as one node, whose backward pass runs it again.
private func recorded(first: () -> Tensor, again: @escaping () -> Tensor) -> Tensor {
  guard recordingIsPaused() == Recording.on.rawValue else { return first() }
  let y = withRecording(.tracing, first)
  guard let trace = y.node, trace.isTrace else { return y }
  let tape = trace.tape
  let tag = MemoryUse.currentTag
  let backward = { (dy: Tensor) in
    if tape.isRecording {
      tape.passBack(dy, through: again)
    } else {
      tape.walkBack(dy) { MemoryUse.tagged(tag, again) }
    }
  }
  return y.detached()
    .appended("checkpoint", tape, nil, nil, tape.takeTraced(), .closure(backward))
}

/// What becomes of the operations of this thread.
enum Recording: Int32 {
  case on = 0
  /// They leave no trace: `noGrad`.
  case paused = 1
  /// They leave no node, but it is noted what they were applied to: the first pass of `checkpoint`.
  case tracing = 2
}

/// Runs `body` with operations recorded or not, and goes back to what was before.
func withRecording<Result>(_ recording: Recording, _ body: () throws -> Result) rethrows -> Result {
  let before = recordingIsPaused()
  pauseRecording(recording.rawValue)
  defer { pauseRecording(before) }
  return try body()
}

/// Passes a gradient through a fused operation by computing its composed twin again.
///
/// A fused operation has a hand-written backward pass, which cannot be differentiated. When a walk
/// is itself recorded, the twin is computed from the same inputs, and the gradient of the twin,
/// which consists of primitives, takes its place.
func replay(_ inputs: [Tensor], _ dy: Tensor, twin: ([Tensor]) -> Tensor) {
  guard let tape = inputs.lazy.compactMap(\.node).first?.tape else { return }
  tape.passBack(dy) { twin(inputs) }
}

/// Whether the walk in progress is itself recorded, so that primitives must be used.
func isRecordingWalk(_ inputs: [Tensor]) -> Bool {
  inputs.lazy.compactMap(\.node).first?.tape.isRecording ?? false
}

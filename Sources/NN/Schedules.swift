import Tensors

/// A learning rate for each step, as a plain function.
package enum Schedule: Hashable, Sendable {
  case constant(Float)
  /// Rises from 0 over `warmup` steps, then falls along a half cosine to `end` at step `total`.
  case warmupCosine(peak: Float, warmup: Int, total: Int, end: Float = 0)
  /// Multiplies by `factor` at each milestone.
  case multiStep(start: Float, milestones: [Int], factor: Float)

  /// The rate at a step; steps count from 0.
  package func callAsFunction(_ step: Int) -> Float {
    switch self {
    case .constant(let rate):
      return rate
    case .warmupCosine(let peak, let warmup, let total, let end):
      if step < warmup { return peak * Float(step + 1) / Float(warmup) }
      let progress = min(1, Float(step - warmup) / Float(max(1, total - warmup)))
      return end + (peak - end) * 0.5 * (1 + cos(Tensor(progress * .pi)).item)
    case .multiStep(let start, let milestones, let factor):
      return milestones.reduce(start) { rate, milestone in
        step >= milestone ? rate * factor : rate
      }
    }
  }
}

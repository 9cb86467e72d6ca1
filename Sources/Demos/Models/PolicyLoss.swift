package import Tensors

/// How far a policy may move from the one that wrote the samples before its gradient stops.
///
/// - Source: Schulman et al., "Proximal policy optimization algorithms", 2017, arXiv:1707.06347;
///   with two bounds, the upper one wider, Yu et al., "DAPO", 2025, arXiv:2503.14476.
package struct ClipRange: Hashable, Sendable {
  package var below: Float
  package var above: Float

  package init(below: Float = 0.2, above: Float = 0.2) {
    self.below = below
    self.above = above
  }
}

// region: policy-loss
/// The clipped loss of a policy on tokens that an earlier one wrote.
///
///     ρ = exp(log π - log π_old)
///     loss = -Σ w min(ρ A, clip(ρ, 1 - ε_below, 1 + ε_above) A) / Σ w
///
/// With weights of 1 for every written token, long answers count by their length (token-level); with
/// 1 / length for each token of an answer, every answer counts the same.
///
/// - Shape: all are `[B, T]`; `advantages` and `old` are constants.
package func clippedPolicyLoss(
  _ logProbability: Tensor, old: Tensor, advantages: Tensor, weights: Tensor,
  clip: ClipRange = ClipRange()
) -> Tensor {
  let ratio = exp(logProbability - old.detached())
  let clipped = clamp(ratio, (1 - clip.below)...(1 + clip.above))
  let gain = minimum(ratio * advantages, clipped * advantages)
  return -(gain * weights).sum() / weights.sum()
}
// endregion: policy-loss

// region: advantages
/// Rewards of a group of answers to one question, as advantages over its mean.
///
///     A_i = (r_i - mean(r)) / deviation(r)
///
/// A group whose answers all got the same reward says nothing: its advantages are zero.
///
/// - Source: Shao et al., "DeepSeekMath", 2024, arXiv:2402.03300.
package func groupAdvantages(_ rewards: [Double]) -> [Double] {
  let mean = rewards.reduce(0, +) / Double(rewards.count)
  let variance = rewards.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rewards.count)
  guard variance > 0 else { return rewards.map { _ in 0 } }
  return rewards.map { ($0 - mean) / variance.squareRoot() }
}
// endregion: advantages

// region: k3
/// An estimate of KL(π ‖ π_ref) from samples of π that is unbiased and never negative.
///
///     k3 = exp(d) - d - 1,  d = log π_ref - log π
///
/// - Source: Schulman, "Approximating KL divergence", 2020; used in arXiv:2402.03300.
package func k3Divergence(_ logProbability: Tensor, reference: Tensor) -> Tensor {
  let difference = reference.detached() - logProbability
  return exp(difference) - difference - 1
}
// endregion: k3

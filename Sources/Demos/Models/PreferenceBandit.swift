package import DemoKit
import Foundation
import NN
package import Tensors

/// A bandit with a known reward for every action in every context, learned from comparisons.
///
/// Nothing is approximated here but by sampling: the policy is a table, and the policy that is best
/// for the reward less β times the divergence from the reference is known.
///
///     π*(y | x) = π_ref(y | x) exp(r(x, y) / β) / Z(x)
package final class PreferenceBandit {
  private let beta: Double
  /// Logarithms of the reference's probabilities, `[contexts, actions]`.
  private let reference: Tensor
  /// The known rewards, `[contexts, actions]`.
  private let rewards: Tensor
  private let parameters: Parameters
  private let logits: Tensor  // [contexts, actions]
  private let check: GradientComparison
  private let optimum: [Double]

  private static let contexts = 4
  private static let actions = 6
  private static let batch = 1_024

  package init(beta: Double, _ random: RandomSource) {
    let shape: Shape = [Self.contexts, Self.actions]
    var random = random
    self.beta = beta
    reference = logSoftmax(random.normal(shape))
    rewards = random.normal(shape)
    parameters = Parameters(random)
    logits = parameters.tensor("logits", shape, .normal(standardDeviation: 1))
    optimum = softmax(reference + rewards * Float(1 / beta)).scalars.map { Double($0) }
    // The check needs a policy that is not the reference; training begins at the reference.
    check = GradientComparison(
      Self.comparisons(reference, rewards, &random), logits: logits, reference: reference,
      beta: beta, parameters)
    logits.assign(reference)
  }

  /// One batch of comparisons: contexts, and which of two actions was preferred in each.
  struct Comparisons {
    var contexts: Indices
    var chosen: Indices
    var rejected: Indices
  }

  // region: comparisons
  /// Two actions of the reference in a random context; the better one is preferred with the
  /// probability of Bradley and Terry.
  private static func comparisons(
    _ reference: Tensor, _ rewards: Tensor, _ random: inout RandomSource
  ) -> Comparisons {
    let contexts = random.integers([batch], below: Self.contexts)
    let likely = gatherRows(reference, contexts)  // [B, A]
    func action() -> Indices {
      (likely - log(-log(random.uniform(likely.shape, in: 1e-6...(1 - 1e-6))))).argmax()
    }
    let (first, second) = (action(), action())
    let payoffs = gatherRows(rewards, contexts)
    let wins = sigmoid(pick(payoffs, first) - pick(payoffs, second))
    let isFirst = isLess(random.uniform([batch]), wins).scalars.map { $0 == 1 }
    func picked(_ ifFirst: Indices, _ otherwise: Indices) -> Indices {
      Indices(isFirst.indices.map { Int((isFirst[$0] ? ifFirst : otherwise).values[$0]) })
    }
    return Comparisons(
      contexts: contexts, chosen: picked(first, second), rejected: picked(second, first))
  }
  // endregion: comparisons

  /// Learns from fresh comparisons only; the rewards are never shown.
  package func train(
    steps: Int, _ random: RandomSource, report: (Int) throws -> Void
  ) throws {
    var random = random
    let optimizer = AdamW(parameters, weightDecay: 0)
    let rate = Schedule.warmupCosine(peak: 0.05, warmup: 1, total: steps)
    for step in 0..<steps {
      try Task.checkCancellation()
      let batch = Self.comparisons(reference, rewards, &random)
      Self.loss(batch, logits: logits, reference: reference, beta: Float(beta)).backward()
      optimizer.learningRate = rate(step)
      optimizer.step()
      try report(step + 1)
    }
  }

  fileprivate static func loss(
    _ batch: Comparisons, logits: Tensor, reference: Tensor, beta: Float
  ) -> Tensor {
    let policy = gatherRows(logSoftmax(logits), batch.contexts)  // [B, A]
    let before = gatherRows(reference, batch.contexts)
    return preferenceLoss(
      chosen: pick(policy, batch.chosen), rejected: pick(policy, batch.rejected),
      referenceChosen: pick(before, batch.chosen), referenceRejected: pick(before, batch.rejected),
      beta: beta)
  }

  /// KL(π ‖ π*) in nats, in the context where it is largest.
  package var divergence: Double {
    let policy = noGrad { softmax(logits).scalars.map { Double($0) } }
    return (0..<Self.contexts).map { context in
      (context * Self.actions..<(context + 1) * Self.actions).reduce(0) {
        $0 + policy[$1] * log(policy[$1] / optimum[$1])
      }
    }.max() ?? .nan
  }

  /// The first context: where the policy began, what it was to reach, what it reached.
  package var table: Table {
    let policy = noGrad { softmax(logits).scalars }
    return Table(
      title: "老虎机的一个情境：学到的策略与闭式最优策略",
      header: ["动作", "奖励 r", "π_ref", "π_ref exp(r/β)/Z", "学到的 π"],
      rows: (0..<Self.actions).map { action in
        [
          "\(action + 1)", Double(rewards.scalars[action]).fixed(3),
          exp(Double(reference.scalars[action])).fixed(4), optimum[action].fixed(4),
          Double(policy[action]).fixed(4),
        ]
      })
  }

  package var claims: [Claim] {
    check.claims + [
      Claim(
        "老虎机的策略收敛到 π_ref exp(r/β)/Z（\(Self.contexts) 个情境中最大的 KL）",
        expected: "< 1e-3", measured: divergence.significant(), holds: divergence < 1e-3)
    ]
  }
}

/// Loss and gradient as the tape computes them, against the formulae in double precision.
private struct GradientComparison {
  private var lossGap = 0.0
  private var gradientGap = 0.0

  init(
    _ batch: PreferenceBandit.Comparisons, logits: Tensor, reference: Tensor, beta: Double,
    _ parameters: Parameters
  ) {
    let loss = PreferenceBandit.loss(
      batch, logits: logits, reference: reference, beta: Float(beta))
    let taped = Double(loss.item)
    loss.backward()
    let exact = Self.closedForm(
      batch, logits: logits.scalars.map { Double($0) },
      reference: reference.scalars.map { Double($0) }, actions: logits.shape[1], beta: beta)
    lossGap = abs(taped - exact.loss) / exact.loss
    let largest = exact.gradient.map { abs($0) }.max() ?? 1
    gradientGap =
      zip(parameters.gradients.scalars, exact.gradient)
      .reduce(0) { max($0, abs(Double($1.0) - $1.1)) } / largest
  }

  // region: closed-form
  /// The gradient -β σ(r̂_l - r̂_w) (∇ log π(y_w) - ∇ log π(y_l)), with the loss.
  ///
  /// With a softmax over a table the bracket is 1 at the preferred action and -1 at the other.
  private static func closedForm(
    _ batch: PreferenceBandit.Comparisons, logits: [Double], reference: [Double], actions: Int,
    beta: Double
  ) -> (loss: Double, gradient: [Double]) {
    let count = Double(batch.contexts.count)
    var loss = 0.0
    var gradient = [Double](repeating: 0, count: logits.count)
    for row in 0..<batch.contexts.count {
      let context = Int(batch.contexts.values[row]) * actions
      let winner = context + Int(batch.chosen.values[row])
      let loser = context + Int(batch.rejected.values[row])
      // The normaliser of the softmax cancels in the difference.
      let margin =
        beta * ((logits[winner] - reference[winner]) - (logits[loser] - reference[loser]))
      let weight = 1 / (1 + exp(margin))
      loss -= log(1 - weight) / count
      gradient[winner] -= beta * weight / count
      gradient[loser] += beta * weight / count
    }
    return (loss, gradient)
  }
  // endregion: closed-form

  var claims: [Claim] {
    [
      Claim(
        "自动求导的 DPO 损失等于闭式", expected: "相对差 < 1e-5",
        measured: lossGap.significant(2), holds: lossGap < 1e-5),
      Claim(
        "自动求导的梯度等于 -β σ(r̂_l - r̂_w)(∇log π(y_w) - ∇log π(y_l))",
        expected: "相对差 < 1e-4", measured: gradientGap.significant(2),
        holds: gradientGap < 1e-4),
    ]
  }
}

package import DemoKit
import NN
import Tensors

/// Direct preference optimisation: learn from preferences without a reward model or sampling.
///
/// First where the best policy is known in closed form, a bandit of a few contexts and actions; then
/// for a small transformer that writes film reviews.
///
/// - Source: Rafailov et al., "Direct preference optimization: Your language model is secretly a
///   reward model", 2023, arXiv:2305.18290.
package struct DPO: Demo {
  package static let id = DemoID("dpo")
  package static let summary = "DPO：老虎机上收敛到闭式最优策略；小 Transformer 从偏好对中学出隐式奖励"

  /// How strongly the policy is held to the reference.
  package var beta = 0.5
  package var banditSteps = 3_000
  /// Supervised training of the reference model.
  package var referenceSteps = 300
  /// Training pairs, each written twice by the reference model.
  package var pairs = 8_192
  package var steps = 400
  package var seed = 1

  package static let parameters: [Parameter<DPO>] = [
    Parameter("beta", \.beta, in: 0.05...2),
    Parameter("bandit-steps", \.banditSteps, in: 100...50_000),
    Parameter("reference-steps", \.referenceSteps, in: 20...5_000),
    Parameter("pairs", \.pairs, in: 64...16_384),
    Parameter("steps", \.steps, in: 20...5_000),
    Parameter("seed", \.seed, in: 0...1_000_000),
  ]

  package static var quick: DPO {
    var demo = DPO()
    demo.referenceSteps = 100
    demo.pairs = 512
    demo.steps = 40
    return demo
  }

  package static var thorough: DPO {
    var demo = DPO()
    demo.banditSteps = 20_000
    demo.referenceSteps = 2_000
    demo.pairs = 16_384
    demo.steps = 3_000
    return demo
  }

  package init() {}

  package func run(emit: (DemoEvent) -> Void) throws {
    let random = RandomSource(seed: seed)
    let total = banditSteps + referenceSteps + steps
    emit(.text("一、老虎机：奖励已知，最优策略有闭式解。"))
    let bandit = PreferenceBandit(beta: beta, random.split("bandit"))
    var curve = LossCurve("老虎机 KL", steps: banditSteps, of: total)
    try bandit.train(steps: banditSteps, random.split("comparisons")) { step in
      curve.report(step, Float(bandit.divergence), emit: emit)
    }
    emit(.table(bandit.table))
    let reviews = ReviewTraining(self, random.split("reviews"), done: banditSteps, total: total)
    let outcome = try reviews.run(emit: emit)
    for claim in bandit.claims + outcome { emit(.claim(claim)) }
  }
}

// region: loss
/// The loss of DPO on pairs of log-probabilities, under the policy and under the reference.
///
///     loss = -mean(log σ(β (log π(y_w)/π_ref(y_w) - log π(y_l)/π_ref(y_l))))
///
/// - Shape: all four are `[B]`.
func preferenceLoss(
  chosen: Tensor, rejected: Tensor, referenceChosen: Tensor, referenceRejected: Tensor, beta: Float
) -> Tensor {
  let margin = (chosen - referenceChosen) - (rejected - referenceRejected)  // [B]
  return -logSigmoid(margin * beta).mean()
}
// endregion: loss

// MARK: - Reviews

/// A language model of film reviews, taught first by examples and then by preferences.
private struct ReviewTraining {
  private let demo: DPO
  private let random: RandomSource
  private let done: Int
  private let total: Int
  private let reference: ReviewModel
  private let policy: ReviewModel

  private static let heldOutPairs = 512

  init(_ demo: DPO, _ random: RandomSource, done: Int, total: Int) {
    self.demo = demo
    self.random = random
    self.done = done
    self.total = total
    reference = ReviewModel(random.split("weights"))
    policy = ReviewModel(random.split("weights"))
  }

  func run(emit: (DemoEvent) -> Void) throws -> [Claim] {
    emit(.text("二、影评：先用监督学习训练参考模型。"))
    var curve = LossCurve("SFT loss", steps: demo.referenceSteps, after: done, of: total)
    try reference.learn(steps: demo.referenceSteps, random.split("examples")) {
      curve.report($0, $1, emit: emit)
    }
    policy.parameters.copyValues(from: reference.parameters)
    emit(.text("参考模型为每个提示各写两篇，按真实奖励以 Bradley–Terry 概率标注偏好。"))
    let training = try pairs(demo.pairs, random.split("pairs"))
    let heldOut = try pairs(Self.heldOutPairs, random.split("held-out pairs"))
    emit(.text("DPO：只用偏好对，训练策略模型。"))
    let firstLoss = try optimise(on: training, heldOut, emit: emit)
    let change = try RewardChange(from: reference, to: policy, random.split("samples"))
    let scores = heldOut.scores(policy, beta: demo.beta)
    for table in [scores.table, change.table, change.examples] { emit(.table(table)) }
    return [firstLossClaim(firstLoss), scores.claim, change.claim]
  }

  private func pairs(_ count: Int, _ random: RandomSource) throws -> ScoredPairs {
    var random = random
    let prompts = Reviews.prompts(count, &random)
    let first = try reference.write(after: prompts, &random)
    let second = try reference.write(after: prompts, &random)
    let pairs = PreferencePairs(first, second, reward: { Reviews.reward(of: $0) }, &random)
    return ScoredPairs(pairs, reference)
  }

  /// Trains the policy; gives the loss of the first step.
  private func optimise(
    on training: ScoredPairs, _ heldOut: ScoredPairs, emit: (DemoEvent) -> Void
  ) throws -> Float {
    var random = random.split("steps")
    var curve = LossCurve(
      "DPO loss", steps: demo.steps, after: done + demo.referenceSteps, of: total)
    var first: Float?
    let optimizer = AdamW(policy.parameters, weightDecay: 0)
    let rate = Schedule.warmupCosine(
      peak: 1e-3, warmup: demo.steps / 10 + 1, total: demo.steps)
    for step in 0..<demo.steps {
      try Task.checkCancellation()
      let rows = (0..<min(64, training.count)).map { _ in random.integer(below: training.count) }
      let loss = training.loss(of: policy, rows, beta: Float(demo.beta))
      loss.backward()
      optimizer.learningRate = rate(step)
      optimizer.step()
      first = first ?? loss.item
      curve.report(step + 1, loss.item, emit: emit)
      if (step + 1).isMultiple(of: max(1, demo.steps / 10)) {
        let scores = heldOut.scores(policy, beta: demo.beta)
        emit(.metric(name: "留出准确率", step: step + 1, value: scores.accuracy))
        emit(.plot(scores.plot))
      }
    }
    return first ?? .nan
  }

  private func firstLossClaim(_ loss: Float) -> Claim {
    Claim(
      "策略等于参考模型时，损失是 log 2", expected: "0.693147 ± 1e-5",
      measured: Double(loss).fixed(6), holds: abs(loss - 0.693_147_18) < 1e-5)
  }
}

/// A transformer over the words of reviews, with its parameters.
private struct ReviewModel {
  let parameters: Parameters
  private let model: LanguageModel

  init(_ random: RandomSource) {
    parameters = Parameters(random)
    var form = LanguageModel.Configuration(
      vocabulary: Reviews.vocabulary.count, width: 64, layers: 2, heads: 4)
    form.embeddingDeviation = 0.1
    model = LanguageModel(form, in: parameters)
  }

  /// Log-probabilities of reviews after their prompts, `[B]`.
  func logProbability(of reviews: Indices) -> Tensor {
    model.logProbability(of: reviews, afterPrompt: Reviews.promptLength)
  }

  /// The same as numbers, with nothing recorded, a few at a time.
  func evaluated(_ reviews: Indices) -> [Float] {
    stride(from: 0, to: reviews.shape[0], by: 256).flatMap { start in
      let some = reviews.selecting(Array(start..<min(start + 256, reviews.shape[0])))
      return noGrad { logProbability(of: some).scalars }
    }
  }

  /// Supervised learning: make the reviews of the grammar likely.
  func learn(
    steps: Int, _ random: RandomSource, report: (Int, Float) throws -> Void
  ) throws {
    var random = random
    let optimizer = AdamW(parameters)
    let rate = Schedule.warmupCosine(peak: 5e-3, warmup: steps / 10 + 1, total: steps)
    let words = Float(Reviews.length - Reviews.promptLength)
    for step in 0..<steps {
      try Task.checkCancellation()
      let loss = -logProbability(of: Reviews.samples(64, &random)).mean() / words
      loss.backward()
      optimizer.learningRate = rate(step)
      optimizer.step()
      try report(step + 1, loss.item)
    }
  }

  /// Writes a review after each prompt, so many at a time as fit a processor's cache.
  func write(after prompts: Indices, _ random: inout RandomSource) throws -> Indices {
    var reviews: [Int32] = []
    for start in stride(from: 0, to: prompts.shape[0], by: 256) {
      let some = prompts.selecting(Array(start..<min(start + 256, prompts.shape[0])))
      reviews += try model.continuations(of: some, length: Reviews.length, &random).values
    }
    return Indices(reviews, shape: [prompts.shape[0], Reviews.length])
  }
}

/// Preference pairs with the log-probabilities that the frozen reference gives them.
private struct ScoredPairs {
  private let pairs: PreferencePairs
  private let chosen: [Float]
  private let rejected: [Float]

  var count: Int { pairs.count }

  init(_ pairs: PreferencePairs, _ reference: ReviewModel) {
    self.pairs = pairs
    chosen = reference.evaluated(pairs.chosen)
    rejected = reference.evaluated(pairs.rejected)
  }

  /// The loss of the policy on some of the pairs.
  func loss(of policy: ReviewModel, _ rows: [Int], beta: Float) -> Tensor {
    let picked = pairs.selecting(rows)
    return preferenceLoss(
      chosen: policy.logProbability(of: picked.chosen),
      rejected: policy.logProbability(of: picked.rejected),
      referenceChosen: Tensor(rows.map { chosen[$0] }),
      referenceRejected: Tensor(rows.map { rejected[$0] }), beta: beta)
  }

  // region: implicit
  /// The implicit rewards β log π/π_ref of all pairs, beside the true ones.
  func scores(_ policy: ReviewModel, beta: Double) -> RewardScores {
    let (winners, losers) = (policy.evaluated(pairs.chosen), policy.evaluated(pairs.rejected))
    return RewardScores(
      implicit: (0..<count).map { pair in
        let gain = (winners[pair] - chosen[pair]) - (losers[pair] - rejected[pair])
        return beta * Double(gain)
      },
      true: (0..<count).map { pair in
        Reviews.reward(of: pairs.chosen.row(pair)) - Reviews.reward(of: pairs.rejected.row(pair))
      })
  }
  // endregion: implicit
}

/// Differences of reward between preferred and other, as the policy implies them and as they are.
private struct RewardScores {
  let implicit: [Double]
  let `true`: [Double]

  /// How often the preferred one has the larger implicit reward.
  var accuracy: Double { share(implicit) }
  /// How often the true reward agrees with the label: labels are noisy, so not always.
  var trueAccuracy: Double { share(`true`) }

  /// The accuracy between a coin's and that of the true reward, which noisy labels keep below 1.
  var table: Table {
    func percent(_ share: Double) -> String { (100 * share).fixed(1) + "%" }
    return Table(
      title: "留出的 \(implicit.count) 对偏好", header: ["按什么判断哪一篇被选中", "准确率"],
      rows: [
        ["抛硬币", "50.0%"], ["隐式奖励", percent(accuracy)], ["真实奖励", percent(trueAccuracy)],
        ["（隐式与真实奖励之差的相关系数）", correlation.fixed(3)],
      ])
  }

  var claim: Claim {
    let interval = wilsonInterval(share: accuracy, of: implicit.count)
    let (low, high) = (100 * interval.lowerBound, 100 * interval.upperBound)
    return Claim(
      "隐式奖励在留出的偏好对上优于抛硬币（准确率，95% 区间）", expected: "区间下端 > 50%",
      measured: "\((100 * accuracy).fixed(1))% [\(low.fixed(1)), \(high.fixed(1))]，真实奖励自己 "
        + "\((100 * trueAccuracy).fixed(1))%",
      holds: low > 50)
  }

  /// Ties count half.
  private func share(_ differences: [Double]) -> Double {
    let wins = differences.reduce(0) { $0 + ($1 > 0 ? 1 : $1 == 0 ? 0.5 : 0) }
    return wins / Double(differences.count)
  }

  var correlation: Double {
    let products = zip(implicit, `true`).reduce(0) { $0 + $1.0 * $1.1 }
    func squares(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }
    return products / (squares(implicit) * squares(`true`)).squareRoot()
  }

  var plot: Plot {
    func rounded(_ values: [Double]) -> [Double] {
      values.map { ($0 * 1_000).rounded() / 1_000 }
    }
    return Plot(
      title: "留出偏好对：隐式奖励之差与真实奖励之差", xLabel: "真实", yLabel: "隐式",
      series: [Plot.Series("留出对", kind: .scatter, x: rounded(`true`), y: rounded(implicit))])
  }
}

/// What preferences changed in what the model writes.
private struct RewardChange {
  private let before: [Double]
  private let after: [Double]
  private let divergence: Double
  private let texts: [[String]]

  private static let samples = 512

  init(from reference: ReviewModel, to policy: ReviewModel, _ random: RandomSource) throws {
    var random = random
    let prompts = Reviews.prompts(Self.samples, &random)
    let old = try reference.write(after: prompts, &random)
    let new = try policy.write(after: prompts, &random)
    func rewards(_ reviews: Indices) -> [Double] {
      (0..<Self.samples).map { Reviews.reward(of: reviews.row($0)) }
    }
    (before, after) = (rewards(old), rewards(new))
    divergence = noGrad {
      Double((policy.logProbability(of: new) - reference.logProbability(of: new)).mean().item)
    }
    texts = (0..<4).map { [Reviews.text(old.row($0)), Reviews.text(new.row($0))] }
  }

  var table: Table {
    func row(_ name: String, _ rewards: [Double], _ divergence: String) -> [String] {
      let moments = MeanEstimate(rewards)
      return [name, "\(moments.mean.fixed(2)) ± \(moments.standardError.fixed(2))", divergence]
    }
    return Table(
      title: "各写 \(Self.samples) 篇影评的真实奖励", header: ["模型", "平均奖励", "KL(π‖π_ref)"],
      rows: [row("参考模型", before, "0"), row("DPO 之后", after, divergence.fixed(2))])
  }

  var examples: Table {
    Table(title: "同样的提示，前后各写一篇", header: ["参考模型", "DPO 之后"], rows: texts)
  }

  var claim: Claim {
    let (old, new) = (MeanEstimate(before), MeanEstimate(after))
    let gain = new.mean - old.mean
    let error =
      1.96
      * (old.standardError * old.standardError + new.standardError * new.standardError).squareRoot()
    return Claim(
      "DPO 提高了真实奖励（95% 区间）", expected: "区间下端 > 0",
      measured: "\(gain.fixed(2)) ± \(error.fixed(2))", holds: gain - error > 0)
  }
}

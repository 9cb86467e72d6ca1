package import DemoKit
import Tensors

/// Denoising diffusion implicit models: the network of `ddpm`, sampled in fewer steps.
///
/// - Source: Song, Meng, Ermon, "Denoising diffusion implicit models", 2020, arXiv:2010.02502.
package struct DDIM: Demo {
  package static let id = DemoID("ddim")
  package static let summary = "DDIM：同一个网络，50 步对 1,000 步；η 从 0 到 1；编码与解码"

  package var data = DiffusionData.twoMoons
  /// Steps of the sampler that is shown; the claims have theirs.
  package var steps = 50
  package var eta = 0.0
  package var spacing = DDIMSampler.Spacing.quadratic
  package var trainingSteps = 8_000
  /// Samples drawn, and real points held out to compare them with.
  package var samples = 2_000
  package var seed = 1

  package static let parameters: [Parameter<DDIM>] = [
    Parameter("data", \.data),
    Parameter("steps", \.steps, in: 10...1_000),
    Parameter("eta", \.eta, in: 0...1),
    Parameter("spacing", \.spacing),
    Parameter("training-steps", \.trainingSteps, in: 50...100_000),
    Parameter("samples", \.samples, in: 50...3_000),
    Parameter("seed", \.seed, in: 0...1_000_000),
  ]

  package static var quick: DDIM {
    var demo = DDIM()
    demo.trainingSteps = 1_500
    demo.samples = 100
    return demo
  }

  package static var thorough: DDIM {
    var demo = DDIM()
    demo.trainingSteps = 60_000
    demo.samples = 3_000
    return demo
  }

  package init() {}

  package func run(emit: (DemoEvent) -> Void) throws {
    let random = RandomSource(seed: seed)
    let split = try data.split(heldOut: samples, random.split("data"))
    let model = try trained(on: split, random, emit: emit)
    try show(model, beside: split.heldOut, random, emit: emit)
    let race = try Race(model, split, spacing: spacing, random, emit: emit)
    emit(.table(try race.table(own: (steps, eta))))
    let inversion = try Inversion(model, split.heldOut, spacing: spacing)
    emit(.table(inversion.table))
    let noise = try NoiseCheck(model, random.split("noise"))
    for claim in race.claims + [noise.formulaClaim, noise.measuredClaim, inversion.claim] {
      emit(.claim(claim))
    }
  }

  private func trained(
    on split: DiffusionData.Split, _ random: RandomSource, emit: (DemoEvent) -> Void
  ) throws -> DiffusionModel {
    emit(.text("训练与 DDPM 相同的网络；之后只换采样器。"))
    let model = DiffusionModel(for: split, random.split("weights"))
    var curve = LossCurve(steps: trainingSteps, of: trainingSteps + steps)
    try model.train(
      on: split.training, steps: trainingSteps, batch: 256, random.split("training")
    ) {
      curve.report($0, $1, emit: emit)
    }
    return model
  }

  /// Samples as the parameters say, step by step before the reader's eyes.
  private func show(
    _ model: DiffusionModel, beside real: SampleSet, _ random: RandomSource,
    emit: (DemoEvent) -> Void
  ) throws {
    emit(.text("采样 \(steps) 步，η = \(eta.significant())。"))
    let sampler = DDIMSampler(model, steps: steps, eta: eta, spacing: spacing)
    let frame = max(1, steps / 25)
    _ = try sampler.samples(real.count, random.split("own")) { step, x in
      guard step.isMultiple(of: frame) || step == steps else { return }
      emit(.progress(completed: trainingSteps + step, total: trainingSteps + steps))
      emit(SampleSet(x).picture("DDIM 的样本", beside: real))
    }
  }
}

// MARK: - Steps against quality and time

/// DDPM in 1,000 steps against DDIM in 50, from one network.
private struct Race {
  private let model: DiffusionModel
  private let spacing: DDIMSampler.Spacing
  private let random: RandomSource
  private let count: Int
  private let comparison: DistanceComparison
  private let ancestral: Cost
  private let implicit: Cost
  private let difference: DistanceComparison.Difference
  private let realDistances: [Double]

  private static let steps = 50

  /// What a sample took.
  private struct Cost {
    var evaluations: Int
    var seconds: Double
  }

  init(
    _ model: DiffusionModel, _ split: DiffusionData.Split, spacing: DDIMSampler.Spacing,
    _ random: RandomSource, emit: (DemoEvent) -> Void
  ) throws {
    self.model = model
    self.spacing = spacing
    self.random = random
    count = split.heldOut.count
    let count = count
    emit(.text("DDPM 采样 1,000 步，DDIM 采样 \(Self.steps) 步，各 \(count) 个样本。"))
    let slow = try Self.measured(model) {
      try model.ancestralSamples(count, random.split("ddpm"))
    }
    let fast = try Self.measured(model) {
      try DDIMSampler(model, steps: Self.steps, spacing: spacing)
        .samples(count, random.split("ddim"))
    }
    (ancestral, implicit) = (slow.cost, fast.cost)
    comparison = DistanceComparison(
      baseline: slow.samples, heldOut: split.heldOut, random.split("bootstrap"))
    difference = comparison.difference(of: fast.samples)
    realDistances = split.references.map { energyDistance($0, split.heldOut) }
  }

  private static func measured(
    _ model: DiffusionModel, _ draw: () throws -> SampleSet
  ) rethrows -> (samples: SampleSet, cost: Cost) {
    let before = model.evaluations
    let stopwatch = Stopwatch()
    let samples = try draw()
    return (samples, Cost(evaluations: model.evaluations - before, seconds: stopwatch.seconds))
  }

  var claims: [Claim] {
    let times = ancestral.seconds / implicit.seconds
    let evaluations = Double(ancestral.evaluations) / Double(implicit.evaluations)
    return [
      Claim(
        "50 步 DDIM 到留出数据不比 1,000 步 DDPM 远（能量距离之差，95% bootstrap 区间）",
        expected: "区间下端 ≤ 0", measured: Self.text(difference),
        holds: difference.interval.lowerBound <= 0),
      Claim(
        "同样多的样本，网络求值从 1,000 次降到 50 次", expected: "20 倍",
        measured: "\(ancestral.evaluations) → \(implicit.evaluations)，\(evaluations.fixed(0)) 倍",
        holds: ancestral.evaluations == 20 * implicit.evaluations),
      Claim(
        "用时随之下降", expected: "≥ 10 倍",
        measured: "\(ancestral.seconds.fixed(3)) s → \(implicit.seconds.fixed(3)) s，"
          + "\(times.fixed(1)) 倍",
        holds: times >= 10, isTimed: true),
    ]
  }

  /// The distances of several samplers, and last of the one that the reader chose.
  func table(own: (steps: Int, eta: Double)) throws -> Table {
    let real = realDistances.reduce(0, +) / Double(realDistances.count)
    let grid = [0.0, 1.0].flatMap { eta in [10, 20, 50, 100].map { (steps: $0, eta: eta) } }
    let rows = try (grid + [own]).map { setting in
      let sampler = DDIMSampler(model, steps: setting.steps, eta: setting.eta, spacing: spacing)
      let difference = comparison.difference(
        of: try sampler.samples(count, random.split("ddim")))
      return [
        "DDIM，η = \(setting.eta.significant())", "\(setting.steps)",
        (comparison.baselineDistance + difference.value).fixed(4), Self.text(difference),
      ]
    }
    return Table(
      title: "到留出数据的能量距离（各 \(count) 个样本；末行是所选的参数）",
      header: ["采样", "步数", "距离", "减去 DDPM 的距离 [95% 区间]"],
      rows: [
        ["真实数据，平均", "", real.fixed(4), ""],
        ["DDPM", "1000", comparison.baselineDistance.fixed(4), ""],
      ] + rows)
  }

  private static func text(_ difference: DistanceComparison.Difference) -> String {
    let (low, high) = (difference.interval.lowerBound, difference.interval.upperBound)
    return "\(difference.value.fixed(4)) [\(low.fixed(4)), \(high.fixed(4))]"
  }
}

// MARK: - Encoding and decoding

/// Held-out data encoded to noise and decoded again, in ever more steps.
private struct Inversion {
  /// Steps and the root mean square of what is lost per coordinate.
  private var errors: [(steps: Int, error: Double)] = []

  init(_ model: DiffusionModel, _ data: SampleSet, spacing: DDIMSampler.Spacing) throws {
    let points = data.prefix(min(250, data.count)).tensor
    for steps in [10, 20, 50, 100, 200, 500, 1_000] {
      let sampler = DDIMSampler(model, steps: steps, spacing: spacing)
      let restored = try sampler.decoded(sampler.encoded(points))
      let error = Double(square(restored - points).mean().item).squareRoot()
      errors.append((steps, error))
    }
  }

  var table: Table {
    Table(
      title: "编码再解码（η = 0）", header: ["步数", "均方根误差"],
      rows: errors.map { ["\($0.steps)", $0.error.significant()] })
  }

  var claim: Claim {
    let falls = zip(errors, errors.dropFirst()).allSatisfy { $0.error > $1.error }
    let (first, last) = (errors[0], errors[errors.count - 1])
    return Claim(
      "η = 0 可以编码再解码，误差随步数增加而下降", expected: "每增加一档步数都下降",
      measured: "\(first.steps) 步 \(first.error.significant()) → "
        + "\(last.steps) 步 \(last.error.significant())",
      holds: falls)
  }
}

// MARK: - The variance at eta = 1

/// The fresh noise of a step with η = 1 against the variance of DDPM's posterior.
private struct NoiseCheck {
  private var formulaGap = 0.0
  private var largestDeviation = 0.0

  private static let draws = 20_000
  private static let limit = 4.0

  init(_ model: DiffusionModel, _ random: RandomSource) throws {
    var random = random
    let schedule = model.schedule
    let sampler = DDIMSampler(model, steps: schedule.steps, eta: 1, spacing: .linear)
    for t in 2...schedule.steps {
      let sigma = sampler.deviation(from: t, to: t - 1)
      formulaGap = max(formulaGap, abs(sigma * sigma / schedule.posterior(t).variance - 1))
    }
    // region: variance
    for t in [2, 10, 100, 500, 1_000] {
      try Task.checkCancellation()
      let point = random.normal([1, model.dimension])
      let copies = point + Tensor.zeros([Self.draws, model.dimension])
      let after = sampler.step(copies, from: t, to: t - 1, &random)
      let variance = Double(after.variance(axis: 0).mean().item)
      let expected = schedule.posterior(t).variance
      let count = Double(Self.draws * model.dimension)
      let error = expected * (2 / count).squareRoot()
      largestDeviation = max(largestDeviation, abs(variance - expected) / error)
    }
    // endregion: variance
  }

  var formulaClaim: Claim {
    Claim(
      "η = 1 时 σ_t² 与 DDPM 的后验方差在每个时刻相等", expected: "相对差 < 1e-9",
      measured: formulaGap.significant(2), holds: formulaGap < 1e-9)
  }

  var measuredClaim: Claim {
    Claim(
      "η = 1 的一步采样，\(Self.draws) 次的经验方差等于后验方差",
      expected: "最大偏差 < \(Self.limit.fixed(0)) 个标准误",
      measured: "\(largestDeviation.fixed(2)) 个标准误", holds: largestDeviation < Self.limit)
  }
}

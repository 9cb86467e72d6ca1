package import DemoKit
import Foundation
package import Tensors

/// A variational autoencoder of handwritten digits, its bounds, and its linear case, which is known.
///
/// - Source: Kingma, Welling, "Auto-encoding variational Bayes", 2013, arXiv:1312.6114.
package struct VAE: Demo {
  package static let id = DemoID("vae")
  package static let summary = "VAE：在手写数字上训练、重构、采样、漫游隐平面；线性情形对照概率 PCA"

  /// Numbers in a code; the first two make the plane that is shown.
  package var latent = 2
  package var width = 128
  package var steps = 5_000
  package var batch = 128
  package var learningRate = 2e-3
  /// Numbers in a code of the linear model.
  package var components = 8
  /// Steps of its training.
  package var linearSteps = 6_000
  package var seed = 1

  package static let parameters: [Parameter<VAE>] = [
    Parameter("latent", \.latent, in: 1...16),
    Parameter("width", \.width, in: 16...512),
    Parameter("steps", \.steps, in: 100...100_000),
    Parameter("batch", \.batch, in: 16...512),
    Parameter("learning-rate", \.learningRate, in: 1e-5...0.1),
    Parameter("components", \.components, in: 1...32),
    Parameter("linear-steps", \.linearSteps, in: 500...100_000),
    Parameter("seed", \.seed, in: 0...1_000_000),
  ]

  package static var quick: VAE {
    var demo = VAE()
    demo.width = 64
    demo.steps = 1_500
    demo.linearSteps = 3_000
    return demo
  }

  package static var thorough: VAE {
    var demo = VAE()
    demo.latent = 8
    demo.steps = 5_000
    demo.batch = 512
    demo.learningRate = 1e-3
    demo.linearSteps = 60_000
    return demo
  }

  package init() {}

  package func run(emit: (DemoEvent) -> Void) throws {
    let random = RandomSource(seed: seed)
    let data = try DigitImages(random.split("data"))
    let model = try trained(on: data, random.split("vae"), emit: emit)
    show(model, data, random.split("pictures"), emit: emit)
    let divergence = try DivergenceCheck(model, data.heldOut, random.split("divergence"))
    let ladder = try BoundLadder(model, data, random.split("bounds"))
    emit(.table(ladder.table))
    let linear = try LinearCase(self, data, random.split("linear"), emit: emit)
    emit(.table(linear.table))
    emit(.table(try likelihoods(ladder, data)))
    emit(.table(try distances(model, data, random.split("distances"))))
    emit(.progress(completed: total, total: total))
    for claim in [divergence.claim] + ladder.claims + linear.claims { emit(.claim(claim)) }
  }

  var total: Int { steps + linearSteps }
}

/// The digits as points of [0, 1]^64: each grey level is spread evenly over the room up to the next,
/// so that they have a density.
package struct DigitImages {
  package let training: SampleSet
  package let heldOut: SampleSet
  private let digits: Digits

  package init(_ random: RandomSource) throws {
    digits = try Digits.shipped()
    training = Self.spread(digits, digits.training, random.split("training"))
    heldOut = Self.spread(digits, digits.heldOut, random.split("held-out"))
  }

  /// The first held-out image of each digit.
  var examples: SampleSet {
    heldOut.selecting(
      (0..<Digits.classCount).compactMap { digit in
        digits.heldOut.firstIndex { digits.labels[$0] == digit }
      })
  }

  /// As many other real images as are held out, for comparison.
  func reference(_ random: RandomSource) -> SampleSet {
    var random = random
    return training.selecting(Array(random.permutation(training.count).prefix(heldOut.count)))
  }

  private static func spread(
    _ digits: Digits, _ positions: [Int], _ random: RandomSource
  ) -> SampleSet {
    var random = random
    let levels = digits.pixels(at: positions, in: 0...Float(Digits.darkest))
    let values = Tensor(levels) + random.uniform([levels.count])
    return SampleSet(
      dimension: Digits.pixelCount, values: (values / Float(Digits.darkest + 1)).scalars)
  }
}

// MARK: - Training and pictures

extension VAE {
  private func trained(
    on data: DigitImages, _ random: RandomSource, emit: (DemoEvent) -> Void
  ) throws -> VariationalAutoencoder {
    emit(.text("训练：每一步取一批图像，每张图从它的后验里抽一个编码，沿下界的梯度走一步。"))
    let model = VariationalAutoencoder(
      dimension: Digits.pixelCount, hidden: [width, width], latent: latent,
      random.split("weights"))
    var curves = (
      bound: LossCurve("负 ELBO", steps: steps, of: total),
      divergence: LossCurve("KL", steps: steps, of: total)
    )
    try model.train(
      on: data.training, steps: steps, batch: batch, learningRate: Float(learningRate),
      random.split("training")
    ) { step, parts in
      curves.bound.report(step, parts.divergence - parts.reconstruction, emit: emit)
      curves.divergence.report(step, parts.divergence, emit: emit)
      if step.isMultiple(of: max(1, steps / 20)) { emit(.image(plane(of: model))) }
    }
    return model
  }

  /// Reconstructions, samples, the plane of codes, and where the codes of real images lie on it.
  private func show(
    _ model: VariationalAutoencoder, _ data: DigitImages, _ random: RandomSource,
    emit: (DemoEvent) -> Void
  ) {
    var random = random
    let restored = noGrad {
      SampleSet(model.likelihood(model.posterior(data.examples.tensor).mean).mean)
    }
    let pairs = SampleSet(
      dimension: Digits.pixelCount, values: data.examples.values + restored.values)
    emit(.image(Digits.sheet("留出图（上）与重构（下）", of: pairs, columns: 10, rows: 2)))
    emit(
      .image(
        Digits.sheet("从先验采样再解码", of: model.samples(30, &random), columns: 10, rows: 3)))
    emit(.image(plane(of: model)))
    guard latent > 1 else { return }
    let codes = noGrad { SampleSet(model.posterior(data.heldOut.tensor).sample(&random)) }
    let prior = SampleSet(random.normal([codes.count, latent]))
    func cloud(_ name: String, _ set: SampleSet) -> Plot.Series {
      Plot.Series(name, kind: .scatter, x: set.coordinates(0), y: set.coordinates(1))
    }
    emit(
      .plot(
        Plot(
          title: "隐平面", xLabel: "z₁", yLabel: "z₂",
          series: [cloud("留出图的编码", codes), cloud("先验", prior)])))
  }

  // region: plane
  /// What the decoder makes of codes on a grid, all but the first two numbers being 0.
  private func plane(of model: VariationalAutoencoder) -> Image {
    let (columns, rows) = (10, latent > 1 ? 5 : 1)
    var codes = [Float](repeating: 0, count: columns * rows * latent)
    for place in 0..<columns * rows {
      codes[place * latent] = -2 + 4 * Float(place % columns) / Float(columns - 1)
      if latent > 1 { codes[place * latent + 1] = 2 - 4 * Float(place / columns) / Float(rows - 1) }
    }
    let z = Tensor(codes, shape: [columns * rows, latent])
    let images = noGrad { SampleSet(model.likelihood(z).mean) }
    return Digits.sheet(
      "解码隐平面：z₁、z₂ 从 -2 到 2", of: images, columns: columns, rows: rows)
  }
  // endregion: plane

  /// What models of one and the same data give the images held out.
  private func likelihoods(_ ladder: BoundLadder, _ data: DigitImages) throws -> Table {
    func row(_ model: String, _ kind: String, _ logLikelihood: Double) -> [String] {
      // In units of a grey level the density is 17^64 times smaller.
      let nats = log(Double(Digits.darkest + 1)) - logLikelihood / Double(Digits.pixelCount)
      return [model, kind, logLikelihood.fixed(2), (nats / log(2)).fixed(3)]
    }
    let exact = try ([latent] + [4, 8, 16, 32].filter { $0 != latent }).map { components in
      let model = try ProbabilisticPCA(data.training, latent: components)
      return row(
        "概率 PCA，\(components) 维", "精确", model.law.meanLogDensity(of: data.heldOut))
    }
    let best = ladder.tightest
    return Table(
      title: "留出图的对数似然", header: ["模型", "取值", "nats/图", "bits/维"],
      rows: exact + [row("VAE，\(latent) 维", "下界 L_\(best.samples)", best.values.mean)])
  }

  /// How far samples of the models lie from the images held out.
  private func distances(
    _ model: VariationalAutoencoder, _ data: DigitImages, _ random: RandomSource
  ) throws -> Table {
    var random = random
    let references = (0..<8).map { data.reference(random.split($0)) }
    let linear = try ProbabilisticPCA(data.training, latent: latent)
    let count = data.heldOut.count
    let rows = [
      ("VAE", model.samples(count, &random)), ("概率 PCA", linear.samples(count, &random)),
    ].map { name, samples in
      let distance = ReferencedDistance(
        of: samples, to: data.heldOut, beside: references, by: energyDistance)
      return ["\(name)，\(latent) 维"] + distance.cells
    }
    return Table(
      title: "样本到留出图的能量距离（各 \(count) 张）",
      header: ["样本", "距离", "真实对真实的平均", "真实对真实的范围"], rows: rows)
  }
}

import DemoKit
import Foundation
import Tensors

/// The divergence of posterior and prior by its formula and by drawing codes.
struct DivergenceCheck {
  /// The formula, averaged over the images.
  private let formula: Double
  private let drawn: MeanEstimate

  private static let draws = 400
  private static let limit = 3.0

  // region: divergence
  /// Draws a code for every image again and again, and averages log q(z | x) - log p(z).
  init(_ model: VariationalAutoencoder, _ images: SampleSet, _ random: RandomSource) throws {
    var random = random
    let posterior = noGrad { model.posterior(images.tensor) }
    formula = Double(posterior.divergenceFromStandard.mean().item)
    drawn = MeanEstimate(
      try (0..<Self.draws).map { _ in
        try Task.checkCancellation()
        let z = posterior.sample(&random)
        let ratios = posterior.logDensity(z) - DiagonalNormal.standardLogDensity(z)
        return Double(ratios.mean().item)
      })
  }
  // endregion: divergence

  var claim: Claim {
    let deviation = drawn.deviation(from: formula)
    return Claim(
      "KL(q(z|x) ‖ p(z)) 的闭式等于蒙特卡洛估计（留出图平均，\(Self.draws) 轮）",
      expected: "\(formula.fixed(4)) nats，偏差 < \(Self.limit.fixed(0)) 个标准误",
      measured: "\(drawn.text(4))，偏差 \(deviation.fixed(2))", holds: abs(deviation) < Self.limit)
  }
}

/// The bounds of the images held out, from the evidence lower bound up.
struct BoundLadder {
  /// One bound.
  struct Rung {
    var samples: Int
    var values: MeanEstimate
    /// How far it lies above the evidence lower bound, image by image.
    var gap: MeanEstimate
  }

  private let lowerBound: MeanEstimate
  /// The evidence lower bound of the images that were learned from.
  private let trainingBound: MeanEstimate
  private let rungs: [Rung]

  init(_ model: VariationalAutoencoder, _ data: DigitImages, _ random: RandomSource) throws {
    let images = data.heldOut
    let bounds = try model.lowerBounds(of: images, samples: 50, random.split("elbo"))
    lowerBound = MeanEstimate(bounds)
    trainingBound = MeanEstimate(
      try model.lowerBounds(of: data.training, samples: 10, random.split("training")))
    rungs = try [1, 5, 50, 500].map { count in
      let values = try model.importanceBounds(of: images, samples: count, random.split(count))
      return Rung(
        samples: count, values: MeanEstimate(values),
        gap: MeanEstimate(zip(values, bounds).map { $0 - $1 }))
    }
  }

  /// The bound from the most samples.
  var tightest: Rung { rungs[rungs.count - 1] }

  var table: Table {
    Table(
      title: "对数似然的下界（nats/图，± 标准误）", header: ["图像", "下界", "平均", "减去 ELBO"],
      rows: [
        ["训练", "ELBO", trainingBound.text(2), ""], ["留出", "ELBO", lowerBound.text(2), ""],
      ] + rungs.map { ["留出", "L_\($0.samples)", $0.values.text(2), $0.gap.text(3)] })
  }

  var claims: [Claim] {
    let gaps = rungs.map(\.gap)
    let rises = zip(rungs, rungs.dropFirst()).allSatisfy { $0.values.mean < $1.values.mean }
    return [
      Claim(
        "留出图上 ELBO ≤ L₅₀（50 个样本的重要性加权下界）",
        expected: "差大于 0，超出 3 个标准误", measured: gaps[2].text(3),
        holds: gaps[2].deviation(from: 0) > 3),
      Claim(
        "样本越多下界越高：L₁ < L₅ < L₅₀ < L₅₀₀", expected: "逐级上升",
        measured: rungs.map { $0.values.mean.fixed(2) }.joined(separator: " → "), holds: rises),
    ]
  }
}

extension VariationalAutoencoder {
  /// The evidence lower bound of each image, its expectation being a mean over many codes.
  func lowerBounds(
    of images: SampleSet, samples count: Int, _ random: RandomSource
  ) throws -> [Double] {
    try inParts(images, random) { x, random in
      let parts = bound(x.repeated(axis: 0, count: count), &random)
      return (parts.reconstruction - parts.divergence).reshaped([x.shape[0], count]).mean(axis: 1)
    }
  }

  /// The importance-weighted bound of each image.
  func importanceBounds(
    of images: SampleSet, samples count: Int, _ random: RandomSource
  ) throws -> [Double] {
    try inParts(images, random) { x, random in
      importanceBound(x, samples: count, &random)
    }
  }

  /// A number for each image, computed for a few of them at a time since each is copied often.
  private func inParts(
    _ images: SampleSet, _ random: RandomSource,
    _ values: (Tensor, inout RandomSource) -> Tensor
  ) throws -> [Double] {
    var random = random
    let (x, size) = (images.tensor, 32)
    return try stride(from: 0, to: images.count, by: size).flatMap { start in
      try Task.checkCancellation()
      let part = x.rows(start..<min(start + size, images.count))
      return noGrad { values(part, &random).scalars.map { Double($0) } }
    }
  }
}

package import DemoKit
import Tensors

/// Denoising diffusion: noise data step by step, learn to tell the noise, walk back.
///
/// - Source: Ho, Jain, Abbeel, "Denoising diffusion probabilistic models", 2020, arXiv:2006.11239.
package struct DDPM: Demo {
  package static let id = DemoID("ddpm")
  package static let summary = "DDPM：逐步加噪、预测噪声、祖先采样，并验证每个公式"

  package var data = DiffusionData.twoMoons
  /// Training steps.
  package var steps = 8_000
  package var batch = 256
  /// Real points held out, and points of each generated group that is compared with them.
  package var samples = 1_000
  package var variance = DiffusionModel.Variance.posterior
  package var seed = 1

  package static let parameters: [Parameter<DDPM>] = [
    Parameter("data", \.data),
    Parameter("steps", \.steps, in: 50...100_000),
    Parameter("batch", \.batch, in: 16...1_024),
    Parameter("samples", \.samples, in: 50...4_000),
    Parameter("variance", \.variance),
    Parameter("seed", \.seed, in: 0...1_000_000),
  ]

  package static var quick: DDPM {
    var demo = DDPM()
    demo.steps = 1_000
    demo.batch = 128
    demo.samples = 200
    return demo
  }

  package static var thorough: DDPM {
    var demo = DDPM()
    demo.steps = 60_000
    demo.samples = 4_000
    return demo
  }

  package init() {}

  package func run(emit: (DemoEvent) -> Void) throws {
    let random = RandomSource(seed: seed)
    let forward = try ForwardProcessCheck(chains: 20_000).run(random.split("forward"), emit: emit)
    let split = try data.split(heldOut: samples, random.split("data"))
    let model = try trained(on: split, random, emit: emit)
    let generated = try model.ancestralSamples(
      split.heldOut.count * SampleQuality.groups, variance: variance, random.split("samples")
    ) { time, x in
      guard time.isMultiple(of: 50) else { return }
      emit(.progress(completed: steps + 1_000 - time, total: steps + 1_000))
      emit(SampleSet(x).picture("反向过程的样本", beside: split.heldOut))
    }
    let quality = SampleQuality(split, random.split("directions"))
    emit(.table(quality.table(of: generated)))
    for claim in forward + [quality.claim(about: generated)] { emit(.claim(claim)) }
  }

  private func trained(
    on split: DiffusionData.Split, _ random: RandomSource, emit: (DemoEvent) -> Void
  ) throws -> DiffusionModel {
    emit(.text("训练噪声预测网络：每一步随机取一批数据、时刻与噪声。"))
    let model = DiffusionModel(for: split, random.split("weights"))
    var curve = LossCurve(steps: steps, of: steps + 1_000)
    try model.train(on: split.training, steps: steps, batch: batch, random.split("training")) {
      curve.report($0, $1, emit: emit)
    }
    emit(.text("从纯噪声出发，逐步去噪 1,000 次。"))
    return model
  }
}

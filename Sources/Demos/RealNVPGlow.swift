package import DemoKit
import NN
import Tensors

/// Flows with exact likelihood on digits: NICE, then affine couplings on two scales with actnorm, once
/// with a fixed order of channels as in RealNVP, once with Glow's learned 1x1 convolution.
///
/// - Source: Dinh, Sohl-Dickstein, Bengio, "Density estimation using Real NVP", 2016,
///   arXiv:1605.08803; Kingma, Dhariwal, "Glow: generative flow with invertible 1x1 convolutions",
///   2018, arXiv:1807.03039.
package struct RealNVPGlow: Demo {
  package static let id = DemoID("realnvp-glow")
  package static let summary = "RealNVP 与 Glow：仿射耦合、多尺度、actnorm、可逆 1×1 卷积，与 NICE 比较似然"

  /// How often every flow is trained, each time from other weights.
  package var runs = 1
  /// Training steps of each flow on images.
  package var steps = 500
  /// Training steps of NICE, which are cheaper.
  package var niceSteps = 3_000
  package var batch = 50
  /// Steps of the flow on each scale.
  package var depth = 8
  /// Channels inside a coupling.
  package var width = 16
  package var learningRate = 0.006
  package var niceWidth = 64
  package var niceRate = 0.002
  package var seed = 1

  package static let parameters: [Parameter<RealNVPGlow>] = [
    Parameter("runs", \.runs, in: 1...32),
    Parameter("steps", \.steps, in: 20...20_000),
    Parameter("nice-steps", \.niceSteps, in: 20...50_000),
    Parameter("batch", \.batch, in: 10...500),
    Parameter("depth", \.depth, in: 1...16),
    Parameter("width", \.width, in: 4...128),
    Parameter("learning-rate", \.learningRate, in: 1e-5...0.1),
    Parameter("nice-width", \.niceWidth, in: 8...512),
    Parameter("nice-learning-rate", \.niceRate, in: 1e-5...0.1),
    Parameter("seed", \.seed, in: 0...1_000_000),
  ]

  package static var quick: RealNVPGlow {
    var demo = RealNVPGlow()
    demo.steps = 150
    demo.niceSteps = 900
    demo.depth = 4
    demo.learningRate = 0.01
    return demo
  }

  package static var thorough: RealNVPGlow {
    var demo = RealNVPGlow()
    demo.runs = 5
    demo.steps = 2_000
    return demo
  }

  package init() {}

  package func run(emit: (DemoEvent) -> Void) throws {
    let random = RandomSource(seed: seed)
    let data = try FlowData()
    emit(.text("四个流，同样的划分、去量化与 logit：先是 NICE，再是同一个多尺度仿射流的三种通道混合。"))
    var flows: [TrainedFlow] = []
    for kind in Kind.allCases {
      flows.append(try trained(kind, on: data, random, emit: emit))
      emit(.table(table(of: flows, heldOut: data.heldOut.shape[0])))
    }
    for flow in flows { emit(samplesPicture(of: flow, random.split("samples"))) }
    let scales = ScaleCheck(
      flows[flows.count - 1].model, data.heldOut + 0.5, random.split("scales"))
    emit(scales.picture)
    let comparisons = comparisons(of: flows, random.split("bootstrap"))
    emit(.table(table(of: comparisons)))
    let claims =
      flows.flatMap { exactnessClaims($0, data) } + [scales.claim] + claims(about: comparisons)
    for claim in claims { emit(.claim(claim)) }
  }
}

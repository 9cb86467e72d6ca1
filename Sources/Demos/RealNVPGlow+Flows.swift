import DemoKit
import NN
import Tensors

extension RealNVPGlow {
  /// The flows that are compared: NICE, and one flow on images with three ways to mix channels.
  enum Kind: Hashable, CaseIterable {
    case nice, reverse, shuffle, convolution

    var name: String {
      switch self {
      case .nice: "NICE"
      case .reverse: "仿射流·倒序"
      case .shuffle: "仿射流·乱序"
      case .convolution: "仿射流·1×1 卷积"
      }
    }
  }

  func steps(of kind: Kind) -> Int { kind == .nice ? niceSteps : steps }

  /// Grey levels of digits as rows, to learn from and held out.
  struct FlowData {
    let training: Tensor  // [N, 64]
    let heldOut: Tensor

    init() throws {
      let digits = try Digits.shipped()
      func levels(_ positions: [Int]) -> Tensor {
        let range = 0...Float(Digits.darkest)
        return Tensor(
          digits.pixels(at: positions, in: range), shape: [positions.count, Digits.pixelCount])
      }
      training = levels(digits.training)
      heldOut = levels(digits.heldOut)
    }
  }

  /// A flow after its runs of training.
  struct TrainedFlow {
    let kind: Kind
    /// The model of the last run.
    let model: FlowModel
    /// What each image held out needs after each run.
    let heldOutBits: Tensor  // [runs, N]
    let trainingBits: Double

    var bits: Double { Double(heldOutBits.mean().item) }
  }

  // region: models
  func model(_ kind: Kind, _ random: RandomSource) -> FlowModel {
    let (levels, dimension) = (Digits.darkest + 1, Digits.pixelCount)
    let weights = random.split("weights")
    func images(_ mixing: Glow.Mixing) -> FlowModel {
      FlowModel(levels: levels, dimension: dimension, prior: .normal, weights) {
        Glow(
          side: Digits.width, depth: depth, width: width, mixing: mixing, in: $0,
          random.split("mixing"))
      }
    }
    switch kind {
    case .nice:
      return FlowModel(levels: levels, dimension: dimension, prior: .logistic, weights) {
        NICE.bijection(dimension: dimension, width: niceWidth, couplings: 4, in: $0)
      }
    case .reverse: return images(.reverse)
    case .shuffle: return images(.shuffle)
    case .convolution: return images(.convolution)
    }
  }
  // endregion: models

  /// Trains a flow as often as there are runs; each run has its own first weights and batches, the
  /// same for every kind.
  func trained(
    _ kind: Kind, on data: FlowData, _ random: RandomSource, emit: (DemoEvent) -> Void
  ) throws -> TrainedFlow {
    var models: [FlowModel] = []
    var bits: [(heldOut: Tensor, training: Double)] = []
    for run in 0..<runs {
      let random = random.split(run)
      let model = model(kind, random)
      try train(model, kind, run: run, on: data, random.split("training"), emit: emit)
      models.append(model)
      bits.append(
        (
          heldOut: model.meanBits(data.heldOut, draws: 4, random.split("noise")),
          training: Double(
            model.meanBits(data.training, draws: 1, random.split("noise")).mean().item)
        ))
    }
    return TrainedFlow(
      kind: kind, model: models[runs - 1], heldOutBits: stacked(bits.map(\.heldOut)),
      trainingBits: bits.map(\.training).reduce(0, +) / Double(runs))
  }

  /// One run of training; the first draws its curve.
  private func train(
    _ model: FlowModel, _ kind: Kind, run: Int, on data: FlowData, _ random: RandomSource,
    emit: (DemoEvent) -> Void
  ) throws {
    let place = Kind.allCases.firstIndex(of: kind) ?? 0
    let earlier = Kind.allCases.prefix(place).reduce(0) { $0 + runs * steps(of: $1) }
    var curve = LossCurve(
      "\(kind.name)：bits/dim", steps: steps(of: kind), after: earlier + run * steps(of: kind),
      of: Kind.allCases.reduce(0) { $0 + runs * steps(of: $1) })
    try model.train(
      on: data.training, steps: steps(of: kind), batch: batch,
      learningRate: Float(kind == .nice ? niceRate : learningRate), random
    ) { step, loss in
      curve.report(step, loss) { event in
        if run > 0, case .metric = event { return }
        emit(event)
      }
    }
  }

  func table(of flows: [TrainedFlow], heldOut: Int) -> Table {
    Table(
      title: "每维比特数（\(heldOut) 张留出图片，\(runs) 次训练的平均）",
      header: ["模型", "参数", "步数", "训练集", "留出集"],
      rows: flows.map { flow in
        [
          flow.kind.name, "\(flow.model.parameters.count)", "\(steps(of: flow.kind))",
          flow.trainingBits.fixed(3), flow.bits.fixed(3),
        ]
      })
  }

  func samplesPicture(of flow: TrainedFlow, _ random: RandomSource) -> DemoEvent {
    var random = random
    return Self.sheet("\(flow.kind.name)：样本", flow.model.samples(30, &random))
  }

  /// Grey levels of thirty digits as a sheet.
  static func sheet(_ title: String, _ levels: Tensor) -> DemoEvent {
    .image(
      Digits.sheet(
        title, of: SampleSet(levels), columns: 10, rows: 3, in: 0...Float(Digits.darkest + 1)))
  }
}

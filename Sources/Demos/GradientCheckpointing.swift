package import DemoKit
import NN
package import Tensors

/// Gradient checkpointing on chains of many depths and on a stack of transformer blocks: the same
/// gradients, less memory, more computation, all of it measured.
///
/// - Source: Chen, Xu, Zhang, Guestrin, "Training deep nets with sublinear memory cost", 2016,
///   arXiv:1604.06174.
package struct GradientCheckpointing: Demo {
  package static let id = DemoID("gradient-checkpointing")
  package static let summary = "梯度检查点：逐位相同的梯度，实测的显存增长与额外时间"

  /// Depths of the chains are 16, 64, 256 and so on up to this one.
  package var depth = 4_096
  package var width = 32
  package var batch = 32
  /// Width, batch and depth of the chain that is timed.
  package var timedWidth = 256
  package var timedDepth = 64
  package var repetitions = 15
  /// Blocks of the transformer.
  package var blocks = 16
  /// Training steps of the transformer with each strategy.
  package var steps = 30
  package var seed = 1

  package static let parameters: [Parameter<GradientCheckpointing>] = [
    Parameter("depth", \.depth, in: 256...16_384),
    Parameter("width", \.width, in: 8...256),
    Parameter("batch", \.batch, in: 8...256),
    Parameter("timed-width", \.timedWidth, in: 32...512),
    Parameter("timed-depth", \.timedDepth, in: 16...256),
    Parameter("repetitions", \.repetitions, in: 3...50),
    Parameter("blocks", \.blocks, in: 4...64),
    Parameter("steps", \.steps, in: 1...1_000),
    Parameter("seed", \.seed, in: 0...1_000_000),
  ]

  package static var quick: GradientCheckpointing {
    var demo = GradientCheckpointing()
    demo.depth = 1_024
    demo.timedWidth = 64
    demo.timedDepth = 16
    demo.repetitions = 3
    demo.blocks = 9
    demo.steps = 3
    return demo
  }

  package static var thorough: GradientCheckpointing {
    var demo = GradientCheckpointing()
    demo.depth = 16_384
    demo.width = 64
    demo.timedDepth = 256
    demo.blocks = 64
    demo.steps = 100
    return demo
  }

  package init() {}

  package func run(emit: (DemoEvent) -> Void) throws {
    let random = RandomSource(seed: seed)
    emit(.text("残差链：深度从 16 到 \(depth)，每种策略走一遍前向与反向，量出峰值字节。"))
    let growth = try growthClaims(random.split("chain"), emit)
    emit(.text("固定深度 \(Self.cutDepth)，把链切成 1 段到 \(Self.cutDepth) 段。"))
    let cuts = try cutClaims(random.split("cuts"), emit)
    emit(.progress(completed: depths.count + 1, total: depths.count + 3))
    emit(.text("\(blocks) 块的 Transformer，带 dropout，每种策略训练 \(steps) 步。"))
    let transformer = try transformerClaims(random.split("transformer"), emit)
    emit(.progress(completed: depths.count + 2, total: depths.count + 3))
    emit(.text("最后计时：宽 \(timedWidth)、深 \(timedDepth) 的链，每种策略各走 \(repetitions) 遍。"))
    let time = try timeClaims(random.split("time"))
    emit(.progress(completed: depths.count + 3, total: depths.count + 3))
    for claim in growth + cuts + transformer + time { emit(.claim(claim)) }
  }
}

/// Where checkpoints stand in a sequence of layers.
package enum CheckpointStrategy: Hashable, Sendable {
  case none, everyLayer, squareRoot, recursive
  /// As many pieces of equal length, or nearly so.
  case pieces(Int)

  var name: String {
    switch self {
    case .none: "不设检查点"
    case .everyLayer: "每层"
    case .squareRoot: "每 √n 层"
    case .recursive: "递归对半"
    case .pieces(let count): "\(count) 段"
    }
  }

  // region: strategies
  /// Applies `layer` 0 to `depth - 1` one after the other.
  package func apply(
    _ depth: Int, to x: Tensor, layer: @escaping (Int, Tensor) -> Tensor
  ) -> Tensor {
    switch self {
    case .none:
      (0..<depth).reduce(x) { x, index in layer(index, x) }
    case .everyLayer:
      inPieces(depth, of: depth, x, layer)
    case .squareRoot:
      inPieces(Int(Double(depth).squareRoot().rounded()), of: depth, x, layer)
    case .pieces(let count):
      inPieces(count, of: depth, x, layer)
    case .recursive:
      inHalves(0..<depth, x, layer)
    }
  }

  private func inPieces(
    _ count: Int, of depth: Int, _ x: Tensor, _ layer: @escaping (Int, Tensor) -> Tensor
  ) -> Tensor {
    (0..<count).reduce(x) { x, piece in
      let range = (piece * depth / count)..<((piece + 1) * depth / count)
      return checkpoint(x) { x in range.reduce(x) { x, index in layer(index, x) } }
    }
  }

  private func inHalves(
    _ range: Range<Int>, _ x: Tensor, _ layer: @escaping (Int, Tensor) -> Tensor
  ) -> Tensor {
    guard range.count > 1 else { return layer(range.lowerBound, x) }
    let middle = range.lowerBound + range.count / 2
    let half = checkpoint(x) { inHalves(range.lowerBound..<middle, $0, layer) }
    return checkpoint(half) { inHalves(middle..<range.upperBound, $0, layer) }
  }
  // endregion: strategies
}

import DemoKit
import NN
import Tensors

/// A stack of transformer blocks that learns to continue arithmetic sequences, with dropout.
private final class BlockStack {
  let parameters: Parameters
  private let tokens: Embedding
  private let positions: Embedding
  private let blocks: [Block]
  private let head: Linear

  static let vocabulary = 32
  static let width = 64
  static let length = 64

  /// Attention, then a gated layer, each with dropout and added to what it read.
  private struct Block {
    let attend: MultiHeadAttention
    let feed: SwiGLU
    let norms: (attend: RMSNorm, feed: RMSNorm)

    init(in parameters: Parameters) {
      attend = MultiHeadAttention(
        width, heads: 4, mask: .causal, bias: false, in: parameters.scope("attend"))
      feed = SwiGLU(width, hidden: 170, in: parameters.scope("feed"))
      norms = (
        RMSNorm(width, in: parameters.scope("norm1")), RMSNorm(width, in: parameters.scope("norm2"))
      )
    }

    func callAsFunction(_ x: Tensor, _ random: inout RandomSource) -> Tensor {
      let y = x + dropout(attend(norms.attend(x)), probability: 0.1, &random)
      return y + dropout(feed(norms.feed(y)), probability: 0.1, &random)  // [B, T, C]
    }
  }

  init(blocks count: Int, _ random: RandomSource) {
    let parameters = Parameters(random)
    self.parameters = parameters
    let initializer = Initializer.normal(standardDeviation: 0.1)
    tokens = Embedding(
      Self.vocabulary, Self.width, initializer: initializer, in: parameters.scope("tokens"))
    positions = Embedding(
      Self.length, Self.width, initializer: initializer, in: parameters.scope("positions"))
    blocks = (0..<count).map { Block(in: parameters.scope("block", $0)) }
    head = Linear(Self.width, Self.vocabulary, bias: false, in: parameters.scope("head"))
  }

  // region: dropout
  /// Each block draws from a source of its own, so it draws the same when it is computed again.
  func loss(_ text: Indices, _ strategy: CheckpointStrategy, _ random: RandomSource) -> Tensor {
    let places = positions(Indices(Array(0..<Self.length)))  // [T, C]
    let x = tokens(text.columns(0..<Self.length)) + places  // [B, T, C]
    let y = strategy.apply(blocks.count, to: x) { index, x in
      var random = random.split(index)
      return self.blocks[index](x, &random)
    }
    return crossEntropy(logits: head(y), targets: text.columns(1..<(Self.length + 1)))
  }
  // endregion: dropout

  /// Sequences that grow by a step of their own, modulo the vocabulary.
  static func sequences(_ count: Int, _ random: inout RandomSource) -> Indices {
    let starts = random.integers([count], below: vocabulary).values
    let steps = random.integers([count], below: 5).values
    let numbers = (0..<count).flatMap { row in
      (0...length).map { (Int(starts[row]) + (Int(steps[row]) + 1) * $0) % vocabulary }
    }
    return Indices(numbers, shape: [count, length + 1])
  }
}

extension GradientCheckpointing {
  /// A training with one strategy.
  private struct BlockTraining {
    var losses: [Float] = []
    var weights: [Float] = []
    var peakBytes = 0
    var forwardBytes = 0
  }

  func transformerClaims(_ random: RandomSource, _ emit: (DemoEvent) -> Void) throws -> [Claim] {
    let strategies: [CheckpointStrategy] = [.none, .everyLayer, .squareRoot]
    var runs: [BlockTraining] = []
    for strategy in strategies {
      runs.append(try train(strategy, random, emit))
    }
    emit(.table(blockTable(strategies, runs)))
    let differing = runs.dropFirst().reduce(0) {
      $0 + differences($1.weights, runs[0].weights) + differences($1.losses, runs[0].losses)
    }
    let ratio = Double(runs[0].peakBytes) / Double(runs[1].peakBytes)
    return [
      Claim(
        "Transformer（含 dropout）训练 \(steps) 步，损失与权重逐位相同（不同的个数）", expected: "0",
        measured: "\(differing)", holds: differing == 0),
      Claim(
        "每块一个检查点，Transformer 的峰值缩小的倍数", expected: "≥ 3",
        measured: ratio.fixed(1), holds: ratio >= 3),
      Claim(
        "对 Transformer，每块一个检查点比每 √n 块更省（峰值，MB）", expected: "每块 < 每 √n 块",
        measured: "\(megabytes(runs[1].peakBytes)) 与 \(megabytes(runs[2].peakBytes))",
        holds: runs[1].peakBytes < runs[2].peakBytes),
    ]
  }

  private func train(
    _ strategy: CheckpointStrategy, _ random: RandomSource, _ emit: (DemoEvent) -> Void
  ) throws -> BlockTraining {
    var random = random
    let stack = BlockStack(blocks: blocks, random.split("weights"))
    let optimizer = AdamW(stack.parameters, learningRate: 1e-3)
    var run = BlockTraining()
    for step in 0..<steps {
      try Task.checkCancellation()
      let text = BlockStack.sequences(4, &random)
      let before = MemoryUse.current.liveBytes
      let peak = MemoryUse.peakBytes {
        let loss = stack.loss(text, strategy, random.split("dropout").split(step))
        run.forwardBytes = max(run.forwardBytes, MemoryUse.current.liveBytes - before)
        loss.backward()
        run.losses.append(loss.item)
      }
      optimizer.step()
      run.peakBytes = max(run.peakBytes, peak)
      if strategy == .none {
        emit(.metric(name: "loss", step: step + 1, value: Double(run.losses[step])))
      }
    }
    run.weights = stack.parameters.values.scalars
    return run
  }

  private func blockTable(_ strategies: [CheckpointStrategy], _ runs: [BlockTraining]) -> Table {
    let unit = 4 * BlockStack.length * BlockStack.width * MemoryLayout<Float>.size
    return Table(
      title: "\(blocks) 块 Transformer 的一步（MB）",
      header: ["检查点", "前向之后留下", "峰值", "每块留下的层间激活数"],
      rows: zip(strategies, runs).map { strategy, run in
        [
          strategy == .none ? strategy.name : strategy.name.replacing("层", with: "块"),
          megabytes(run.forwardBytes), megabytes(run.peakBytes),
          (Double(run.forwardBytes) / Double(unit * blocks)).fixed(1),
        ]
      })
  }

  private func megabytes(_ bytes: Int) -> String { (Double(bytes) / 1e6).fixed(2) }
}

import NN
import Tensors

/// Rows (d) and (e): the DPO loss with its gradient, and a training step of a transformer.
var languageBenchmarks: [Benchmark] {
  [
    Benchmark("DPO loss+backward b16 pairs") { preferenceStep() },
    Benchmark("LM train 4x128 s64 b16") { trainingStep() },
  ]
}

private let vocabulary = 256
private let width = 128
private let heads = 4
private let length = 64
private let batch = 16

/// The transformer of the baselines: rotary positions, gated feed-forward, 857,216 parameters.
private struct Transformer {
  private struct Block {
    let norm1: RMSNorm
    let norm2: RMSNorm
    let qkv: Linear
    let output: Linear
    let feedForward: SwiGLU

    init(in parameters: Parameters) {
      norm1 = RMSNorm(width, in: parameters.scope("norm1"))
      norm2 = RMSNorm(width, in: parameters.scope("norm2"))
      qkv = Linear(width, 3 * width, bias: false, in: parameters.scope("qkv"))
      output = Linear(width, width, bias: false, in: parameters.scope("output"))
      feedForward = SwiGLU(width, hidden: 344, in: parameters.scope("feedForward"))
    }

    func callAsFunction(_ x: Tensor) -> Tensor {
      let parts = qkv(norm1(x))  // [B, T, 3 C]
      let head = { (index: Int) in
        parts.slice(axis: -1, index * width..<(index + 1) * width)
          .reshaped([x.shape[0], x.shape[1], heads, width / heads])  // [B, T, H, K]
      }
      let y = attention(rotary(head(0)), rotary(head(1)), head(2), mask: .causal)
      let middle = x + output(y.reshaped(x.shape))
      return middle + feedForward(norm2(middle))
    }
  }

  private let embedding: Embedding
  private let blocks: [Block]
  private let norm: RMSNorm
  private let head: Linear

  init(in parameters: Parameters) {
    embedding = Embedding(
      vocabulary, width, initializer: .normal(standardDeviation: 0.02), in: parameters)
    blocks = (0..<4).map { Block(in: parameters.scope("block", $0)) }
    norm = RMSNorm(width, in: parameters.scope("norm"))
    head = Linear(width, vocabulary, bias: false, in: parameters.scope("head"))
  }

  func callAsFunction(_ tokens: Indices) -> Tensor {
    head(norm(blocks.reduce(embedding(tokens)) { x, block in block(x) }))  // [B, T, V]
  }
}

/// Counting sequences: each token is the one before it plus a stride, modulo the vocabulary.
private func sequences(_ count: Int, _ random: inout RandomSource) -> Indices {
  let starts = random.integers([count], below: vocabulary).values
  let strides = random.integers([count], below: 7).values
  let tokens = (0..<count).flatMap { row in
    (0...length).map { (Int(starts[row]) + Int(strides[row] + 1) * $0) % vocabulary }
  }
  return Indices(tokens, shape: [count, length + 1])
}

private func trainingStep() -> () -> Float? {
  var random = RandomSource(seed: 1)
  let parameters = Parameters(random.split("weights"))
  let model = Transformer(in: parameters)
  let optimizer = AdamW(parameters, learningRate: 1e-3)
  return {
    let tokens = sequences(batch, &random)
    let loss = crossEntropy(
      logits: model(tokens.columns(0..<length)), targets: tokens.columns(1..<(length + 1)))
    loss.backward()
    optimizer.step()
    return loss.item
  }
}

private func preferenceStep() -> () -> Float? {
  var random = RandomSource(seed: 1)
  let model = Transformer(in: Parameters(random.split("weights")))
  let reference = Transformer(in: Parameters(random.split("weights")))
  let logProbability = { (model: Transformer, tokens: Indices) in
    pick(logSoftmax(model(tokens.columns(0..<length))), tokens.columns(1..<(length + 1)))
      .sum(axis: -1)  // [B]
  }
  return {
    let preferred = sequences(batch, &random).values
    let rejected = random.integers([batch, length + 1], below: vocabulary).values
    let tokens = Indices(preferred + rejected, shape: [2 * batch, length + 1])
    let base = noGrad { logProbability(reference, tokens) }
    let reward = 0.1 * (logProbability(model, tokens) - base)
    let margin = reward.rows(0..<batch) - reward.rows(batch..<(2 * batch))
    let loss = -logSigmoid(margin).mean()
    loss.backward()
    return loss.item
  }
}

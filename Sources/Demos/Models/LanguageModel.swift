package import NN
package import Tensors

/// A small causal transformer over tokens, with normalisation before each part of a block.
///
/// - Shape: tokens are `[B, T]`, the logits of what comes next are `[B, T, V]`.
/// - Source: Vaswani et al., "Attention is all you need", 2017, arXiv:1706.03762; the gated layer is
///   that of Shazeer, "GLU variants improve transformer", 2020, arXiv:2002.05202.
package struct LanguageModel {
  private let tokens: Embedding
  private let positions: Embedding
  private let blocks: [Block]
  private let norm: RMSNorm
  private let head: Linear

  package init(
    vocabulary: Int, context: Int, width: Int, layers: Int, heads: Int, in parameters: Parameters
  ) {
    let initializer = Initializer.normal(standardDeviation: 0.1)
    tokens = Embedding(
      vocabulary, width, initializer: initializer, in: parameters.scope("tokens"))
    positions = Embedding(
      context, width, initializer: initializer, in: parameters.scope("positions"))
    blocks = (0..<layers).map {
      Block(width: width, heads: heads, in: parameters.scope("block", $0))
    }
    norm = RMSNorm(width, in: parameters.scope("norm"))
    head = Linear(width, vocabulary, bias: false, in: parameters.scope("head"))
  }

  package func callAsFunction(_ x: Indices) -> Tensor {
    let places = positions(Indices(Array(0..<x.shape[1])))  // [T, C]
    let embedded = tokens(x) + places  // [B, T, C]
    return head(norm(blocks.reduce(embedded) { y, block in block(y) }))  // [B, T, V]
  }

  // region: log-probability
  /// How likely the model finds each sequence after its prompt, in nats.
  ///
  ///     log π(y | x) = Σ over the tokens of y of log π(token | everything before it)
  ///
  /// - Shape: `sequences` is `[B, T]`, the result is `[B]`.
  package func logProbability(of sequences: Indices, afterPrompt prompt: Int) -> Tensor {
    let length = sequences.shape[1]
    let logits = self(sequences.columns(0..<(length - 1)))
      .slice(axis: 1, (prompt - 1)..<(length - 1))  // [B, T - P, V]
    return pick(logSoftmax(logits), sequences.columns(prompt..<length)).sum(axis: 1)
  }
  // endregion: log-probability

  /// Draws the rest of each sequence, token by token.
  ///
  /// Of all tokens the one wins whose logit plus a Gumbel number is largest; that happens with the
  /// probability that the softmax gives it.
  ///
  /// - Shape: `prompts` is `[B, P]`, the result is `[B, length]`.
  package func continuations(
    of prompts: Indices, length: Int, _ random: inout RandomSource
  ) throws -> Indices {
    var rows = prompts
    while rows.shape[1] < length {
      try Task.checkCancellation()
      let place = rows.shape[1] - 1
      let logits = noGrad { self(rows).slice(axis: 1, place..<(place + 1)) }  // [B, 1, V]
      let uniform = random.uniform(logits.shape, in: 1e-6...(1 - 1e-6))
      rows = rows.appendingColumn((logits - log(-log(uniform))).argmax())
    }
    return rows
  }

  /// Attention, then a gated layer, each added to what it read.
  private struct Block {
    let attention: MultiHeadAttention
    let up: Linear
    let gate: Linear
    let down: Linear
    let norms: (attention: RMSNorm, gated: RMSNorm)

    init(width: Int, heads: Int, in parameters: Parameters) {
      let inner = width * 8 / 3
      attention = MultiHeadAttention(
        width, heads: heads, mask: .causal, bias: false, in: parameters.scope("attention"))
      up = Linear(width, inner, bias: false, in: parameters.scope("up"))
      gate = Linear(
        width, inner, bias: false, activation: .silu, in: parameters.scope("gate"))
      down = Linear(inner, width, bias: false, in: parameters.scope("down"))
      norms = (
        RMSNorm(width, in: parameters.scope("norm.attention")),
        RMSNorm(width, in: parameters.scope("norm.gated"))
      )
    }

    func callAsFunction(_ x: Tensor) -> Tensor {
      let x = x + attention(norms.attention(x))
      let y = norms.gated(x)
      return x + down(gate(y) * up(y))
    }
  }
}

extension Indices {
  /// A matrix of indices with one more column, `[B, 1]`, at its end.
  fileprivate func appendingColumn(_ column: Indices) -> Indices {
    let width = shape[1]
    let rows = (0..<shape[0]).flatMap { row in
      values[row * width..<(row + 1) * width] + [column.values[row]]
    }
    return Indices(rows, shape: [shape[0], width + 1])
  }
}

package import NN
package import Tensors

/// A transformer over tokens, built as LLaMA is: normalisation by root mean square before each part of
/// a block, rotary positions, a gated layer, no biases.
///
///     x ← x + attention(norm(x))
///     x ← x + (silu(norm(x) gate) * (norm(x) up)) down
///
/// - Shape: tokens are `[B, T]`, the logits of what comes next are `[B, T, V]`.
/// - Source: Touvron et al., "LLaMA: Open and efficient foundation language models", 2023,
///   arXiv:2302.13971; Vaswani et al., "Attention is all you need", 2017, arXiv:1706.03762.
package struct LanguageModel {
  package let configuration: Configuration
  private let tokens: Embedding
  private let blocks: [Block]
  private let norm: RMSNorm
  /// The map to logits; without one the embedding serves, transposed.
  private let head: Linear?

  package init(_ configuration: Configuration, in parameters: Parameters) {
    self.configuration = configuration
    let (vocabulary, width) = (configuration.vocabulary, configuration.width)
    tokens = Embedding(
      vocabulary, width, initializer: .normal(standardDeviation: configuration.embeddingDeviation),
      in: parameters.scope("tokens"))
    blocks = (0..<configuration.layers).map {
      Block(configuration, in: parameters.scope("block", $0))
    }
    norm = RMSNorm(width, in: parameters.scope("norm"))
    head =
      configuration.tiesEmbeddings
      ? nil : Linear(width, vocabulary, bias: false, in: parameters.scope("head"))
  }

  /// The logits after each token, under the model's mask.
  package func callAsFunction(_ x: Indices) -> Tensor { self(x, mask: configuration.mask) }

  /// The logits after each token, under another mask.
  package func callAsFunction(_ x: Indices, mask: AttentionMask) -> Tensor {
    logits(blocks.reduce(tokens(x)) { y, block in block(y, mask) })  // [B, T, V]
  }

  /// The logits after tokens that follow those in the cache, which takes them in.
  package func callAsFunction(_ x: Indices, cache: inout Cache) -> Tensor {
    self(x, mask: configuration.mask, cache: &cache)
  }

  /// The same under another mask.
  ///
  /// What the cache keeps of the tokens has no gradient worth having: call it in `noGrad`.
  package func callAsFunction(
    _ x: Indices, mask: AttentionMask, cache: inout Cache
  ) -> Tensor {
    var y = tokens(x)  // [B, T, C]
    for (index, block) in blocks.enumerated() { y = block(y, mask, cache: &cache.layers[index]) }
    return logits(y)  // [B, T, V]
  }

  private func logits(_ x: Tensor) -> Tensor {
    let y = norm(x)
    return head?(y) ?? matmul(y, tokens.weight, transposingRight: true)
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
}

extension LanguageModel {
  /// The keys and values of all layers for the tokens that the model has read.
  package struct Cache {
    fileprivate(set) var layers: [KeyValueCache]

    /// How many tokens were read.
    package var length: Int { layers.first?.length ?? 0 }

    /// Forgets all tokens but the first `length`.
    package mutating func keep(first length: Int) {
      for index in layers.indices { layers[index].keep(first: length) }
    }
  }

  package var emptyCache: Cache {
    Cache(layers: blocks.map { _ in KeyValueCache() })
  }

  // region: block
  /// Attention, then a gated layer, each added to what it read.
  private struct Block {
    let attention: MultiHeadAttention
    let gated: SwiGLU
    let norms: (attention: RMSNorm, gated: RMSNorm)

    init(_ configuration: Configuration, in parameters: Parameters) {
      let width = configuration.width
      attention = MultiHeadAttention(
        width, heads: configuration.heads, keyHeads: configuration.keyHeads,
        mask: configuration.mask, rotaryBase: configuration.rotaryBase,
        normalizesQueriesAndKeys: configuration.normalizesQueriesAndKeys, bias: false,
        in: parameters.scope("attention"))
      gated = SwiGLU(width, hidden: configuration.hidden, in: parameters.scope("gated"))
      norms = (
        RMSNorm(width, in: parameters.scope("norm.attention")),
        RMSNorm(width, in: parameters.scope("norm.gated"))
      )
    }

    func callAsFunction(_ x: Tensor, _ mask: AttentionMask) -> Tensor {
      let x = x + attention(norms.attention(x), mask: mask)
      return x + gated(norms.gated(x))
    }

    func callAsFunction(
      _ x: Tensor, _ mask: AttentionMask, cache: inout KeyValueCache
    ) -> Tensor {
      let x = x + attention(norms.attention(x), mask: mask, cache: &cache)
      return x + gated(norms.gated(x))
    }
  }
  // endregion: block
}

import NN
package import Tensors

/// How tokens are drawn from logits.
package struct TokenSampling: Hashable, Sendable {
  /// What logits are divided by; 0 takes the likeliest token.
  package var temperature: Float
  /// How many of the likeliest tokens may be drawn.
  package var topTokens: Int?
  /// The share of probability that those have which may be drawn, likeliest first.
  ///
  /// - Source: Holtzman et al., "The curious case of neural text degeneration", 2020, arXiv:1904.09751.
  package var topShare: Float?

  package init(temperature: Float = 1, topTokens: Int? = nil, topShare: Float? = nil) {
    self.temperature = temperature
    self.topTokens = topTokens
    self.topShare = topShare
  }

  // region: draw
  /// Draws a token for each row.
  ///
  /// The token wins whose logit plus a Gumbel number is largest; that happens with the probability
  /// that the softmax gives it.
  ///
  /// - Shape: `logits` is `[..., V]`, the result is `[...]`.
  package func draw(_ logits: Tensor, _ random: inout RandomSource) -> Indices {
    guard temperature > 0 else { return logits.argmax() }
    let uniform = random.uniform(logits.shape, in: 1e-6...(1 - 1e-6))
    return (admitted(logits / temperature) - log(-log(uniform))).argmax()
  }
  // endregion: draw

  /// The logits, with next to nothing for tokens that may not be drawn.
  private func admitted(_ logits: Tensor) -> Tensor {
    guard topTokens != nil || topShare != nil else { return logits }
    let width = logits.shape[-1]
    let sorted = logits.top(min(topTokens ?? width, width)).values  // [..., k]
    let shares = exp(sorted - logits.logSumExp(axis: -1, keepsAxis: true))
    let isKept = isLess(shares.cumulativeSum() - shares, Tensor(topShare ?? .infinity))
    let least = -select(isKept, -sorted, Tensor.full(sorted.shape, -.infinity))
      .max(axis: -1, keepsAxis: true)  // [..., 1]
    return select(isLess(logits, least), Tensor.full(logits.shape, -1e9), logits)
  }
}

extension LanguageModel {
  // region: generate
  /// Writes on after each prompt, token by token, until the sequences have `length` tokens.
  ///
  /// Only the prompt and then each new token pass through the model; what came before is in the cache.
  ///
  /// - Shape: `prompts` is `[B, P]`, the result is `[B, length]`.
  package func continuations(
    of prompts: Indices, length: Int, sampling: TokenSampling = TokenSampling(),
    _ random: inout RandomSource
  ) throws -> Indices {
    var rows = prompts
    var cache = emptyCache
    var unread = prompts
    while rows.shape[1] < length {
      try Task.checkCancellation()
      let last = unread.shape[1] - 1
      let logits = noGrad {
        self(unread, cache: &cache).slice(axis: 1, last..<(last + 1))  // [B, 1, V]
      }
      unread = sampling.draw(logits, &random)  // [B, 1]
      rows = rows.appendingColumn(unread)
    }
    return rows
  }
  // endregion: generate
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

import Foundation
import NN
package import Tensors

/// Held-out texts as two models of language find them, in pieces that a bootstrap can draw again.
///
/// Both say every token but the first of each text. The transformer reads windows of its own length,
/// half of each new, so that all but the first tokens have at least half a window before them; the
/// n-gram has the whole text before each token.
package struct HeldOutTexts: Sendable {
  private let texts: [[Int32]]
  private let context: Int
  /// The places of each text that are scored together.
  private let pieces: [Piece]

  private struct Piece {
    let text: Int
    /// What the transformer reads.
    let window: Range<Int>
    /// The tokens to be said.
    let targets: Range<Int>
    let bytes: Int
  }

  /// Texts in tokens, for a transformer that reads `context` of them at once.
  package init(_ texts: [[Int32]], context: Int, tokenizer: BytePairTokenizer) {
    self.texts = texts
    self.context = context
    pieces = texts.indices.flatMap { text in
      Self.windows(of: texts[text].count, context: context).map { window, targets in
        Piece(
          text: text, window: window, targets: targets,
          bytes: tokenizer.decode(texts[text][targets]).count)
      }
    }
  }

  package var tokenCount: Int { pieces.reduce(0) { $0 + $1.targets.count } }
  package var byteCount: Int { pieces.reduce(0) { $0 + $1.bytes } }
  package var pieceCount: Int { pieces.count }

  /// Windows of a text, and the places that each has to say: half a window, the first a whole one.
  private static func windows(
    of count: Int, context: Int
  ) -> [(window: Range<Int>, targets: Range<Int>)] {
    var windows: [(Range<Int>, Range<Int>)] = []
    var said = 1
    while said < count {
      let end = min(said == 1 ? 1 + context : said + max(context / 2, 1), count)
      windows.append((max(0, end - 1 - context)..<(end - 1), said..<end))
      said = end
    }
    return windows
  }

  // region: score
  /// The loss of a transformer on each piece, in nats.
  package func losses(of model: LanguageModel) -> [Double] {
    pieces.map { piece in
      let read = Indices(Array(texts[piece.text][piece.window]), shape: [1, piece.window.count])
      let said = texts[piece.text][piece.targets]
      let logits = noGrad {
        model(read).slice(axis: 1, (read.count - said.count)..<read.count)  // [1, T, V]
      }
      let targets = Indices(Array(said), shape: [1, said.count])
      return -Double(noGrad { pick(logSoftmax(logits), targets).sum().item })
    }
  }
  // endregion: score

  /// The loss of an n-gram model on each piece, in nats.
  package func losses(of model: NGram) -> [Double] {
    let losses = texts.map { [0] + model.losses(of: $0) }
    return pieces.map { losses[$0.text][$0.targets].reduce(0, +) }
  }

  /// The perplexity of a token.
  package func perplexity(_ losses: [Double]) -> Double {
    exp(losses.reduce(0, +) / Double(tokenCount))
  }

  /// Bits for each byte of text, which does not depend on the tokenizer.
  package func bitsPerByte(_ losses: [Double]) -> Double {
    losses.reduce(0, +) / log(2) / Double(byteCount)
  }

  // region: interval
  /// How many bits for each byte `first` needs more than `second`, with the interval of the bootstrap
  /// over pieces: both are drawn together, since a hard piece is hard for both.
  package func difference(
    _ first: [Double], _ second: [Double], _ random: RandomSource
  ) -> (mean: Double, interval: ClosedRange<Double>) {
    var random = random
    let bootstrap = Bootstrap(replicates: 1_000)
    let weights = bootstrap.weights(pieces.count, &random)  // [pieces, replicates]
    func resampled(_ values: [Double]) -> [Float] {
      matmul(Tensor(values.map { Float($0) }, shape: [1, values.count]), weights).scalars
    }
    let gains = resampled(zip(first, second).map { $0 - $1 })
    let bytes = resampled(pieces.map { Double($0.bytes) })
    let differences = zip(gains, bytes).map { Double($0 / $1) / log(2) }
    return (bitsPerByte(first) - bitsPerByte(second), bootstrap.interval(of: differences))
  }
  // endregion: interval
}

import DemoKit
import Foundation
import Tensors

/// The corpus in tokens of its own tokenizer, which has seen the training part alone.
struct TokenizedCorpus {
  let training: TokenStream
  let heldOut: HeldOutTexts
  let context: Int
  /// The first tokens of the longest held-out text, for a model to go on from.
  let prompt: Indices
  private let corpus: Corpus
  private let tokenizer: BytePairTokenizer
  fileprivate let sequences: [[Int32]]

  var vocabulary: Int { tokenizer.vocabulary }

  init(kilobytes: Int, vocabulary: Int, context: Int) throws {
    self.context = context
    corpus = try Corpus.shipped(
      first: LLaMA.firstPosts, without: [LLaMA.id.string], limit: 1_000 * kilobytes)
    let tokenizer = BytePairTokenizer(
      training: corpus.training.flatMap { $0 }, vocabulary: vocabulary)
    self.tokenizer = tokenizer
    sequences = corpus.training.map { tokenizer.encode($0) }
    training = TokenStream(sequences.flatMap { $0 })
    let texts = corpus.heldOut.map { tokenizer.encode($0) }
    heldOut = HeldOutTexts(texts, context: context, tokenizer: tokenizer)
    let longest = texts.max { $0.count < $1.count } ?? []
    let first = Array(longest.prefix(context / 8))
    prompt = Indices(first, shape: [1, first.count])
  }

  // MARK: Tables

  var tables: [Table] { [sizes, longestMerges] }

  private var sizes: Table {
    func row(_ name: String, texts: Int, bytes: Int, tokens: Int) -> [String] {
      [name, "\(texts)", "\(bytes)", "\(tokens)", (Double(bytes) / Double(tokens)).fixed(2)]
    }
    return Table(
      title: "语料与分词（词表 \(vocabulary)）", header: ["", "段", "字节", "词元", "字节/词元"],
      rows: [
        row(
          "训练", texts: corpus.training.count, bytes: corpus.trainingBytes,
          tokens: training.tokens.count),
        row(
          "留出", texts: corpus.heldOut.count, bytes: corpus.heldOutBytes,
          tokens: heldOut.tokenCount + corpus.heldOut.count),
      ])
  }

  /// The longest tokens, in bytes, and when they were learned.
  private var longestMerges: Table {
    let tokens = (BytePairTokenizer.byteCount..<vocabulary).map { token in
      (token: token, length: tokenizer.decode([Int32(token)]).count)
    }
    let longest = tokens.sorted { ($1.length, $0.token) < ($0.length, $1.token) }.prefix(12)
    return Table(
      title: "最长的词元", header: ["字节", "第几次合并", "词元"],
      rows: longest.map { entry in
        [
          "\(entry.length)", "\(entry.token - BytePairTokenizer.byteCount + 1)",
          Self.visible(tokenizer.text([Int32(entry.token)])),
        ]
      })
  }

  /// What was written so far, in rows of a width that a terminal shows.
  func table(of tokens: [Int32]) -> Table {
    let start = tokenizer.text(prompt.values).count
    let text = Array(tokenizer.text(tokens))
    let rows = stride(from: 0, to: text.count, by: 30).map { place in
      Self.visible(String(text[place..<min(place + 30, text.count)]))
    }
    return Table(
      title: "模型接着留出的开头往下写（前 \(start) 个字是提示）", header: ["\(tokens.count) 个词元"],
      rows: rows.map { [$0] })
  }

  private static func visible(_ text: String) -> String {
    text.replacing("\n", with: "⏎").replacing(" ", with: "␣")
  }

  // MARK: Claims

  /// Whether texts come back from their tokens: all of the corpus, and noise.
  func claim(_ random: RandomSource) -> Claim {
    var random = random
    let noise = random.integers([4_096], below: 256).values.map { UInt8($0) }
    let texts = corpus.training + corpus.heldOut + [noise]
    let same = texts.count { tokenizer.decode(tokenizer.encode($0)) == $0 }
    return Claim(
      "解码还原编码前的每一个字节（语料与随机字节，共 \(texts.count) 段）", expected: "\(texts.count) 段",
      measured: "\(same) 段", holds: same == texts.count)
  }
}

/// What n-gram models of each order make of the held-out texts.
struct NGramScores {
  private let chosen: Int
  private let heldOut: HeldOutTexts
  /// From order 1 up.
  private let losses: [[Double]]

  init(_ text: TokenizedCorpus, chosen: Int) throws {
    self.chosen = chosen
    heldOut = text.heldOut
    losses = try (1...LLaMA.largestOrder).map { order in
      try Task.checkCancellation()
      return text.heldOut.losses(
        of: NGram(order: order, vocabulary: text.vocabulary, sequences: text.sequences))
    }
  }

  func table(beside transformer: [Double]) -> Table {
    func row(_ name: String, _ losses: [Double]) -> [String] {
      [name, heldOut.perplexity(losses).fixed(1), heldOut.bitsPerByte(losses).fixed(3)]
    }
    return Table(
      title: "留出文本（\(heldOut.tokenCount) 个词元，\(heldOut.byteCount) 字节）",
      header: ["模型", "困惑度/词元", "比特/字节"],
      rows: losses.enumerated().map { row("\($0 + 1) 元 Kneser–Ney", $1) }
        + [row("Transformer", transformer)])
  }

  func claim(about transformer: [Double], _ random: RandomSource) -> Claim {
    let gram = losses[chosen - 1]
    let (mean, interval) = heldOut.difference(transformer, gram, random)
    let perplexities = [transformer, gram].map { heldOut.perplexity($0).fixed(1) }
    return Claim(
      "Transformer 的留出困惑度低于 \(chosen) 元 Kneser–Ney（比特/字节之差，\(heldOut.pieceCount) 段自助法的 95% 区间）",
      expected: "区间上端 < 0",
      measured: "\(perplexities[0]) 对 \(perplexities[1])，差 \(mean.fixed(3)) "
        + "[\(interval.lowerBound.fixed(3)), \(interval.upperBound.fixed(3))]",
      holds: interval.upperBound < 0)
  }
}

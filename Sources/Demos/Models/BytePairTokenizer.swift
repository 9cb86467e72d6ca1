/// A tokenizer that learns from text which bytes often stand together.
///
/// The first 256 tokens are the bytes. Training takes the pair of neighbours that occurs most often,
/// makes it a token of its own, and begins again. Encoding repeats these merges in the order in which
/// they were learned, within the pieces of `TextPieces`. Since every byte is a token, every text has
/// tokens, and decoding gives back what was encoded, whatever it was.
///
/// - Source: Sennrich, Haddow, Birch, "Neural machine translation of rare words with subword units",
///   2016, arXiv:1508.07909; on bytes as in Radford et al., "Language models are unsupervised
///   multitask learners", 2019.
package struct BytePairTokenizer: Hashable, Sendable {
  /// The two tokens that token `256 + i` consists of, in the order in which they were learned.
  package let merges: [TokenPair]
  /// The bytes of each token.
  private let pieces: [[UInt8]]
  private let merged: [TokenPair: Int32]

  package static let byteCount = 256

  /// Learns merges from a text until there are `vocabulary` tokens, or no pair occurs twice.
  package init(training text: [UInt8], vocabulary: Int) {
    precondition(
      vocabulary >= Self.byteCount, "tokenizer: a vocabulary of \(vocabulary) has no room for bytes"
    )
    var training = MergeTraining(text)
    var merges: [TokenPair] = []
    while Self.byteCount + merges.count < vocabulary,
      let pair = training.mergeMostFrequent(as: Int32(Self.byteCount + merges.count))
    {
      merges.append(pair)
    }
    self.init(merges: merges)
  }

  /// The tokenizer that has learned these merges.
  package init(merges: [TokenPair]) {
    self.merges = merges
    var pieces = (0..<Self.byteCount).map { [UInt8($0)] }
    var merged: [TokenPair: Int32] = [:]
    for pair in merges {
      merged[pair] = Int32(pieces.count)
      pieces.append(pieces[Int(pair.left)] + pieces[Int(pair.right)])
    }
    self.pieces = pieces
    self.merged = merged
  }

  package var vocabulary: Int { pieces.count }

  /// The tokens of a text.
  package func encode(_ text: some Sequence<UInt8>) -> [Int32] {
    let bytes = Array(text)
    return TextPieces(bytes).flatMap { encoded(bytes[$0].map(Int32.init)) }
  }

  /// The bytes that tokens stand for.
  package func decode(_ tokens: some Sequence<Int32>) -> [UInt8] {
    tokens.flatMap { pieces[Int($0)] }
  }

  /// What tokens say, with a mark for bytes that are no character.
  package func text(_ tokens: some Sequence<Int32>) -> String {
    String(decoding: decode(tokens), as: UTF8.self)
  }

  // region: encode
  /// Merges neighbours, those first that were learned first, until no pair is known.
  private func encoded(_ piece: [Int32]) -> [Int32] {
    var tokens = piece
    while let (pair, token) = earliestMerge(in: tokens) { tokens.merge(pair, into: token) }
    return tokens
  }

  private func earliestMerge(in tokens: [Int32]) -> (TokenPair, Int32)? {
    var earliest: (TokenPair, Int32)?
    for pair in tokens.neighbours {
      guard let token = merged[pair], token < earliest?.1 ?? .max else { continue }
      earliest = (pair, token)
    }
    return earliest
  }
  // endregion: encode
}

/// Two tokens side by side.
package struct TokenPair: Hashable, Sendable {
  package let left: Int32
  package let right: Int32

  package init(_ left: Int32, _ right: Int32) {
    self.left = left
    self.right = right
  }
}

/// How often each pair of neighbours occurs in the pieces of a text, kept up to date from merge to
/// merge.
///
/// Equal pieces are counted and merged once. A merge changes only the pieces that hold its pair, and
/// only their pairs are counted again.
private struct MergeTraining {
  private var pieces: [[Int32]] = []
  private var occurrences: [Int] = []
  /// Pairs are numbered as they are first seen, so that ties go to the older pair.
  private var numbers: [TokenPair: Int] = [:]
  private var pairs: [TokenPair] = []
  private var frequencies: [Int] = []
  /// The pieces that a pair was ever seen in.
  private var places: [[Int]] = []

  init(_ text: [UInt8]) {
    var known: [ArraySlice<UInt8>: Int] = [:]
    for range in TextPieces(text) where range.count > 1 {
      if let piece = known[text[range]] {
        occurrences[piece] += 1
      } else {
        known[text[range]] = pieces.count
        pieces.append(text[range].map(Int32.init))
        occurrences.append(1)
      }
    }
    for piece in pieces.indices { count(piece, from: []) }
  }

  // region: merge
  /// Merges the pair that occurs most often into a new token; `nil` when none occurs twice.
  mutating func mergeMostFrequent(as token: Int32) -> TokenPair? {
    guard let best = frequencies.indices.max(by: { frequencies[$0] < frequencies[$1] }),
      frequencies[best] > 1
    else { return nil }
    for piece in places[best] {
      let before = pieces[piece]
      guard pieces[piece].merge(pairs[best], into: token) else { continue }
      count(piece, from: before)
    }
    return pairs[best]
  }
  // endregion: merge

  /// Counts the pairs of a piece in place of those it had before.
  private mutating func count(_ piece: Int, from before: [Int32]) {
    for pair in before.neighbours {
      if let number = numbers[pair] { frequencies[number] -= occurrences[piece] }
    }
    for pair in pieces[piece].neighbours {
      let number = number(of: pair)
      frequencies[number] += occurrences[piece]
      if places[number].last != piece { places[number].append(piece) }
    }
  }

  private mutating func number(of pair: TokenPair) -> Int {
    if let number = numbers[pair] { return number }
    numbers[pair] = pairs.count
    pairs.append(pair)
    frequencies.append(0)
    places.append([])
    return pairs.count - 1
  }
}

extension [Int32] {
  /// All pairs of neighbours, from the left.
  fileprivate var neighbours: some Sequence<TokenPair> {
    zip(self, dropFirst()).lazy.map { TokenPair($0, $1) }
  }

  /// Puts a token in place of each occurrence of a pair, from the left; tells whether there was one.
  @discardableResult
  fileprivate mutating func merge(_ pair: TokenPair, into token: Int32) -> Bool {
    var (source, target) = (0, 0)
    while source < count {
      let isPair = source + 1 < count && self[source] == pair.left && self[source + 1] == pair.right
      self[target] = isPair ? token : self[source]
      source += isPair ? 2 : 1
      target += 1
    }
    defer { removeLast(source - target) }
    return source > target
  }
}

import Demos
import TestSupport
import Testing

struct BytePairTokenizerTests {
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func `the most frequent pair is merged first`() {
    // "ab" stands there four times, then "ab" and "c" three times; no other pair occurs twice.
    let tokenizer = BytePairTokenizer(training: bytes("abc\nabc\nabc\nab"), vocabulary: 300)
    #expect(tokenizer.merges == [TokenPair(97, 98), TokenPair(256, 99)])
    #expect(tokenizer.encode(bytes("abcab")) == [257, 256])
    #expect(tokenizer.vocabulary == 258)
  }

  @Test func `equal pairs are merged in the order of their first appearance`() {
    let tokenizer = BytePairTokenizer(training: bytes("xy\nab\nab\nxy"), vocabulary: 300)
    #expect(tokenizer.merges == [TokenPair(120, 121), TokenPair(97, 98)])
  }

  @Test func `a run of one byte is merged from the left`() {
    let tokenizer = BytePairTokenizer(merges: [TokenPair(97, 97)])
    #expect(tokenizer.encode(bytes("aaaaa")) == [256, 256, 97])
  }

  @Test func `the vocabulary stops where it is told to`() {
    let tokenizer = BytePairTokenizer(training: bytes("abc\nabc\nabc\nab"), vocabulary: 257)
    #expect(tokenizer.vocabulary == 257)
    #expect(BytePairTokenizer(training: [], vocabulary: 256).encode([0, 255]) == [0, 255])
  }

  @Test(arguments: 1...5)
  func `decoding gives back any bytes`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let text = try Corpus.shipped().training[0]
    let tokenizer = BytePairTokenizer(training: text, vocabulary: 600)
    for length in [0, 1, 2, 3, 7, 100, 1_000] {
      let noise = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      #expect(tokenizer.decode(tokenizer.encode(noise)) == noise, "seed \(seed)")
    }
    let tokens = tokenizer.encode(text)
    #expect(tokenizer.decode(tokens) == text)
    #expect(Double(text.count) / Double(tokens.count) > 1.5)
  }

  @Test func `training counts as a slow count of all pairs does`() throws {
    let text = try Array(Corpus.shipped().training[0].prefix(4_000))
    let tokenizer = BytePairTokenizer(training: text, vocabulary: 320)
    var pieces = TextPieces(text).map { text[$0].map(Int32.init) }
    for (index, pair) in tokenizer.merges.enumerated() {
      let frequencies = pieces.reduce(into: [TokenPair: Int]()) { counts, piece in
        for (left, right) in zip(piece, piece.dropFirst()) {
          counts[TokenPair(left, right), default: 0] += 1
        }
      }
      #expect(frequencies[pair] == frequencies.values.max())
      pieces = pieces.map { merging($0, pair, into: Int32(256 + index)) }
    }
    #expect(tokenizer.encode(text) == pieces.flatMap { $0 })
  }

  private func merging(_ piece: [Int32], _ pair: TokenPair, into token: Int32) -> [Int32] {
    var merged: [Int32] = []
    var rest = piece[...]
    while let first = rest.popFirst() {
      if first == pair.left, rest.first == pair.right {
        rest.removeFirst()
        merged.append(token)
      } else {
        merged.append(first)
      }
    }
    return merged
  }
}

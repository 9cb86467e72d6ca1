import Foundation
import Posts

/// S6: queries that nobody types, none of which may be an error or take long.
struct HostileRows {
  private let bench: SearchWorkbench
  private let count: Int

  init(_ bench: SearchWorkbench, count: Int) {
    self.bench = bench
    self.count = count
  }

  func rows() throws -> [SearchRow] {
    let library = try bench.originals().open()
    var generator = HostileQueries(seed: bench.seed + 6)
    var errors = 0
    var slow = 0
    var slowest = 0.0
    for _ in 0..<count {
      let query = generator.next()
      do {
        let seconds = try timed { _ = try library.search(SearchQuery(query)) }.seconds
        slowest = max(slowest, seconds)
        if seconds > 0.25 {
          slow += 1
          write("     slow: \(query.debugDescription)")
        }
      } catch {
        errors += 1
        write("     error: \(query.debugDescription): \(error)")
      }
    }
    return [
      SearchRow(
        "S6", "\(count) hostile queries: errors, over 250 ms", must: "0, 0",
        measured: "\(errors), \(slow) (slowest \(slowest.milliseconds) ms)",
        holds: errors == 0 && slow == 0)
    ]
  }
}

/// Texts made of operators, signs, words and random scalars.
struct HostileQueries {
  private var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  mutating func next() -> String {
    if Int.random(in: 0..<4, using: &generator) == 0 { return scalars() }
    return (0..<Int.random(in: 1...8, using: &generator)).map { _ in
      Self.pieces.randomElement(using: &generator) ?? ""
    }.joined()
  }

  private mutating func scalars() -> String {
    var text = ""
    for _ in 0..<Int.random(in: 1...20, using: &generator) {
      let value = UInt32.random(in: 0...0x10ffff, using: &generator)
      let bound: UInt32 = [128, 0x3000, 0xa000, 0x110000].randomElement(using: &generator) ?? 128
      if let scalar = Unicode.Scalar(value % bound) { text.unicodeScalars.append(scalar) }
    }
    return text
  }

  private static let pieces = [
    "\"", "“", "”", "'", "(", ")", "{", "}", "*", "^", ":", "-", "+", "AND", " OR ", "NOT ",
    "NEAR(", ",", "/", "\\", "title:", "tag:", "-tag:", "lang:", "body :", "rank", "a", "th", "ab",
    "的", "梯度",
    "模型", "ε", "_θ", " ", " ", "\t", "\n", "\0", "\u{202e}", "😀", "e\u{301}", "　", "：", "％",
    "C++", "C#", ";", "--", "/*", "DROP TABLE post", "x'00'", "?1", "@a", "$a", "\u{fffd}", "->",
    "==",
    "kuosan", "zhuyili", "gradeint", "the", "model ", "__", "x_", "1", "10",
  ]
}

import Foundation

/// A query of one of the eleven kinds that readers of a Chinese machine-learning blog type.
struct Question {
  let kind: Kind
  /// As it is typed; the blank behind a whole word belongs to it.
  let text: String

  enum Kind: String, CaseIterable {
    case character, word, longWord = "long word", run, english, prefix, identifier, tex, symbol
    case mixture, several
  }

  /// The same number of each kind, cut from random places of random documents.
  static func generate(_ count: Int, from corpus: Corpus, seed: UInt64) -> [Question] {
    var generator = SplitMix64(seed: seed)
    let perKind = (count + Kind.allCases.count - 1) / Kind.allCases.count
    return Kind.allCases.flatMap { kind in
      var found: [Question] = []
      var tries = 0
      while found.count < perKind, tries < 200 * perKind {
        tries += 1
        guard let document = corpus.documents.randomElement(using: &generator),
          let text = cut(kind, from: document.body, &generator),
          !found.contains(where: { $0.text == text })
        else { continue }
        found.append(Question(kind: kind, text: text))
      }
      return found
    }
  }

  /// A piece of the kind out of a window of the text; nil if the window has none.
  private static func cut(
    _ kind: Kind, from body: String, _ generator: inout SplitMix64
  ) -> String? {
    switch kind {
    case .character: ideographs(1...1, body, &generator)
    case .word: ideographs(2...2, body, &generator)
    case .longWord: ideographs(3...4, body, &generator)
    case .run: ideographs(6...12, body, &generator)
    case .english: match(of: Pattern.word, in: body, &generator).map { $0 + " " }
    case .prefix:
      match(of: Pattern.word, in: body, &generator).map {
        String($0.prefix(Int.random(in: 3...5, using: &generator)))
      }
    case .identifier: match(of: Pattern.identifier, in: body, &generator)
    case .tex: match(of: Pattern.tex, in: body, &generator)
    case .symbol: match(of: Pattern.symbol, in: body, &generator)
    case .mixture:
      match(of: Pattern.mixture, in: body, &generator)?.replacing(" ", with: "")
    case .several: several(body, &generator)
    }
  }

  private enum Pattern {
    static let word = "(?<![A-Za-z0-9_\\\\])[A-Za-z][a-z]{4,14}(?![A-Za-z0-9_])"
    static let identifier =
      "(?<![A-Za-z0-9_.@])"
      + "(?:[A-Za-z]{2,}(?:[._][A-Za-z0-9]+)+|@[a-z_]{4,}|[A-Z][a-z]+[A-Z][A-Za-z0-9]+)"
      + "(?![A-Za-z0-9_.])"
    static let tex =
      "\\\\[a-z]{2,}\\{?\\\\?[A-Za-z]+\\}?_\\{?[A-Za-z0-9]\\}?(?![A-Za-z0-9])"
      + "|\\\\[a-z]{3,}_[a-z](?![A-Za-z0-9])"
    static let symbol =
      "(?<![^\\sA-Za-z0-9])(?:->|=>|==|!=|<=|>=|\\+=|//|\\*\\*|&&|::|[→≤≥∑∈≈×∞∂⊙])"
      + "(?![^\\sA-Za-z0-9])"
    static let mixture = "[A-Z]{2,6} ?[\\u4e00-\\u9fff]{2,3}"
  }

  /// A window to look for a pattern in.
  private static func window(_ body: String, _ generator: inout SplitMix64) -> String {
    let utf8 = Array(body.utf8)
    let start = Int.random(in: 0...max(0, utf8.count - 2000), using: &generator)
    // What the cut breaks becomes U+FFFD, which no pattern accepts.
    return String(decoding: utf8[start..<min(utf8.count, start + 2000)], as: UTF8.self)
  }

  private static func match(
    of pattern: String, in body: String, _ generator: inout SplitMix64
  ) -> String? {
    guard let expression = try? NSRegularExpression(pattern: pattern) else { return nil }
    let text = window(body, &generator)
    let all = expression.matches(in: text, range: NSRange(text.startIndex..., in: text))
      .compactMap { Range($0.range, in: text) }
      // The ends of a window may have cut a word.
      .filter { $0.lowerBound > text.startIndex && $0.upperBound < text.endIndex }
    return all.randomElement(using: &generator).map { String(text[$0]) }
  }

  private static func ideographs(
    _ counts: ClosedRange<Int>, _ body: String, _ generator: inout SplitMix64
  ) -> String? {
    let count = Int.random(in: counts, using: &generator)
    let runs = Ideographs.runs(in: window(body, &generator)).filter { $0.count >= count }
    guard let run = runs.randomElement(using: &generator) else { return nil }
    let start = Int.random(in: 0...run.count - count, using: &generator)
    return String(run.dropFirst(start).prefix(count))
  }

  private static func several(_ body: String, _ generator: inout SplitMix64) -> String? {
    guard let first = cut(.word, from: body, &generator),
      let second = cut(Bool.random(using: &generator) ? .word : .english, from: body, &generator),
      first != second
    else { return nil }
    return [second, first].joined(separator: second.hasSuffix(" ") ? "" : " ")
  }
}

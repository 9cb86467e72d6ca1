/// Finds a query's words in a text by the same tokens that the index has.
struct QueryMatcher {
  private let terms: [SearchQuery.Term]
  /// Every token asked for, each once; a term's words are numbers of this list.
  private var wanted: [Wanted] = []
  private var numbers: [[Int]] = []

  /// The number of terms.
  var count: Int { terms.count }

  /// Numbers of the terms that the text must confirm.
  var termsWithSigns: [Int] { terms.indices.filter { terms[$0].needsText } }

  private struct Wanted: Equatable {
    var bytes: [UInt8]
    var isPrefix: Bool

    func accepts(_ token: UnsafeBufferPointer<UInt8>) -> Bool {
      guard isPrefix ? token.count >= bytes.count : token.count == bytes.count else { return false }
      for i in bytes.indices.reversed() where token[i] != bytes[i] { return false }
      return true
    }
  }

  /// A term found in a text.
  struct Occurrence: Equatable {
    var term: Int
    /// Bytes of the text.
    var range: Range<Int>
  }

  private struct Hit {
    var position: Int
    var range: Range<Int>
  }

  init(_ query: SearchQuery) {
    terms = query.terms.filter(\.isSought)
    for term in terms {
      numbers.append(
        term.words.indices.map { k in
          let isPrefix = term.isPrefix && k + 1 == term.words.count
          return number(of: Wanted(bytes: Array(term.words[k].token.utf8), isPrefix: isPrefix))
        })
    }
  }

  private mutating func number(of token: Wanted) -> Int {
    if let known = wanted.firstIndex(of: token) { return known }
    wanted.append(token)
    return wanted.count - 1
  }

  /// Ranges of bytes where any term is, in order and merged where they overlap or touch.
  func matches(in text: String) -> [Range<Int>] {
    Self.merged(occurrences(in: text).map(\.range))
  }

  /// Ranges in order, those that overlap or touch made one.
  static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var merged: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }

  /// Every place of every term.
  ///
  /// Words with signs count where the signs stand too, or everywhere if they stand nowhere and
  /// that is not `exactly` what is asked.
  func occurrences(in text: String, exactly: Bool = false) -> [Occurrence] {
    var text = text
    return text.withUTF8 { utf8 in
      let hits = wanted.isEmpty ? [] : hits(in: utf8)
      return terms.indices.flatMap { term in
        if terms[term].words.isEmpty { return literals(term, in: utf8) }
        let found = phrases(term, hits)
        guard terms[term].needsText else {
          return found.map { Occurrence(term: term, range: $0.range) }
        }
        let exact = found.filter { hasSigns($0, of: terms[term], in: utf8) }
        return (exact.isEmpty && !exactly ? found : exact).map {
          Occurrence(term: term, range: withSigns($0.range, of: terms[term], in: utf8))
        }
      }
    }
  }

  /// Where the terms stand as they were typed, in order; nil if one of them does not.
  func roughly(in text: String) -> [Occurrence]? {
    var text = text
    return text.withUTF8 { utf8 in
      var found: [Occurrence] = []
      for (number, term) in terms.enumerated() {
        let offsets = ByteSearch.offsets(of: term.raw, in: utf8, limit: 64)
        guard !offsets.isEmpty else { return nil }
        found += offsets.map { Occurrence(term: number, range: $0..<$0 + term.raw.count) }
      }
      return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }
  }

  /// Whether the signs of this term stand in the text as they were typed.
  func confirms(_ term: Int, in text: String) -> Bool {
    var text = text
    return text.withUTF8 { utf8 in
      if terms[term].words.isEmpty { return !literals(term, in: utf8).isEmpty }
      return places(of: terms[term], in: utf8).contains { place in
        let part = UnsafeBufferPointer(rebasing: utf8[place])
        return phrases(term, hits(in: part)).contains { hasSigns($0, of: terms[term], in: part) }
      }
    }
  }

  /// Whether this term stands in the text to the letter; only names are asked for so.
  func isLiteral(_ term: Int, in text: String) -> Bool {
    guard terms[term].isIdentifier else { return true }
    return ByteSearch.contains(terms[term].raw, in: text)
  }

  /// The stretches of the text that may hold a term: those around the longest of its words.
  ///
  /// All of the text where that word stands nowhere as it is spelt, or is spelt in several ways.
  private func places(
    of term: SearchQuery.Term, in utf8: UnsafeBufferPointer<UInt8>
  ) -> [Range<Int>] {
    let anchors = term.tokens.filter { !Folding.isGreekName($0) }
    guard let anchor = anchors.max(by: { $0.utf8.count < $1.utf8.count }) else {
      return [0..<utf8.count]
    }
    let offsets = ByteSearch.offsets(of: Array(anchor.utf8), in: utf8, limit: .max)
    guard !offsets.isEmpty else { return [0..<utf8.count] }
    let reach = 2 * term.raw.count + 64
    return QueryMatcher.merged(
      offsets.map { max(0, $0 - reach)..<min(utf8.count, $0 + reach) })
  }

  /// A phrase found: its whole range and that of each word.
  private struct Phrase {
    var words: [Range<Int>]
    var range: Range<Int> {
      (words.first?.lowerBound ?? 0)..<(words.map(\.upperBound).max() ?? 0)
    }
  }

  private func hits(in utf8: UnsafeBufferPointer<UInt8>) -> [[Hit]] {
    var hits = [[Hit]](repeating: [], count: wanted.count)
    var position = -1
    Tokenizer.scan(utf8) { token, range, isColocated in
      if !isColocated { position += 1 }
      for k in wanted.indices where wanted[k].accepts(token) {
        // A camel-case word and its first part begin alike; one hit per position is enough.
        if hits[k].last?.position != position {
          hits[k].append(Hit(position: position, range: range))
        }
      }
      return true
    }
    return hits
  }

  private func phrases(_ term: Int, _ hits: [[Hit]]) -> [Phrase] {
    let words = numbers[term]
    guard let first = words.first else { return [] }
    var cursors = [Int](repeating: 0, count: words.count)
    return hits[first].compactMap { hit in
      var ranges = [hit.range]
      for k in words.indices.dropFirst() {
        let list = hits[words[k]]
        while cursors[k] < list.count, list[cursors[k]].position < hit.position + k {
          cursors[k] += 1
        }
        guard cursors[k] < list.count, list[cursors[k]].position == hit.position + k else {
          return nil
        }
        ranges.append(list[cursors[k]].range)
      }
      return Phrase(words: ranges)
    }
  }

  private func hasSigns(
    _ phrase: Phrase, of term: SearchQuery.Term, in utf8: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let range = phrase.range
    guard Signs.mayEnd(utf8[..<range.lowerBound], with: term.signs.first ?? "") else {
      return false
    }
    for k in 1..<max(1, term.words.count) where !term.words[k - 1].isBigram {
      let gap = utf8[
        min(phrase.words[k - 1].upperBound, phrase.words[k].lowerBound)..<phrase.words[k].lowerBound
      ]
      // A line is a paragraph, or one of code: nothing goes on behind it without a sign.
      guard Signs.normalized(gap) == term.signs[k],
        !term.signs[k].isEmpty || !gap.contains(UInt8(ascii: "\n"))
      else { return false }
    }
    let before = Signs.normalized(utf8[max(0, range.lowerBound - 16)..<range.lowerBound])
    let after = Signs.normalized(utf8[range.upperBound..<min(utf8.count, range.upperBound + 16)])
    return before.hasSuffix(term.signs.first ?? "")
      && (term.isPrefix || after.hasPrefix(term.signs.last ?? ""))
  }

  /// The range together with the signs at the term's ends, where they touch it.
  private func withSigns(
    _ range: Range<Int>, of term: SearchQuery.Term, in utf8: UnsafeBufferPointer<UInt8>
  ) -> Range<Int> {
    let before = Array((term.signs.first ?? "").utf8)
    let after = Array((term.signs.last ?? "").utf8)
    let begins = utf8[..<range.lowerBound].suffix(before.count).elementsEqual(before)
    let ends = utf8[range.upperBound...].prefix(after.count).elementsEqual(after)
    return range.lowerBound - (begins ? before.count : 0)..<range.upperBound
      + (ends ? after.count : 0)
  }

  private func literals(_ term: Int, in utf8: UnsafeBufferPointer<UInt8>) -> [Occurrence] {
    let literal = Array(terms[term].literal.utf8)
    guard !literal.isEmpty, utf8.count >= literal.count else { return [] }
    var found: [Occurrence] = []
    var i = 0
    while i + literal.count <= utf8.count {
      if utf8[i] == literal[0], utf8[i..<i + literal.count].elementsEqual(literal) {
        found.append(Occurrence(term: term, range: i..<i + literal.count))
        i += literal.count
      } else {
        i += 1
      }
    }
    return found
  }
}

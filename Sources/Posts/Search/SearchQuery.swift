/// What a person typed to find posts: every text is a query.
///
/// Words are joined by *and*; `"…"` is a phrase, `-word` excludes, `tag:`, `category:`, `title:`
/// and `demo:` restrict. The last word is taken as the beginning of one until a space follows it.
package struct SearchQuery: Hashable, Sendable {
  /// The text as it was typed, up to the longest that is read.
  package let text: String
  /// What must be in the post.
  let terms: [Term]
  /// What must not.
  let exclusions: [Term]

  /// Bytes of a query that are read (2.7 of the caps).
  private static let longest = 1024

  package init(_ text: String) {
    self.text = Self.cut(text)
    var parser = QueryParser(self.text)
    (terms, exclusions) = parser.parse()
  }

  /// Whether it asks for nothing, so that the newest posts are the answer.
  package var isEmpty: Bool { terms.isEmpty && exclusions.isEmpty }

  /// The places of this query's words in a text, in order and without overlaps.
  package func matches(in text: String) -> [Range<String.Index>] {
    var text = text
    text.makeContiguousUTF8()
    return QueryMatcher(terms).matches(in: text).map { range in
      let utf8 = text.utf8
      let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
      return start..<utf8.index(start, offsetBy: range.count)
    }
  }

  private static func cut(_ text: String) -> String {
    guard text.utf8.count > longest else { return text }
    var kept = text.prefix(longest)
    while kept.utf8.count > longest { kept.removeLast() }
    return String(kept)
  }

  /// One word or phrase.
  struct Term: Hashable, Sendable {
    /// The field it is restricted to.
    var field: Field?
    /// Words that follow each other; none where the text has signs only.
    var words: [Word]
    /// Whether the last word may go on.
    var isPrefix: Bool
    /// The signs before, between and after the words, folded; one more than there are words.
    var signs: [String]
    /// The text itself, for a term without words.
    var literal: String

    /// Whether the index cannot confirm it alone.
    var needsText: Bool { words.isEmpty || signs.contains { !$0.isEmpty } }

    /// One position of a phrase.
    struct Word: Hashable, Sendable {
      var token: String
      /// How many positions of the text it covers; a bigram's second ideograph is covered twice.
      var isBigram: Bool
    }
  }

  /// A part of a post that a term may be restricted to.
  enum Field: String, Sendable {
    case title, tag, category, demo

    /// The column of the index.
    var column: String { self == .tag ? "tags" : rawValue }
  }
}

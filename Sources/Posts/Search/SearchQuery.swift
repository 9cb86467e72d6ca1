/// What a person typed to find posts: every text is a query.
///
/// Words are joined by *and*; `"…"` is a phrase, `-word` excludes, `tag:`, `category:`, `title:`,
/// `demo:` and `lang:` restrict. The last word is taken as the beginning of one until a space follows it.
package struct SearchQuery: Hashable, Sendable {
  /// The text as it was typed, up to the longest that is read.
  package let text: String
  /// What must be in the post.
  let terms: [Term]
  /// What must not.
  let exclusions: [Term]
  /// What must be in the post even where one of the terms is enough.
  var restrictions: [Term] = []
  /// Whether one of the terms is enough.
  var needsAny = false

  /// Bytes of a query that are read (2.7 of the caps).
  private static let longest = 1024

  package init(_ text: String) {
    self.text = Self.cut(text)
    var parser = QueryParser(self.text)
    (terms, exclusions) = parser.parse()
  }

  /// Whether it asks for nothing, so that the newest posts are the answer.
  package var isEmpty: Bool { terms.isEmpty && exclusions.isEmpty }

  /// The same words, of which any is enough; runs of ideographs are taken apart.
  var loosened: SearchQuery {
    var terms: [Term] = []
    for term in self.terms where term.isSought {
      for part in term.parts where !terms.contains(part) { terms.append(part) }
    }
    return SearchQuery(
      text: text, terms: terms, exclusions: exclusions,
      restrictions: self.terms.filter { !$0.isSought })
  }

  private init(text: String, terms: [Term], exclusions: [Term], restrictions: [Term]) {
    self.text = text
    self.terms = terms
    self.exclusions = exclusions
    self.restrictions = restrictions
    needsAny = true
  }

  /// The places of this query's words in a text, in order and without overlaps.
  package func matches(in text: String) -> [Range<String.Index>] {
    var text = text
    text.makeContiguousUTF8()
    return QueryMatcher(self).matches(in: text).map { range in
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
    /// The language that it means behind `lang:`.
    var language = ""
    /// The text in small letters, by which it is mostly found without a tokenizer.
    var raw: [UInt8] = []
    /// The text with its field and quotation marks.
    var typed = ""

    /// Whether the index cannot confirm it alone.
    var needsText: Bool {
      words.isEmpty
        ? !Facets.query(literal).isProof
        : field != .lang && (signs.contains { !$0.isEmpty } || isMixed)
    }

    /// Whether it is a name as programs have them, words of ASCII joined by signs: `self.gamma`.
    ///
    /// It stands in a text as it was typed, or in TeX, where braces are nothing.
    var isIdentifier: Bool {
      words.count > 1
        && raw.allSatisfy { $0 > 0x20 && $0 < 0x7f && ![0x5c, 0x5e, 0x7b, 0x7d].contains($0) }
    }

    /// Whether it begins like a formula, `x_t` or `pi_t`: its last letter is then all of a word.
    var isMathematical: Bool {
      words.first.map { $0.token.utf8.count == 1 || Folding.isGreekName($0.token) } ?? false
    }

    /// Whether ideographs stand beside letters, between which the index also takes a comma for
    /// nothing: `API，可用于` is not what `API可用于` asks for.
    private var isMixed: Bool {
      zip(words, words.dropFirst()).contains { $0.isIdeographs != $1.isIdeographs }
    }

    /// Whether it is looked for in the text, rather than in what is said about the post.
    var isSought: Bool { field == nil || field == .title || field == .tag }

    /// The words as the index has them.
    var tokens: [String] { words.map(\.token) }

    /// The one Latin word that it is; nil for anything else.
    var latinWord: String? {
      guard words.count == 1, isSought, let token = tokens.first,
        token.utf8.allSatisfy({ (0x61...0x7a).contains($0) })
      else { return nil }
      return token
    }

    /// Each word as a term of its own.
    var parts: [Term] {
      words.enumerated().map { k, word in
        var part = self
        part.words = [word]
        part.signs = []
        part.raw = Array(word.token.utf8)
        part.isPrefix = isPrefix && k + 1 == words.count
        part.typed = ""
        return part
      }
    }

    /// One position of a phrase.
    struct Word: Hashable, Sendable {
      var token: String
      /// How many positions of the text it covers; a bigram's second ideograph is covered twice.
      var isBigram: Bool

      var isIdeographs: Bool {
        token.unicodeScalars.first.map { Folding.isIdeograph($0.value) } ?? false
      }
    }
  }

  /// A part of a post that a term may be restricted to.
  enum Field: String, Sendable {
    case title, tag, category, demo, lang

    /// The column of the index.
    var column: String {
      switch self {
      case .tag: "tags"
      case .lang: "facets"
      case .title, .category, .demo: rawValue
      }
    }
  }
}

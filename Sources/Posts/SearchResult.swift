/// A post that a search found, with the place it found.
package struct SearchResult: Hashable, Sendable {
  package var post: PostSummary
  /// The heading that the snippet stands under; empty before the first one.
  package var heading: String
  package var snippet: Snippet
  /// Line of the post's Markdown, counted from 1, that holds the first match: the place to open.
  package var line: Int
  /// How it came to be found.
  package var origin: Origin

  /// What a post was found by; nothing that was typed is replaced silently.
  package enum Origin: Hashable, Sendable {
    /// It holds what was asked for.
    case query
    /// It holds the words that were asked for, but not the signs between them as typed.
    case withoutSigns
    /// It holds another name of what was asked for: this query.
    case alias(String)
    /// Nothing holds what was typed, but this query, which differs by a letter or two, is answered.
    case spelling(String)
    /// Nothing holds what was typed, but these ideographs are read so.
    case pinyin(String)
    /// Nothing holds all that was typed; this post holds some of it.
    case anyWord
  }

  /// Text in which the words of the query are marked by position, never by characters (R6).
  package struct Snippet: Hashable, Sendable {
    package var text: String
    /// Ranges of matches as offsets in characters of `text`, in order, without overlaps.
    package var matches: [Range<Int>]
    /// Ranges of formulas and pieces of code, which stay whole.
    package var wholes: [Range<Int>]

    package init(text: String, matches: [Range<Int>] = [], wholes: [Range<Int>] = []) {
      self.text = text
      self.matches = matches
      self.wholes = wholes
    }
  }

  /// Whether the post holds something else than was asked for.
  package var isGuess: Bool {
    switch origin {
    case .query, .withoutSigns, .alias: false
    case .spelling, .pinyin, .anyWord: true
    }
  }

  package init(
    post: PostSummary, heading: String, snippet: Snippet, line: Int, origin: Origin = .query
  ) {
    self.origin = origin
    self.post = post
    self.heading = heading
    self.snippet = snippet
    self.line = line
  }
}

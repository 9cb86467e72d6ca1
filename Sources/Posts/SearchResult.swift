/// A post that a search found, with the place it found.
package struct SearchResult: Hashable, Sendable {
  package var post: PostSummary
  /// The heading that the snippet stands under; empty before the first one.
  package var heading: String
  package var snippet: Snippet
  /// Line of the post's Markdown, counted from 1, that holds the first match: the place to open.
  package var line: Int

  /// Text in which the words of the query are marked by position, never by characters (R6).
  package struct Snippet: Hashable, Sendable {
    package var text: String
    /// Ranges of matches as offsets in characters of `text`, in order, without overlaps.
    package var matches: [Range<Int>]

    package init(text: String, matches: [Range<Int>] = []) {
      self.text = text
      self.matches = matches
    }
  }

  package init(post: PostSummary, heading: String, snippet: Snippet, line: Int) {
    self.post = post
    self.heading = heading
    self.snippet = snippet
    self.line = line
  }
}

import Posts

/// The results of a search, one of which is being read.
struct SearchTrail: Hashable, Sendable {
  private let results: [SearchResult]
  private var index: Int

  init?(_ results: [SearchResult], index: Int) {
    guard results.indices.contains(index) else { return nil }
    self.results = results
    self.index = index
  }

  var result: SearchResult { results[index] }

  /// The words that the search marked, as they stand in the text.
  var words: [String] {
    let characters = Array(result.snippet.text)
    let words = result.snippet.matches.map { range in
      String(characters[range.clamped(to: 0..<characters.count)])
    }
    return Array(Set(words.map { $0.lowercased() }.filter { !$0.isEmpty })).sorted()
  }

  /// Goes to the next result or the one before.
  ///
  /// - Returns: false at the end.
  mutating func move(_ steps: Int) -> Bool {
    guard results.indices.contains(index + steps) else { return false }
    index += steps
    return true
  }
}

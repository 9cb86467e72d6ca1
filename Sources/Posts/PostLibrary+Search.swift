import GRDB

extension PostLibrary {
  /// How long one search may take (R37).
  private static let timeLimit = Duration.milliseconds(250)

  /// The posts that a query finds, the best first; the newest for an empty query.
  ///
  /// `interrupt()` ends it from another thread.
  package func search(
    _ query: SearchQuery, limit: Int = 20
  ) throws(PostError) -> [SearchResult] {
    try read { database in
      let search = LibrarySearch(database: database, query: query)
      let ids = try search.ranked(limit: limit, within: Self.timeLimit)
      return try search.results(ids)
    }
  }
}

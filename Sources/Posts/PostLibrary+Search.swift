extension PostLibrary {
  /// The posts that a query finds, the best first; the newest for an empty query.
  ///
  /// Where nothing holds what was typed, posts follow that may have been meant; each result says
  /// how it was found. `interrupt()` ends the search from another thread.
  package func search(
    _ query: SearchQuery, limit: Int = 20
  ) throws(PostError) -> [SearchResult] {
    try read { database in
      try LibraryAnswer(database: database, query: query, aids: aids, limit: limit).results
    }
  }
}

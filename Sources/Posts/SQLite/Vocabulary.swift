import GRDB

/// The words of the library, to find those that may be meant.
struct Vocabulary {
  let database: Database

  /// A word with the number of posts that have it.
  struct Entry: Hashable {
    var word: String
    var posts: Int
  }

  /// Calls `body` with the words of a script and length, those with this beginning only.
  func forEach(
    _ script: VocabularyWord.Script, length: Int, beginning: String = "",
    _ body: (Entry) throws -> Void
  ) throws {
    let end = Self.end(of: beginning)
    let statement = try database.cachedStatement(
      sql: """
        SELECT word, posts FROM vocabulary WHERE script = ? AND length = ? AND word >= ?
        \(end == nil ? "" : "AND word < ?")
        """)
    var arguments: [any DatabaseValueConvertible] = [script.rawValue, length, beginning]
    if let end { arguments.append(end) }
    let rows = try Row.fetchCursor(statement, arguments: StatementArguments(arguments))
    while let row = try rows.next() {
      try body(Entry(word: row.text("word"), posts: row.integer("posts")))
    }
  }

  /// The least text that is greater than all with this beginning.
  private static func end(of beginning: String) -> String? {
    guard let last = beginning.unicodeScalars.last,
      let next = Unicode.Scalar(last.value + 1)
    else { return nil }
    return String(beginning.unicodeScalars.dropLast()) + String(next)
  }
}

import Foundation
import GRDB

/// Keeps the full-text index and the vocabulary right while a sync changes posts.
///
/// The words of all changed posts are counted first and written once, at the end.
final class SearchIndexWriter {
  private let database: Database
  private var vocabulary = VocabularyCount()

  /// The columns that are indexed, in the order of the index.
  private static let columns = "body, title, headings, tags, category, demo, formulas, facets"

  init(_ database: Database) { self.database = database }

  func add(_ entry: LibraryEntry, id: Int64) throws {
    let summary = entry.post.summary
    let text = entry.searchText
    let values: [any DatabaseValueConvertible] = [
      id, text.body, entry.titles, entry.headings, entry.tags, summary.category,
      summary.demo ?? "", text.formulas, entry.facets,
    ]
    try statement(
      "INSERT INTO search_text(id, \(Self.columns), outline) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ).execute(arguments: StatementArguments(values + [Data(text.outline.bytes)]))
    let insert = try statement(
      "INSERT INTO search_index(rowid, \(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
    try IndexTokenizer.$tokenized.withValue(entry.body) {
      try insert.execute(arguments: StatementArguments(values))
    }
    vocabulary.add(entry.words, times: 1)
  }

  /// Takes a post out of the index, which has its content elsewhere and must be told what to forget.
  ///
  /// The values go by way of the program: `INSERT … SELECT` would begin a savepoint, at whose end
  /// FTS5 writes what it has gathered as one more segment, for each post.
  func remove(_ id: Int64) throws {
    let old = try statement("SELECT id, \(Self.columns) FROM search_text WHERE id = ?")
    guard let row = try Row.fetchOne(old, arguments: [id]) else { return }
    let body = TokenizedText(row.text("body"))
    let words = VocabularyCount.Words(
      short: ["title", "headings", "tags"].map(row.text), long: body)
    vocabulary.add(words, times: -1)
    let delete = try statement(
      """
      INSERT INTO search_index(search_index, rowid, \(Self.columns))
      VALUES ('delete', ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    try IndexTokenizer.$tokenized.withValue(body) {
      try delete.execute(arguments: StatementArguments(Array(row.databaseValues)))
    }
    try statement("DELETE FROM search_text WHERE id = ?").execute(arguments: [id])
  }

  /// Makes the full-text index anew from the texts it stands for.
  func rebuild() throws {
    try database.execute(sql: "INSERT INTO search_index(search_index) VALUES ('rebuild')")
  }

  /// Writes what the changed posts did to the vocabulary.
  func finish() throws {
    let change = try statement(
      """
      INSERT INTO vocabulary(script, length, word, posts) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET posts = posts + excluded.posts
      """)
    let clear = try statement(
      "DELETE FROM vocabulary WHERE script = ? AND length = ? AND word = ? AND posts <= 0")
    for (word, posts) in vocabulary.changes {
      let key: [any DatabaseValueConvertible] = [word.script.rawValue, word.length, word.text]
      try change.execute(arguments: StatementArguments(key + [posts]))
      if posts < 0 { try clear.execute(arguments: StatementArguments(key)) }
    }
    vocabulary = VocabularyCount()
  }

  private func statement(_ sql: String) throws -> Statement {
    try database.cachedStatement(sql: sql)
  }
}

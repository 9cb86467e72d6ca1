import GRDB

/// Figures of a library.
package struct LibraryStatistics: Hashable, Sendable {
  package var posts = 0
  package var postsBySource: [String: Int] = [:]
  package var postsByCategory: [String: Int] = [:]
  /// Characters of the posts' text as a reader sees it.
  package var characters = 0
  package var formulas = 0
  /// Bytes of the file, and of the index in it.
  package var bytes = 0
  package var indexBytes = 0
  /// Counts the syncs that changed something.
  package var revision = 0

  package init() {}
}

extension PostLibrary {
  package func statistics() throws(PostError) -> LibraryStatistics {
    try read { database in
      var statistics = LibraryStatistics()
      statistics.postsBySource = try Self.counts(of: "source", database)
      statistics.postsByCategory = try Self.counts(of: "category", database)
      statistics.posts = statistics.postsBySource.values.reduce(0, +)
      let rows = try Row.fetchCursor(
        database, sql: "SELECT length(body) AS characters, outline FROM search_text")
      while let row = try rows.next() {
        statistics.characters += row.integer("characters")
        statistics.formulas += Outline(bytes: row.bytes("outline")).formulas.count
      }
      let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      statistics.bytes = try pages * (Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0)
      statistics.indexBytes =
        try Int.fetchOne(database, sql: "SELECT sum(length(block)) FROM search_index_data") ?? 0
      statistics.revision = try LibraryList.revision(database)
      return statistics
    }
  }

  private static func counts(of column: String, _ database: Database) throws -> [String: Int] {
    let rows = try Row.fetchAll(
      database, sql: "SELECT \(column) AS name, count(*) AS count FROM post GROUP BY 1")
    return Dictionary(
      rows.map { ($0.text("name"), $0.integer("count")) }, uniquingKeysWith: +)
  }
}

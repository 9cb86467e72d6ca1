import GRDB

/// Figures of a library.
package struct LibraryStatistics: Hashable, Sendable {
  package var posts = 0
  /// By name.
  package var sources: [String: Source] = [:]
  package var postsByCategory: [String: Int] = [:]
  /// Words of the posts' text as a reader sees it; an ideograph counts as one.
  package var words = 0
  package var formulas = 0
  /// Bytes of the file, and of the index in it.
  package var bytes = 0
  package var indexBytes = 0
  /// Counts the syncs that changed something.
  package var revision = 0

  /// Figures of the posts of one source.
  package struct Source: Hashable, Sendable {
    package var posts = 0
    package var words = 0
    package var formulas = 0
    /// ISO 8601 in UTC; nil if no sync is known of.
    package var lastSync: String?
  }

  package init() {}
}

extension PostLibrary {
  package func statistics() throws(PostError) -> LibraryStatistics {
    try read { database in
      var statistics = LibraryStatistics()
      statistics.postsByCategory = try Self.counts(of: "category", database)
      statistics.sources = try Self.sources(database)
      for source in statistics.sources.values {
        statistics.posts += source.posts
        statistics.words += source.words
        statistics.formulas += source.formulas
      }
      let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      statistics.bytes = try pages * (Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0)
      statistics.indexBytes =
        try Int.fetchOne(database, sql: "SELECT sum(length(block)) FROM search_index_data") ?? 0
      statistics.revision = try MetaTable(database).integer("revision")
      return statistics
    }
  }

  private static func sources(_ database: Database) throws -> [String: LibraryStatistics.Source] {
    var sources: [String: LibraryStatistics.Source] = [:]
    let prefix = MetaTable.syncedPrefix
    for row in try Row.fetchAll(database, sql: "SELECT name, value FROM meta")
    where row.text("name").hasPrefix(prefix) {
      let name = String(row.text("name").dropFirst(prefix.count))
      sources[name] = .init(lastSync: String(decoding: row.bytes("value"), as: UTF8.self))
    }
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT source, count(*) AS posts, sum(words) AS words, sum(formulas) AS formulas
        FROM post GROUP BY source
        """)
    for row in rows {
      let name = row.text("source")
      sources[name, default: .init()].posts = row.integer("posts")
      sources[name]?.words = row.integer("words")
      sources[name]?.formulas = row.integer("formulas")
    }
    return sources
  }

  private static func counts(of column: String, _ database: Database) throws -> [String: Int] {
    let rows = try Row.fetchAll(
      database, sql: "SELECT \(column) AS name, count(*) AS count FROM post GROUP BY 1")
    return Dictionary(
      rows.map { ($0.text("name"), $0.integer("count")) }, uniquingKeysWith: +)
  }
}

import Foundation
import GRDB

/// The library while one sync changes it.
package struct LibraryTransaction {
  private let database: Database
  private let path: String
  private let index: SearchIndexWriter

  init(_ database: Database, path: String) {
    self.database = database
    self.path = path
    index = SearchIndexWriter(database)
  }

  /// What is known of a post without reading it.
  package struct Known: Hashable, Sendable {
    package var slug: String
    package var source: String
    package var path: String
    package var input: [UInt8]
  }

  /// Every post of every source.
  package func known() throws(PostError) -> [Known] {
    try run {
      try Row.fetchAll(database, sql: "SELECT slug, source, path, input FROM post").map { row in
        Known(
          slug: row.text("slug"), source: row.text("source"),
          path: row.text("path"), input: row.bytes("input"))
      }
    }
  }

  /// The links of a source's posts, each with the file that has it.
  package func links(
    ofSource source: String
  ) throws(PostError) -> [(path: String, link: LibraryEntry.Link)] {
    try run {
      try Row.fetchAll(
        database,
        sql: """
          SELECT path, target, anchor, line FROM link JOIN post ON post.id = link.post
          WHERE post.source = ? ORDER BY path, line, target, anchor
          """, arguments: [source]
      ).map { row in
        let link = LibraryEntry.Link(
          target: row.text("target"), anchor: row.text("anchor"),
          line: row.integer("line"))
        return (row.text("path"), link)
      }
    }
  }

  /// The demos that a source's posts name, with the file that does.
  package func demos(
    ofSource source: String
  ) throws(PostError) -> [(path: String, demo: String)] {
    try run {
      try Row.fetchAll(
        database,
        sql: "SELECT path, demo FROM post WHERE source = ? AND demo IS NOT NULL ORDER BY path",
        arguments: [source]
      ).map { ($0.text("path"), $0.text("demo")) }
    }
  }

  /// The headings of every post by its slug, in order.
  package func headings() throws(PostError) -> [String: [String]] {
    try run {
      let rows = try Row.fetchAll(
        database, sql: "SELECT slug, headings FROM post JOIN search_text USING (id)")
      return Dictionary(
        rows.map { ($0.text("slug"), $0.list("headings")) },
        uniquingKeysWith: { first, _ in first })
    }
  }

  /// Lets a large transaction write to the file before its end instead of holding it in memory.
  package func allowSpilling() throws(PostError) {
    try run { try database.execute(sql: "PRAGMA cache_spill = ON") }
  }

  /// Puts a post in, in the place of the one with its slug if there is one.
  package func put(_ entry: LibraryEntry) throws(PostError) {
    try run {
      try delete(slug: entry.post.summary.slug.string)
      let id = try insertPost(entry)
      try index.add(entry, id: id)
      for link in entry.links {
        try statement("INSERT INTO link(post, target, anchor, line) VALUES (?, ?, ?, ?)")
          .execute(arguments: [id, link.target, link.anchor, link.line])
      }
    }
  }

  /// Makes the full-text index anew from the texts it stands for.
  package func rebuildIndex() throws(PostError) {
    try run {
      try index.rebuild()
    }
  }

  /// Notes when a source was synced, ISO 8601 in UTC.
  package func noteSync(of source: String, at time: String) throws(PostError) {
    try run {
      try statement("INSERT OR REPLACE INTO meta(name, value) VALUES (?, ?)")
        .execute(arguments: [LibraryList.syncedPrefix + source, Data(time.utf8)])
    }
  }

  /// Takes every post of a source out; gives their number.
  package func removePosts(ofSource source: String) throws(PostError) -> Int {
    try run {
      let slugs = try Row.fetchAll(
        database, sql: "SELECT slug FROM post WHERE source = ?", arguments: [source])
      for row in slugs { try delete(slug: row.text("slug")) }
      try statement("DELETE FROM meta WHERE name = ?")
        .execute(arguments: [LibraryList.syncedPrefix + source])
      return slugs.count
    }
  }

  /// Takes a post out.
  package func remove(slug: String) throws(PostError) {
    try run { try delete(slug: slug) }
  }

  /// Records which posts this revision holds (R24): the hash of the sorted list of slugs and
  /// hashes, under the next revision number.
  func seal() throws {
    try index.finish()
    let list = try LibraryList.hash(database)
    let old = try LibraryList.value("list", database)
    guard old != list else { return }
    let revision = try LibraryList.revision(database)
    try database.execute(
      sql: "INSERT OR REPLACE INTO meta(name, value) VALUES ('revision', ?), ('list', ?)",
      arguments: [revision + 1, Data(list)])
  }

  private func insertPost(_ entry: LibraryEntry) throws -> Int64 {
    let post = entry.post
    let summary = post.summary
    try statement(
      """
      INSERT INTO post(slug, source, path, input, title, title_english, date, category, tags,
        summary, demo, citations, unknown_keys, sha256, markdown)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).execute(arguments: [
      summary.slug.string, entry.source, entry.path, Data(entry.input), summary.title,
      summary.titleEnglish, summary.date, summary.category, summary.tags.joined(separator: "\n"),
      summary.summary, summary.demo, post.references.joined(separator: "\n"),
      entry.unknownKeys.joined(separator: "\n"), Data(post.hash), post.markdown,
    ])
    return database.lastInsertedRowID
  }

  private func delete(slug: String) throws {
    guard
      let id = try Int64.fetchOne(
        statement("SELECT id FROM post WHERE slug = ?"), arguments: [slug])
    else { return }
    try index.remove(id)
    for sql in [
      "DELETE FROM link WHERE post = ?", "DELETE FROM post WHERE id = ?",
    ] { try statement(sql).execute(arguments: [id]) }
  }

  private func statement(_ sql: String) throws -> Statement {
    try database.cachedStatement(sql: sql)
  }

  private func run<T>(_ body: () throws -> T) throws(PostError) -> T {
    do {
      return try body()
    } catch {
      throw PostError(error, path: path)
    }
  }
}

/// The library's own statement of what it holds, in the table `meta`.
enum LibraryList {
  /// Stands before the name of a source: when that was synced.
  static let syncedPrefix = "synced "

  static func hash(_ database: Database) throws -> [UInt8] {
    var hasher = SHA256()
    let rows = try Row.fetchCursor(database, sql: "SELECT slug, sha256 FROM post ORDER BY slug")
    while let row = try rows.next() {
      hasher.updateField(row.text("slug"))
      hasher.updateField(row.bytes("sha256"))
    }
    return hasher.finalized()
  }

  static func value(_ name: String, _ database: Database) throws -> [UInt8] {
    let sql = "SELECT value FROM meta WHERE name = ?"
    return try Row.fetchOne(database, sql: sql, arguments: [name])?.bytes("value") ?? []
  }

  static func revision(_ database: Database) throws -> Int {
    let sql = "SELECT value FROM meta WHERE name = 'revision'"
    return try Row.fetchOne(database, sql: sql)?.integer("value") ?? 0
  }
}

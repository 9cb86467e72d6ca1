package import Foundation
import GRDB

/// What the reader did: positions, stars, marks, searches, runs of demos, and the list of sources.
///
/// It is kept apart from the posts, by slug and demo id, so that no sync and no rebuild touches
/// it. Every change is one short transaction.
package final class ReaderState: Sendable {
  private let queue: DatabaseQueue
  private let path: String
  /// A sentence to show once: that the state lasts only until the end, or was set aside.
  package let notice: String?

  /// How many past searches are remembered.
  private static let searchesKept = 100

  private init(_ file: StateFile, path: String) {
    queue = file.queue
    notice = file.notice
    self.path = path
  }

  /// Opens the state at `url` and makes it if there is none.
  ///
  /// An unreadable file is moved aside and kept. Where nothing can be written the state stays in
  /// memory. Both are told in `notice`.
  package convenience init(
    at url: URL, schema: StateSchema = .current
  ) throws(PostError) {
    self.init(try StateFile.open(url, schema: schema), path: url.path)
  }

  /// State that ends with the process.
  package static func inMemory() throws(PostError) -> ReaderState {
    ReaderState(try StateFile.inMemory(schema: .current), path: "the state in memory")
  }

  /// What is known of each post that was ever touched.
  package func states() throws(PostError) -> [Slug: ReadingState] {
    try read { database in
      let rows = try Row.fetchAll(database, sql: "SELECT * FROM reading")
      return Dictionary(
        rows.compactMap { row in
          guard let slug = Slug(row.text("slug")) else { return nil }
          let state = ReadingState(
            isRead: row.integer("is_read") != 0, isStarred: row.integer("is_starred") != 0,
            position: Self.position(row))
          return (slug, state)
        }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// The places that letters were given to in a post.
  package func marks(in slug: Slug) throws(PostError) -> [String: ReadingPosition] {
    try read { database in
      let rows = try Row.fetchAll(
        database, sql: "SELECT * FROM mark WHERE slug = ?", arguments: [slug.string])
      return Dictionary(
        rows.compactMap { row in Self.position(row).map { (row.text("letter"), $0) } },
        uniquingKeysWith: { first, _ in first })
    }
  }

  /// The last run of a demo, if it ever ran.
  package func lastRun(of demo: String) throws(PostError) -> DemoRun? {
    try read { database in
      let sql = "SELECT date, lines FROM run WHERE demo = ?"
      guard let row = try Row.fetchOne(database, sql: sql, arguments: [demo]) else { return nil }
      let settings = try Row.fetchAll(
        database, sql: "SELECT name, value FROM run_setting WHERE demo = ?", arguments: [demo])
      return DemoRun(
        demo: demo, date: row.text("date"),
        settings: Dictionary(
          settings.map { ($0.text("name"), $0.text("value")) },
          uniquingKeysWith: { first, _ in first }),
        lines: row.list("lines"))
    }
  }

  /// Past searches, the latest first, each once.
  package func searches() throws(PostError) -> [String] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT text FROM search ORDER BY id DESC").map {
        $0.text("text")
      }
    }
  }

  /// The sources that sync reads, by name.
  package func sources() throws(PostError) -> [SourceRecord] {
    try read(SourceRecord.all)
  }

  /// Adds a source, or changes the one of that name.
  package func add(_ source: SourceRecord) throws(PostError) {
    try write { database in
      try database.execute(
        sql: "INSERT OR REPLACE INTO source(name, kind, location) VALUES (?, ?, ?)",
        arguments: [source.name, source.kind, source.location])
    }
  }

  /// Forgets a source; who asks for it takes its posts out of the library first.
  package func removeSource(named name: String) throws(PostError) {
    try write { try $0.execute(sql: "DELETE FROM source WHERE name = ?", arguments: [name]) }
  }

  /// Makes one change, durable when this returns.
  package func apply(_ change: StateChange) throws(PostError) {
    try write { database in
      switch change {
      case .read(let slug, let isRead):
        try Self.set("is_read", isRead, of: slug, in: database)
      case .allRead(let slugs):
        for slug in slugs { try Self.set("is_read", true, of: slug, in: database) }
      case .starred(let slug, let isStarred):
        try Self.set("is_starred", isStarred, of: slug, in: database)
      case .position(let slug, let position):
        try database.execute(
          sql: """
            INSERT INTO reading(slug, block, block_index, fraction) VALUES (?, ?, ?, ?)
            ON CONFLICT(slug) DO UPDATE SET block = excluded.block,
              block_index = excluded.block_index, fraction = excluded.fraction
            """,
          arguments: [slug.string, position.block, position.index, position.fraction])
      case .mark(let slug, let letter, let position):
        try database.execute(
          sql: "INSERT OR REPLACE INTO mark VALUES (?, ?, ?, ?, ?)",
          arguments: [slug.string, letter, position.block, position.index, position.fraction])
      case .ran(let run): try Self.keep(run, in: database)
      case .searched(let text): try Self.remember(text, in: database)
      }
    }
  }

  private static func set(
    _ column: String, _ value: Bool, of slug: Slug, in database: Database
  ) throws {
    try database.execute(
      sql: """
        INSERT INTO reading(slug, \(column)) VALUES (?, ?)
        ON CONFLICT(slug) DO UPDATE SET \(column) = excluded.\(column)
        """, arguments: [slug.string, value])
  }

  private static func keep(_ run: DemoRun, in database: Database) throws {
    try database.execute(
      sql: "INSERT OR REPLACE INTO run(demo, date, lines) VALUES (?, ?, ?)",
      arguments: [run.demo, run.date, run.lines.joined(separator: "\n")])
    try database.execute(sql: "DELETE FROM run_setting WHERE demo = ?", arguments: [run.demo])
    for (name, value) in run.settings {
      try database.execute(
        sql: "INSERT INTO run_setting VALUES (?, ?, ?)", arguments: [run.demo, name, value])
    }
  }

  private static func remember(_ text: String, in database: Database) throws {
    try database.execute(sql: "DELETE FROM search WHERE text = ?", arguments: [text])
    try database.execute(sql: "INSERT INTO search(text) VALUES (?)", arguments: [text])
    try database.execute(
      sql: """
        DELETE FROM search WHERE id NOT IN
          (SELECT id FROM search ORDER BY id DESC LIMIT \(searchesKept))
        """)
  }

  private static func position(_ row: Row) -> ReadingPosition? {
    guard let block = row.optionalText("block") else { return nil }
    return ReadingPosition(
      block: block, index: row.integer("block_index"), fraction: row.number("fraction"))
  }

  private func read<T>(_ body: (Database) throws -> T) throws(PostError) -> T {
    do {
      return try queue.read(body)
    } catch {
      throw PostError(state: error, path: path)
    }
  }

  private func write(_ body: (Database) throws -> Void) throws(PostError) {
    do {
      try queue.writeWithoutTransaction { database in
        try database.inTransaction(.immediate) {
          try body(database)
          return .commit
        }
      }
    } catch {
      throw PostError(state: error, path: path)
    }
  }
}

/// A place that posts come from, as the reader configured it.
package struct SourceRecord: Hashable, Sendable {
  /// The name under which its posts stand in the library.
  package var name: String
  /// `folder`, `git` or `bundle`.
  package var kind: String
  /// A path or an address.
  package var location: String

  package init(name: String, kind: String, location: String) {
    self.name = name
    self.kind = kind
    self.location = location
  }

  static func all(_ database: Database) throws -> [SourceRecord] {
    try Row.fetchAll(database, sql: "SELECT name, kind, location FROM source ORDER BY name").map {
      SourceRecord(name: $0.text("name"), kind: $0.text("kind"), location: $0.text("location"))
    }
  }
}

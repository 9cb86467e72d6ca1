import GRDB

/// The tables of a bundle: content alone, in one file to be carried somewhere else (R34).
enum BundleSchema {
  /// `DLbn`, at a fixed place in the file's header.
  static let applicationID = 0x444c_626e
  static let version = 2

  static let statements = [
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    """
    CREATE TABLE post(slug TEXT PRIMARY KEY, title TEXT NOT NULL, title_english TEXT NOT NULL, \
    date TEXT NOT NULL, category TEXT NOT NULL, tags TEXT NOT NULL, summary TEXT NOT NULL, \
    demo TEXT NOT NULL, citations TEXT NOT NULL, sha256 BLOB NOT NULL, markdown TEXT NOT NULL\
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE image(slug TEXT NOT NULL, name TEXT NOT NULL, sha256 BLOB NOT NULL, \
    PRIMARY KEY(slug, name)) WITHOUT ROWID
    """,
    "CREATE TABLE asset(id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL, bytes BLOB NOT NULL)",
  ]

  static let textColumns = [
    "slug", "title", "title_english", "date", "category", "tags", "summary", "demo", "citations",
    "markdown",
  ]

  /// Compares all that the file declares with what this version writes: tables alone, no view, no
  /// trigger, no index.
  static func check(_ database: Database, path: String) throws {
    let found = try Row.fetchAll(database, sql: "SELECT type, sql FROM sqlite_master")
    let declared = found.map { "\($0.text("type")) \($0.text("sql"))" }.sorted()
    guard declared == statements.map({ "table \($0)" }).sorted() else {
      throw PostError.notABundle(path: path, reason: "its tables are not those of a bundle")
    }
  }
}

import GRDB

/// The tables of `library.sqlite`, and what a file must show before anything in it is believed.
///
/// The full-text index is written by the program and not by triggers: a schema that is not
/// trusted may not reach a virtual table from a trigger, and a library without triggers leaves
/// nowhere to plant one.
///
/// What a list or a sync asks of every post stands apart from the long texts, whose pages are then
/// left alone: a list of 10,000 posts reads 5 MB and not 200.
///
/// The body is the first column of the index: every place of a word in another column costs two
/// bytes more, and nearly all words are words of the body.
enum LibrarySchema {
  /// `DLnk`, at a fixed place in the file's header.
  static let applicationID = 0x444c_6e6b
  /// Raised with every change below and with every change of what sync derives from a post.
  static let version = 7

  static let statements = textStatements + ImageTable.statements

  private static let textStatements = [
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    """
    CREATE TABLE post(id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, source TEXT NOT NULL, \
    path TEXT NOT NULL, input BLOB NOT NULL, stamp INTEGER NOT NULL, title TEXT NOT NULL, \
    title_english TEXT NOT NULL, date TEXT NOT NULL, category TEXT NOT NULL, tags TEXT NOT NULL, \
    summary TEXT NOT NULL, demo TEXT, citations TEXT NOT NULL, unknown_keys TEXT NOT NULL, \
    words INTEGER NOT NULL, formulas INTEGER NOT NULL, sha256 BLOB NOT NULL)
    """,
    "CREATE TABLE markdown(post INTEGER PRIMARY KEY, text TEXT NOT NULL)",
    """
    CREATE TABLE link(post INTEGER NOT NULL, target TEXT NOT NULL, anchor TEXT NOT NULL, \
    line INTEGER NOT NULL, fault INTEGER NOT NULL)
    """,
    "CREATE INDEX link_of_post ON link(post)",
    "CREATE INDEX link_to_post ON link(target)",
    "CREATE INDEX link_with_fault ON link(post) WHERE fault <> 0",
    "CREATE INDEX post_by_file ON post(source, path, slug, stamp)",
    "CREATE INDEX post_by_hash ON post(sha256)",
    "CREATE INDEX post_with_demo ON post(source, path, demo) WHERE demo IS NOT NULL",
    "CREATE INDEX post_by_date ON post(date DESC, slug)",
    """
    CREATE TABLE search_text(id INTEGER PRIMARY KEY, title TEXT NOT NULL, headings TEXT NOT NULL, \
    tags TEXT NOT NULL, category TEXT NOT NULL, demo TEXT NOT NULL, body TEXT NOT NULL, \
    formulas TEXT NOT NULL, facets TEXT NOT NULL, outline BLOB NOT NULL)
    """,
    """
    CREATE VIRTUAL TABLE search_index USING fts5(body, title, headings, tags, category, demo, \
    formulas, facets, content='search_text', content_rowid='id', tokenize='downlink \(Tokenizer.version)')
    """,
    """
    CREATE TABLE vocabulary(script INTEGER NOT NULL, length INTEGER NOT NULL, word TEXT NOT NULL, \
    posts INTEGER NOT NULL, PRIMARY KEY(script, length, word)) WITHOUT ROWID
    """,
  ]

  private static let shadowTables: Set<String> = [
    "search_index_data", "search_index_idx", "search_index_docsize", "search_index_config",
  ]

  /// Makes the tables in an empty database.
  static func create(in database: Database) throws {
    for statement in statements { try database.execute(sql: statement) }
    try database.execute(
      sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(version)")
  }

  /// Removes every table of a library, so that another version's can be replaced in place.
  static func drop(from database: Database) throws {
    let names = try String.fetchAll(
      database,
      sql: """
        SELECT name FROM sqlite_master WHERE type = 'table'
          AND name NOT LIKE 'search\\_index\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        """)
    for name in names {
      try database.execute(sql: "DROP TABLE \(name.quotedDatabaseIdentifier)")
    }
  }

  /// Compares header and schema text with what this version writes.
  static func check(_ database: Database, path: String) throws {
    let application = try Int.fetchOne(database, sql: "PRAGMA application_id")
    guard application == applicationID else {
      // What a first sync left that was cut off before its end.
      let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master")
      if application == 0, tables == 0 { throw PostError.libraryMissing(path: path) }
      throw PostError.notALibrary(path: path, reason: "another program's database")
    }
    guard try Int.fetchOne(database, sql: "PRAGMA user_version") == version else {
      throw PostError.otherVersion(path: path)
    }
    var expected = Set(statements)
    let rows = try Row.fetchAll(
      database, sql: "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    for row in rows {
      let sql = row.text("sql")
      guard expected.remove(sql) == nil else { continue }
      let name = row.text("name")
      guard shadowTables.contains(name), sql.hasPrefix("CREATE TABLE '\(name)'(") else {
        // The index of another tokenizer is another version, not a stranger's work.
        guard name != "search_index" else { throw PostError.otherVersion(path: path) }
        throw PostError.notALibrary(path: path, reason: "unexpected \(name) in it")
      }
    }
    guard expected.isEmpty else {
      throw PostError.notALibrary(path: path, reason: "a table is missing")
    }
  }
}

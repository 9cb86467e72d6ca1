import Foundation
import GRDB

/// SQLite's own full-text index over the same text, with a tokenizer of SQLite's.
struct RivalIndex {
  let tokenizer: String
  private let queue: DatabaseQueue
  let buildSeconds: Double
  let bytes: Int

  /// Builds it in a file of its own from the texts of a library.
  init(tokenizer: String, library: URL) throws {
    self.tokenizer = tokenizer
    let file = library.deletingLastPathComponent().appending(path: tokenizer + ".sqlite")
    for ending in ["", "-journal"] {
      try? FileManager.default.removeItem(atPath: file.path + ending)
    }
    queue = try DatabaseQueue(path: file.path)
    try queue.writeWithoutTransaction { database in
      try database.execute(
        sql: "PRAGMA journal_mode = TRUNCATE; ATTACH ? AS library", arguments: [library.path])
      try database.execute(
        sql: """
          CREATE TABLE content(id INTEGER PRIMARY KEY, title, headings, tags, body);
          INSERT INTO content SELECT id, title, headings, tags, body || char(10) || formulas
            FROM library.search_text;
          CREATE VIRTUAL TABLE rival USING fts5(title, headings, tags, body, content='content',
            content_rowid='id', tokenize='\(tokenizer)');
          """)
    }
    buildSeconds = try timed { [queue] in
      try queue.write { try $0.execute(sql: "INSERT INTO rival(rival) VALUES ('rebuild')") }
    }.seconds
    bytes = try queue.read {
      try Int.fetchOne($0, sql: "SELECT sum(length(block)) FROM rival_data") ?? 0
    }
  }

  /// Slugs' numbers of all that it finds; every word quoted, the last one a prefix.
  func search(_ text: String, ids: [Int64: Int]) throws -> Set<Int> {
    let words = text.split(separator: " ").map { "\"\($0.replacing("\"", with: "\"\""))\"" }
    let match = words.joined(separator: " ") + (text.hasSuffix(" ") ? "" : " *")
    return try queue.read { database in
      Set(
        try Int64.fetchAll(
          database, sql: "SELECT rowid FROM rival WHERE rival MATCH ?", arguments: [match]
        ).compactMap { ids[$0] })
    }
  }

  /// The ranked top 20 with SQLite's snippets.
  func best(_ text: String) throws -> Int {
    let words = text.split(separator: " ").map { "\"\($0.replacing("\"", with: "\"\""))\"" }
    let match = words.joined(separator: " ") + (text.hasSuffix(" ") ? "" : " *")
    return try queue.read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT snippet(rival, 3, '[', ']', '…', 20) FROM rival WHERE rival MATCH ?
          ORDER BY rank LIMIT 20
          """, arguments: [match]
      ).count
    }
  }
}

extension SearchSubject {
  /// Empties the index, so that building it journals no old pages, as the rivals have none.
  func clearIndex() throws {
    try DatabaseQueue(path: url.path).write { database in
      // The first rows of the data say how the index is made up, which FTS5 reads on opening it.
      try database.execute(
        sql: "DELETE FROM search_index_data WHERE id > 10; DELETE FROM search_index_idx")
    }
  }
}

/// What the rows of a library are called.
enum LibraryRows {
  /// Numbers of the posts by their row.
  static func numbers(_ library: URL) throws -> [Int64: Int] {
    try DatabaseQueue(path: library.path).read { database in
      Dictionary(
        try Row.fetchAll(database, sql: "SELECT id, slug FROM post").map { row in
          (row["id"] as Int64, SearchSubject.number(of: row["slug"] as String))
        }, uniquingKeysWith: { first, _ in first })
    }
  }
}

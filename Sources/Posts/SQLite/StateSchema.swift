import Foundation
import GRDB

/// The tables of `state.sqlite`, as numbered steps from an empty file to the present one.
///
/// A step that has been released is never edited: the file holds what its owner did, and there is
/// nothing to rebuild it from.
package struct StateSchema: Sendable {
  /// `DLst`, at a fixed place in the file's header.
  static let applicationID = 0x444c_7374

  /// The SQL of each step; the file's `user_version` is the number of steps taken.
  package var steps: [String]

  package init(steps: [String]) { self.steps = steps }

  package static let current = StateSchema(steps: [
    """
    CREATE TABLE reading(slug TEXT PRIMARY KEY, is_read INTEGER NOT NULL DEFAULT 0,
      is_starred INTEGER NOT NULL DEFAULT 0, block TEXT, block_index INTEGER, fraction REAL
    ) WITHOUT ROWID;
    CREATE TABLE mark(slug TEXT NOT NULL, letter TEXT NOT NULL, block TEXT NOT NULL,
      block_index INTEGER NOT NULL, fraction REAL NOT NULL, PRIMARY KEY (slug, letter)
    ) WITHOUT ROWID;
    CREATE TABLE run(demo TEXT PRIMARY KEY, date TEXT NOT NULL, lines TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE run_setting(demo TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
      PRIMARY KEY (demo, name)
    ) WITHOUT ROWID;
    CREATE TABLE search(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
    CREATE TABLE source(name TEXT PRIMARY KEY, kind TEXT NOT NULL, location TEXT NOT NULL
    ) WITHOUT ROWID;
    """
  ])

  /// Brings a file forward, after a copy of the old one is kept beside it.
  func migrate(_ queue: DatabaseQueue, url: URL?) throws {
    let version = try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
    guard version < steps.count else { return }
    if version > 0, let url {
      let copy = url.appendingPathExtension("before-\(steps.count)")
      if !FileManager.default.fileExists(atPath: copy.path) {
        try FileManager.default.copyItem(at: url, to: copy)
      }
    }
    try queue.writeWithoutTransaction { database in
      try database.inTransaction(.immediate) {
        // Another reader may have taken the steps since.
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        for step in steps.dropFirst(version) { try database.execute(sql: step) }
        try database.execute(
          sql: """
            PRAGMA application_id = \(Self.applicationID);
            PRAGMA user_version = \(max(version, steps.count))
            """)
        return .commit
      }
    }
  }

  /// What an opened file is to this program.
  enum Kind { case empty, ours, newer, foreign }

  func kind(of queue: DatabaseQueue) throws -> Kind {
    try queue.read { database in
      let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
      let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
      let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
      if application == 0, version == 0, tables == 0 { return .empty }
      guard application == Self.applicationID else { return .foreign }
      guard version <= steps.count else { return .newer }
      return try String.fetchOne(database, sql: "PRAGMA quick_check") == "ok" ? .ours : .foreign
    }
  }
}

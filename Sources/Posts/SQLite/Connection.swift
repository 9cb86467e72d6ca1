import CSQLite
import Foundation
import GRDB
import GRDBSQLite

/// How both databases are opened: nothing in the file is trusted, nothing is memory-mapped, and
/// one wait of five seconds stands between a reader and a writer.
enum Connection {
  static let busyTimeout: TimeInterval = 5
  /// Bytes of a page, SQLite's default.
  private static let pageSize = 4096
  /// Bytes of pages that a writer holds in memory.
  private static let cache = 64 << 20

  /// For the library of somebody else's making and for a reader that only reads (R21).
  static func reading() -> Configuration {
    var configuration = hardened()
    configuration.readonly = true
    return configuration
  }

  /// For the one writer of a file: the rollback journal is truncated and synchronised, because
  /// deleting it can lose an acknowledged commit when the power fails (R19).
  ///
  /// A transaction of less than `cache` does not write to the file before its end, because that
  /// locks readers out for the whole of it (R20). A larger one does, rather than hold it all in
  /// memory: SQLite spills when the changed pages fill its cache.
  static func writing(largest: Int = 8 << 30) -> Configuration {
    var configuration = hardened()
    configuration.prepareDatabase { database in
      try database.execute(
        sql: """
          PRAGMA journal_mode = TRUNCATE;
          PRAGMA synchronous = FULL;
          PRAGMA cache_size = \(-cache >> 10);
          PRAGMA max_page_count = \(largest / pageSize);
          """)
    }
    return configuration
  }

  private static func hardened() -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(busyTimeout)
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase { database in
      guard csqlite_make_defensive(database.sqliteConnection) == SQLITE_OK else {
        throw DatabaseError(resultCode: database.lastErrorCode, message: "no defensive mode")
      }
      sqlite3_limit(database.sqliteConnection, SQLITE_LIMIT_ATTACHED, 0)
      sqlite3_limit(database.sqliteConnection, SQLITE_LIMIT_LENGTH, 64 << 20)
      try database.execute(
        sql: """
          PRAGMA trusted_schema = OFF;
          PRAGMA mmap_size = 0;
          PRAGMA cell_size_check = ON;
          """)
      database.add(tokenizer: IndexTokenizer.self)
    }
    return configuration
  }
}

extension Database {
  /// Stops any statement that `body` runs once the time has come, with `SQLITE_INTERRUPT` (R37).
  func limited<T>(
    until end: ContinuousClock.Instant, _ body: () throws -> T
  ) rethrows -> T {
    var deadline = end
    return try withUnsafeMutablePointer(to: &deadline) { deadline in
      sqlite3_progress_handler(
        sqliteConnection, 2_000,
        { deadline in
          guard let deadline else { return 0 }
          let end = deadline.assumingMemoryBound(to: ContinuousClock.Instant.self).pointee
          return ContinuousClock.now > end ? 1 : 0
        }, deadline)
      defer { sqlite3_progress_handler(sqliteConnection, 0, nil, nil) }
      return try body()
    }
  }
}

extension PostError {
  /// Translates what the database said about the reader's state.
  init(state error: any Error, path: String) {
    self.init(error, path: path)
    switch self {
    case .damaged, .notALibrary: self = .stateDamaged(path: path)
    default: break
    }
  }

  /// Translates what the database said about the file at `path`.
  init(_ error: any Error, path: String) {
    if let error = error as? PostError {
      self = error
      return
    }
    guard let error = error as? DatabaseError else {
      self = .failed(path: path, reason: String(describing: error))
      return
    }
    switch error.resultCode {
    case .SQLITE_CORRUPT: self = .damaged(path: path, reason: error.message ?? "malformed")
    case .SQLITE_NOTADB: self = .notALibrary(path: path, reason: "no SQLite database")
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
    case .SQLITE_FULL: self = .diskFull(path: path)
    case .SQLITE_INTERRUPT: self = .interrupted
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN:
      self = .notAllowed(path: path, reason: error.message ?? "no right to open it")
    default: self = .failed(path: path, reason: error.message ?? "error \(error.resultCode)")
    }
  }
}

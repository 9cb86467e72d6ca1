import Foundation
import GRDB

/// The library's file: whether it may be believed, and how it is opened after a sync was killed.
enum LibraryFile {
  /// Opens for reading, after finishing the rollback of a killed sync if there is one (R22).
  static func openForReading(_ url: URL) throws(PostError) -> DatabaseQueue {
    try check(url)
    do {
      return try open(url, Connection.reading())
    } catch let error as DatabaseError where needsRollback(error, path: url.path) {
      try rollBack(url)
    } catch {
      throw PostError(error, path: url.path)
    }
    try check(url)
    do {
      return try open(url, Connection.reading())
    } catch {
      throw PostError(error, path: url.path)
    }
  }

  /// Opens for reading what no sync is writing just now; nil if one is.
  static func openIfWhole(_ url: URL) throws(PostError) -> DatabaseQueue? {
    FileAccess.size(journal(of: url)) > 0 ? nil : try openForReading(url)
  }

  /// Looks at the file from outside; while a journal stands beside it its bytes mean nothing yet.
  private static func check(_ url: URL) throws(PostError) {
    try FileAccess.checkFile(url)
    guard FileAccess.size(journal(of: url)) == 0 else { return }
    guard FileAccess.size(url) > 0 else { throw .libraryMissing(path: url.path) }
    try LibraryHeader.check(url)
  }

  /// Refuses a stranger's file before SQLite could change anything in it; an empty one is ours.
  static func checkForWriting(_ url: URL) throws(PostError) {
    if FileAccess.size(url) > 0 { try check(url) } else { try FileAccess.checkFile(url) }
  }

  private static func journal(of url: URL) -> URL { URL(fileURLWithPath: url.path + "-journal") }

  private static func open(_ url: URL, _ configuration: Configuration) throws -> DatabaseQueue {
    let queue = try DatabaseQueue(path: url.path, configuration: configuration)
    try queue.read { try LibrarySchema.check($0, path: url.path) }
    return queue
  }

  /// Whether a journal is left that only a writer may play back.
  static func needsRollback(_ error: DatabaseError, path: String) -> Bool {
    switch error.extendedResultCode {
    case .SQLITE_READONLY_ROLLBACK, .SQLITE_READONLY_RECOVERY: true
    default:
      [.SQLITE_READONLY, .SQLITE_CANTOPEN].contains(error.resultCode)
        && FileAccess.size(journal(of: URL(fileURLWithPath: path))) > 0
    }
  }

  /// Opens once for writing, which lets SQLite play the journal back; only under the sync's lock.
  private static func rollBack(_ url: URL) throws(PostError) {
    guard access(url.deletingLastPathComponent().path, W_OK) == 0, access(url.path, W_OK) == 0
    else { throw .unfinishedSync(path: url.path, owner: FileAccess.owner(of: url)) }
    let lock = try SyncLock.take(besides: url, waiting: Connection.busyTimeout)
    defer { lock.release() }
    do {
      let queue = try DatabaseQueue(path: url.path, configuration: Connection.writing())
      try queue.writeWithoutTransaction { database in
        _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master")
      }
      try queue.close()
    } catch {
      throw PostError(error, path: url.path)
    }
  }

  /// Makes an empty file that nobody else can read; SQLite gives its journal the same mode.
  static func make(_ url: URL) throws(PostError) {
    let descriptor = Foundation.open(
      url.path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw .notAllowed(path: url.path, reason: FileAccess.reason(errno))
    }
    close(descriptor)
  }

  /// Gives an empty file its tables, and those of another version room for ours; refuses a
  /// stranger's file.
  static func prepare(_ database: Database, path: String) throws {
    let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
    guard tables > 0 else { return try LibrarySchema.create(in: database) }
    do {
      try LibrarySchema.check(database, path: path)
    } catch PostError.otherVersion {
      try LibrarySchema.drop(from: database)
      try LibrarySchema.create(in: database)
    }
  }
}

package import Foundation
import GRDB

/// The one way to change a library: everything between two revisions is one transaction under the
/// sync's lock, so a reader sees the posts before it or those after it.
package final class LibraryWriter: Sendable {
  private let queue: DatabaseQueue
  private let path: String
  private let lock: SyncLock?

  /// Takes the lock and opens the library, which is made if there is none.
  ///
  /// One of another version is emptied in the same transaction that fills it again; a file that is
  /// no library is refused. A library of more than `largest` bytes is treated as a full disk.
  package init(at url: URL, largest: Int = 8 << 30) throws(PostError) {
    try FileAccess.makeFolder(url.deletingLastPathComponent())
    let lock = try SyncLock.take(besides: url)
    do {
      if !FileManager.default.fileExists(atPath: url.path) { try LibraryFile.make(url) }
      try LibraryFile.checkForWriting(url)
      queue = try DatabaseQueue(
        path: url.path, configuration: Connection.writing(largest: largest))
    } catch {
      throw PostError(error, path: url.path)
    }
    self.lock = lock
    path = url.path
  }

  /// Writes to a library that lives in memory.
  package init(_ library: PostLibrary) {
    queue = library.queue
    path = library.path
    lock = nil
  }

  /// Makes one revision out of what `body` does; if it throws, or nothing is to be kept, nothing has
  /// happened.
  ///
  /// An error of the commit itself does not prove that nothing was written (R23); so nothing is
  /// undone by hand, and the next sync finds out what there is.
  package func replace<T>(
    keeping: Bool = true, _ body: (LibraryTransaction) throws -> T
  ) throws -> T {
    do {
      return try queue.writeWithoutTransaction { database in
        var result: T?
        try database.inTransaction(.immediate) {
          try LibraryFile.prepare(database, path: path)
          let transaction = LibraryTransaction(database, path: path)
          result = try body(transaction)
          try transaction.seal()
          return keeping ? .commit : .rollback
        }
        guard let result else { throw PostError.interrupted }
        return result
      }
    } catch let error as DatabaseError {
      throw PostError(error, path: path)
    }
  }

  /// Refuses to go on where the disk has less than this many bytes left (R27).
  package func requireSpace(_ bytes: Int) throws(PostError) {
    guard lock != nil, let free = FileAccess.freeSpace(besides: URL(fileURLWithPath: path)),
      free < bytes
    else { return }
    throw .tooLittleSpace(path: path, need: bytes, have: free)
  }

  /// Closes the file and gives the lock back.
  package func close() throws(PostError) {
    defer { lock?.release() }
    guard lock != nil else { return }
    do { try queue.close() } catch { throw PostError(error, path: path) }
  }
}

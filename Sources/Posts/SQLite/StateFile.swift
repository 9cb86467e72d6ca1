import Foundation
import GRDB

/// How `state.sqlite` is found, made, moved aside or replaced by memory.
struct StateFile {
  var queue: DatabaseQueue
  /// What the reader has to be told about it, if anything.
  var notice: String?

  /// Opens the file at `url`; where nothing can be written its content is read into memory.
  static func open(_ url: URL, schema: StateSchema) throws(PostError) -> StateFile {
    do {
      try FileAccess.makeFolder(url.deletingLastPathComponent())
      guard makeFile(url) else { return try inMemory(copying: url, schema: schema) }
      try FileAccess.checkFile(url)
      return try openForWriting(url, schema: schema)
    } catch PostError.notAllowed(_, reason: _) where !isWritable(url) {
      return try inMemory(copying: url, schema: schema)
    } catch {
      throw PostError(state: error, path: url.path)
    }
  }

  /// State that ends with the process.
  static func inMemory(schema: StateSchema) throws(PostError) -> StateFile {
    do {
      let queue = try DatabaseQueue(configuration: Connection.writing())
      try schema.migrate(queue, url: nil)
      return StateFile(queue: queue)
    } catch {
      throw PostError(state: error, path: "the state in memory")
    }
  }

  private static func openForWriting(_ url: URL, schema: StateSchema) throws -> StateFile {
    var notice: String?
    if try isUnreadable(url, schema: schema) {
      let aside = try moveAside(url)
      notice = "The reading state could not be read; it was kept as \(aside.lastPathComponent)."
      _ = makeFile(url)
    }
    let queue = try DatabaseQueue(path: url.path, configuration: Connection.writing())
    try schema.migrate(queue, url: url)
    return StateFile(queue: queue, notice: notice)
  }

  private static func isUnreadable(_ url: URL, schema: StateSchema) throws -> Bool {
    do {
      let queue = try DatabaseQueue(path: url.path, configuration: Connection.writing())
      switch try schema.kind(of: queue) {
      case .empty, .ours: return false
      case .foreign: return true
      case .newer: throw PostError.stateIsNewer(path: url.path)
      }
    } catch let error as DatabaseError
      where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode)
    {
      return true
    }
  }

  /// Reads a state that cannot be written into memory, or begins an empty one there.
  private static func inMemory(copying url: URL, schema: StateSchema) throws(PostError) -> StateFile
  {
    let notice = "The reading state cannot be written to \(url.path); it lasts until you quit."
    do {
      guard FileAccess.size(url) > 0 else {
        return StateFile(queue: try inMemory(schema: schema).queue, notice: notice)
      }
      let stored = try DatabaseQueue(path: url.path, configuration: Connection.reading())
      if try schema.kind(of: stored) == .newer { throw PostError.stateIsNewer(path: url.path) }
      let queue = try DatabaseQueue(configuration: Connection.writing())
      try stored.backup(to: queue)
      try schema.migrate(queue, url: nil)
      return StateFile(queue: queue, notice: notice)
    } catch {
      throw PostError(state: error, path: url.path)
    }
  }

  /// Makes the file with mode 0600; whether it can be written to.
  private static func makeFile(_ url: URL) -> Bool {
    let descriptor = Foundation.open(
      url.path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return false }
    close(descriptor)
    return isWritable(url)
  }

  private static func isWritable(_ url: URL) -> Bool {
    access(url.deletingLastPathComponent().path, W_OK) == 0 && access(url.path, W_OK) == 0
  }

  /// Renames the file and its journal to a name that is still free.
  private static func moveAside(_ url: URL) throws -> URL {
    let names = (1...).lazy.map { url.appendingPathExtension("unreadable-\($0)") }
    guard let aside = names.first(where: { !FileManager.default.fileExists(atPath: $0.path) })
    else { return url }
    try FileManager.default.moveItem(at: url, to: aside)
    let journal = url.path + "-journal"
    if FileManager.default.fileExists(atPath: journal) {
      try FileManager.default.moveItem(atPath: journal, toPath: aside.path + "-journal")
    }
    return aside
  }
}

package import Foundation
import GRDB

extension ReaderState {
  /// What is wrong with the state at `url`, for `downlink check`; nothing is changed or made (R26).
  ///
  /// No advice here touches the state: there is nothing to rebuild it from (R25).
  package static func findings(at url: URL) -> [Finding] {
    guard FileManager.default.fileExists(atPath: url.path) else { return [] }
    do {
      try FileAccess.checkFile(url)
      let queue = try DatabaseQueue(path: url.path, configuration: Connection.reading())
      switch try StateSchema.current.kind(of: queue) {
      case .empty, .ours: return try problems(queue, url)
      case .newer: throw PostError.stateIsNewer(path: url.path)
      case .foreign: return [unreadable(url, "it is not a reading state of downlink")]
      }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY {
      return [
        Finding(
          subject: url.path, problem: "a change of it was cut off",
          advice: "start downlink once, which finishes it", isError: false)
      ]
    } catch let error as DatabaseError
      where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode)
    {
      return [unreadable(url, error.message ?? "it is damaged")]
    } catch {
      return [Finding(subject: url.path, PostError(state: error, path: url.path))]
    }
  }

  /// The list of sources in the state at `url`, which is neither made nor set aside for that.
  package static func sources(at url: URL) throws(PostError) -> [SourceRecord] {
    guard FileManager.default.fileExists(atPath: url.path) else { return [] }
    do {
      let queue = try DatabaseQueue(path: url.path, configuration: Connection.reading())
      switch try StateSchema.current.kind(of: queue) {
      case .empty: return []
      case .ours: return try queue.read(SourceRecord.all)
      case .newer: throw PostError.stateIsNewer(path: url.path)
      case .foreign: throw PostError.stateDamaged(path: url.path)
      }
    } catch {
      throw PostError(state: error, path: url.path)
    }
  }

  private static func problems(_ queue: DatabaseQueue, _ url: URL) throws -> [Finding] {
    let problems = try queue.read { try String.fetchAll($0, sql: "PRAGMA integrity_check(20)") }
    return problems.filter { $0 != "ok" }.map { unreadable(url, $0) }
  }

  private static func unreadable(_ url: URL, _ problem: String) -> Finding {
    Finding(
      subject: url.path, problem: problem,
      advice: "start downlink, which begins a new one and keeps this one beside it")
  }
}

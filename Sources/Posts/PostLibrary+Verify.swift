import Foundation
import GRDB

extension PostLibrary {
  /// Everything that is wrong with this library, for `downlink check`; nothing is changed (R26).
  ///
  /// The check of the full-text index is a write to SQLite, so it is made on a copy.
  package func verify() throws(PostError) -> [Finding] {
    do {
      let integrity = try queue.read { try Self.integrity(of: $0, path) }
      let posts = try queue.read { try Self.hashes(of: $0, path) }
      return try integrity + posts + index() + filesBesides()
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
      return [Self.damage(path, error.message ?? "malformed")]
    } catch {
      throw PostError(error, path: path)
    }
  }

  private static func damage(_ subject: String, _ problem: String) -> Finding {
    Finding(subject: subject, problem: problem, advice: "run `downlink sync --rebuild`")
  }

  private static func integrity(of database: Database, _ path: String) throws -> [Finding] {
    try String.fetchAll(database, sql: "PRAGMA integrity_check(20)")
      .filter { $0 != "ok" }.map { damage(path, $0) }
  }

  /// SQLite's own check sees few changed bits; the hashes see all of them (R24).
  private static func hashes(of database: Database, _ path: String) throws -> [Finding] {
    var findings: [Finding] = []
    let rows = try Row.fetchCursor(
      database, sql: "SELECT \(PostRow.postColumns) FROM \(PostRow.posts) ORDER BY slug")
    while let row = try rows.next() {
      if PostRow.post(row)?.hash != row.bytes("sha256") {
        findings.append(damage(row.text("slug"), "the post is not as it was synced"))
      }
    }
    findings += try ImageTable(database).faults().map { damage(path, $0) }
    if try !LibraryList(database).isIntact() {
      findings.append(damage(path, "the list of posts is not as it was synced"))
    }
    return findings
  }

  /// The copy has no name, so that SQLite keeps in memory what fits its cache and the rest in a file
  /// that is gone with it.
  private func index() throws -> [Finding] {
    let copy = try DatabaseQueue(path: "", configuration: Connection.writing())
    try queue.backup(to: copy)
    do {
      // Without the 1 a changed content row goes unnoticed.
      try copy.writeWithoutTransaction {
        try $0.execute(
          sql: "INSERT INTO search_index(search_index, rank) VALUES ('integrity-check', 1)")
      }
      return []
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
      return [Self.damage(path, "the search index does not match the posts")]
    }
  }

  /// A journal with something to undo was played back when the library was opened; what is left
  /// now holds nothing.
  private func filesBesides() -> [Finding] {
    let journal = URL(fileURLWithPath: path + "-journal")
    guard FileAccess.size(journal) > 0 else { return [] }
    return [
      Finding(
        subject: journal.path, problem: "an empty journal is left of a sync that was cut off",
        advice: "the next `downlink sync` clears it", isError: false)
    ]
  }
}

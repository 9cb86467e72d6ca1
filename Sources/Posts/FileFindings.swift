package import Foundation

/// What `downlink check` finds about files from outside: whose they are, who may write to them, and
/// how much room there is (R26, R30).
package enum FileFindings {
  /// Bytes below which the next sync may fail.
  private static let littleSpace = 64 << 20

  /// A folder of ours or a file in it that others may look into or somebody else owns.
  package static func access(_ url: URL) -> [Finding] {
    var status = stat()
    guard lstat(url.path, &status) == 0 else { return [] }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFREG || kind == S_IFDIR else {
      return [
        Finding(
          subject: url.path, problem: "it is neither a file nor a folder",
          advice: "move it away and run `downlink sync`")
      ]
    }
    let wanted: mode_t = kind == S_IFDIR ? 0o700 : 0o600
    let name = FileAccess.owner(of: url)
    if status.st_uid != geteuid() {
      return [
        Finding(
          subject: url.path, problem: "it belongs to \(name)",
          advice: "have \(name) or root give it back with `chown`")
      ]
    }
    guard status.st_mode & 0o077 != 0 else { return [] }
    let mode = String(status.st_mode & 0o777, radix: 8)
    return [
      Finding(
        subject: url.path, problem: "others have rights to it (mode \(mode))",
        advice: "run `downlink check --repair` or `chmod \(String(wanted, radix: 8))`",
        isError: status.st_mode & 0o022 != 0)
    ]
  }

  /// Takes others' rights away from a folder or file of this user's.
  package static func repairAccess(_ url: URL) {
    var status = stat()
    guard lstat(url.path, &status) == 0, status.st_uid == geteuid(),
      [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
    else { return }
    chmod(url.path, status.st_mode & 0o700)
  }

  /// A disk on which the next sync of this library may not fit (R27).
  package static func space(besides library: URL) -> [Finding] {
    let need = max(littleSpace, 2 * FileAccess.size(library))
    guard let free = FileAccess.freeSpace(besides: library), free < need else { return [] }
    return [
      Finding(
        subject: library.path, problem: "there are \(free >> 20) MiB free beside it",
        advice: "free \(need >> 20) MiB before the next sync", isError: false)
    ]
  }

  /// Whether SQLite would play a journal back: one that was cut off before its header was written
  /// begins with a zero, and undoes nothing.
  private static func isHot(_ journal: URL) -> Bool {
    let handle = FileHandle(forReadingAtPath: journal.path)
    defer { try? handle?.close() }
    let first = try? handle?.read(upToCount: 1)
    return first?.first.map { $0 != 0 } ?? false
  }

  /// A journal that holds something to undo: a sync was cut off (R22).
  package static func journal(besides library: URL) -> [Finding] {
    let journal = URL(fileURLWithPath: library.path + "-journal")
    guard isHot(journal) else { return [] }
    return [
      Finding(
        subject: journal.path, problem: "a sync was cut off and its changes are not undone yet",
        advice: "run `downlink check --repair`, or read or sync, which undo them too")
    ]
  }
}

extension Finding {
  /// What an error's sentence says, which holds its own advice behind the last semicolon.
  package init(subject: String, _ error: PostError) {
    let sentence = error.description.dropLast(error.description.hasSuffix(".") ? 1 : 0)
    let parts = sentence.split(separator: "; ")
    self.init(
      subject: subject, problem: parts.dropLast().joined(separator: "; "),
      advice: parts.last.map(String.init) ?? "run `downlink check` again")
  }
}

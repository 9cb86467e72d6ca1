import Foundation
import Sync
import Testing

/// A git repository in a temporary folder, written by `git fast-import`, and the source that reads it.
final class Repository: Sendable {
  let root: URL
  let folder: URL

  init() throws {
    root = FileManager.default.temporaryDirectory.appending(path: "downlink-\(UUID())")
    folder = root.appending(path: "blog.git", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(
      at: root, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try git(["init", "--quiet", "--bare", "--initial-branch=main", folder.path])
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  var cache: URL { root.appending(path: "cache") }
  var library: URL { root.appending(path: "data/library.sqlite") }

  func source() throws -> Source {
    .git(GitSource(name: "blog", address: try GitAddress(folder.path), cache: cache))
  }

  func sync() throws -> SyncSummary {
    try Synchronizer(library: library, demos: []).sync(try source())
  }

  /// One change of a file: its mode and content, or nil to delete it.
  typealias Change = (path: String, mode: String, content: String?)

  /// Adds a commit on the main branch; with `force` it has no parent.
  func commit(_ changes: [Change], force: Bool = false, time: Int = 1_767_225_600) throws {
    try commits([changes], force: force, time: time)
  }

  /// Adds commits in one go, of the same time in seconds since 1970.
  func commits(
    _ commits: [[Change]], force: Bool = false, time: Int = 1_767_225_600
  ) throws {
    var stream = ""
    var parent = force ? nil : try? git(["--git-dir", folder.path, "rev-parse", "main"])
    if force { stream += "reset refs/heads/main\n" }
    for changes in commits {
      stream += "commit refs/heads/main\ncommitter x <x@example.org> \(time) +0000\ndata 1\nx\n"
      if let first = parent { stream += "from \(first)" }
      parent = nil
      for (path, mode, content) in changes {
        guard let content else {
          stream += "D \(path)\n"
          continue
        }
        if mode == "160000" {
          stream += "M \(mode) \(content) \(path)\n"
        } else {
          stream += "M \(mode) inline \(path)\ndata \(content.utf8.count)\n\(content)\n"
        }
      }
    }
    try git(["--git-dir", folder.path, "fast-import", "--quiet", "--force"], input: stream)
  }

  @discardableResult
  func git(_ arguments: [String], input: String = "") throws -> String {
    let file = root.appending(path: "input")
    try Data(input.utf8).write(to: file)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git"] + arguments
    process.standardInput = try FileHandle(forReadingFrom: file)
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.featureUnsupported) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A regular file in a commit.
func file(_ path: String, _ content: String) -> Repository.Change { (path, "100644", content) }

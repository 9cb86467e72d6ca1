import DemoKit
import Foundation
import Subprocess
import SystemPackage

/// The built program in a home of its own.
struct BuiltReader {
  let program: String
  let environment: Environment
  /// Holds its library and its state.
  let home: String

  var library: String { home + "/downlink/library.sqlite" }

  /// Makes a home with a library of the shipped posts, hands the reader to `body` and removes the
  /// home.
  static func withLibrary<T>(_ body: (BuiltReader) async throws -> T) async throws -> T {
    try await withHome { reader in
      try await reader.run(["sync"])
      return try await body(reader)
    }
  }

  /// Makes a home whose library has one post, `long`, and hands its file over too.
  static func withPost<T>(
    _ markdown: String, _ body: (BuiltReader, String) async throws -> T
  ) async throws -> T {
    try await withHome { reader in
      let folder = URL(filePath: reader.home).appending(path: "posts")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let file = folder.appending(path: "long.md")
      try Data(markdown.utf8).write(to: file)
      try await reader.run(["sync", folder.path])
      return try await body(reader, file.path)
    }
  }

  /// Makes an empty home, hands the reader to `body` and removes the home.
  static func withHome<T>(_ body: (BuiltReader) async throws -> T) async throws -> T {
    let home = FileManager.default.temporaryDirectory.appending(path: "downlink-bench-\(UUID())")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: home) }
    let reader = BuiltReader(
      program: URL(filePath: Resources.executablePath()).deletingLastPathComponent()
        .appending(path: "downlink").path,
      environment: .inherit.updating([
        "XDG_DATA_HOME": home.path, "XDG_STATE_HOME": home.path, "TERM": "xterm-256color",
        "LC_ALL": "C.UTF-8",
      ]), home: home.path)
    return try await body(reader)
  }

  /// Runs the program; what it writes goes to a file, if there is one to take it.
  func run(_ arguments: [String], output: String = "/dev/null") async throws {
    let file = try FileDescriptor.open(
      FilePath(output), .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
    let result = try await Subprocess.run(
      .path(FilePath(program)), arguments: Arguments(arguments), environment: environment,
      output: .fileDescriptor(file, closeAfterSpawningProcess: true),
      error: .string(limit: 1 << 16))
    guard result.terminationStatus.isSuccess else {
      throw BenchError.noFigure(
        command: ([program] + arguments).joined(separator: " "), complaint: result.standardError)
    }
  }

  /// The seconds of many runs, after a few that warm the file system's cache.
  func repeated(
    _ effort: Effort, _ seconds: () async throws -> Double
  ) async throws -> Measurement {
    var figures: [Double] = []
    for run in 0..<(10 * effort.windows + 3) {
      let figure = try await seconds()
      if run >= 3 { figures.append(figure) }
    }
    return Measurement(unit: "s", wall: figures, processor: figures)
  }
}

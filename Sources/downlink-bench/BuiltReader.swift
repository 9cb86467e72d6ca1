import DemoKit
import Foundation
import Subprocess
import SystemPackage

/// The built program with a library of the shipped posts.
struct BuiltReader {
  let program: String
  let environment: Environment
  /// Holds its library and its state.
  let home: String

  var library: String { home + "/downlink/library.sqlite" }

  /// Makes a home with a library, hands the reader to `body` and removes the home.
  static func withLibrary<T>(_ body: (BuiltReader) async throws -> T) async throws -> T {
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
    try await reader.run(["sync"])
    return try await body(reader)
  }

  func run(_ arguments: [String]) async throws {
    let result = try await Subprocess.run(
      .path(FilePath(program)), arguments: Arguments(arguments), environment: environment,
      output: .discarded, error: .string(limit: 1 << 16))
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

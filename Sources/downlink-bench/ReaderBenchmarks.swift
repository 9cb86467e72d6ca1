import DemoKit
import Foundation
import Subprocess
import SystemPackage

/// The program as a user starts it, in seconds from its start.
var readerBenchmarks: [Benchmark] {
  [
    Benchmark(
      seconds: "reader to first frame", by: .wall, bound: .atMost(0.010, target: 0.005)
    ) { effort in
      try await BuiltReader.withLibrary { reader in
        try await reader.repeated(effort) {
          try await PseudoTerminal().secondsToFirstFrame(of: reader.program, reader.environment)
        }
      }
    },
    command(["list"]),
    command(["search", "diffusion"]),
    command(["read", "ddpm"]),
  ]
}

private func command(_ arguments: [String]) -> Benchmark {
  Benchmark(seconds: "downlink " + arguments.joined(separator: " "), by: .wall) { effort in
    try await BuiltReader.withLibrary { reader in
      try await reader.repeated(effort) {
        let start = Moment()
        try await reader.run(arguments)
        return Moment.since(start).wall
      }
    }
  }
}

/// The built program with a library of the shipped posts.
private struct BuiltReader {
  let program: String
  let environment: Environment

  /// Makes a home with a library, hands the reader to `body` and removes the home.
  static func withLibrary(
    _ body: (BuiltReader) async throws -> Measurement
  ) async throws -> Measurement {
    let home = FileManager.default.temporaryDirectory.appending(path: "downlink-bench-\(UUID())")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: home) }
    let reader = BuiltReader(
      program: URL(filePath: Resources.executablePath()).deletingLastPathComponent()
        .appending(path: "downlink").path,
      environment: .inherit.updating([
        "XDG_DATA_HOME": home.path, "XDG_STATE_HOME": home.path, "TERM": "xterm-256color",
        "LC_ALL": "C.UTF-8",
      ]))
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

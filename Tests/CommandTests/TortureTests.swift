import Foundation
import Testing

/// The rows of `make torture` at the level `commit`: kills, power cuts, faults, full disks, rivals,
/// damage with its remedies, slow and deep Markdown, planted bundles, hostile repositories and
/// front matters, traps in folders, and what a run touches.
///
/// One after the other, each on two cores at most, since other tests measure time.
@Suite(.serialized) struct TortureTests {
  private static let rows = [
    "T01", "T02", "T03", "T05", "T06", "T07", "T09", "T19", "T20", "T21", "T27", "T28", "T30",
  ]

  private static let hasPython =
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/python3")
    }

  @Test(.enabled(if: hasPython, "the rows are scripts for python3"), arguments: rows)
  func `nothing is lost`(row: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", folder.appending(path: "Torture/torture.py").path, Program.executable.path,
      "--level", "commit", "--only", row,
    ]
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let said = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(said)")
    #expect(said.contains("\(row) PASS") || said.contains("\(row) SKIP"), "\(said)")
  }
}

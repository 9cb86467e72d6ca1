import Foundation
package import Testing

/// Compares `text` with the file `Snapshots/<name>.<type>` beside the calling test.
///
/// A missing snapshot is written and fails once, so that it is looked at before it is kept;
/// `RECORD=1` in the environment rewrites it (`make record`), to be read in the diff.
package func expectSnapshot(
  _ text: String, named name: String, type: String = "txt", file: String = #filePath,
  location: SourceLocation = #_sourceLocation
) {
  let url = URL(filePath: file).deletingLastPathComponent()
    .appending(path: "Snapshots/\(name).\(type)")
  let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"
  if !isRecording, let expected = try? String(contentsOf: url, encoding: .utf8) {
    #expect(text == expected, "differs from Snapshots/\(name).\(type)", sourceLocation: location)
    return
  }
  do {
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  } catch {
    Issue.record("cannot write \(url.path): \(error)", sourceLocation: location)
  }
  if !isRecording {
    Issue.record("recorded Snapshots/\(name).\(type); look at it", sourceLocation: location)
  }
}

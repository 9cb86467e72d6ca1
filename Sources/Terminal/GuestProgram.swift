import Foundation
package import Reader
import Subprocess
import SystemPackage

/// Starts the user's editor, pager, browser or command on the terminal, by a list of arguments and
/// never by a shell (R39), and waits for its end.
package struct GuestProgram: Sendable {
  private let environment: [String: String]

  package init(environment: [String: String]) {
    self.environment = environment
  }

  package func run(_ guest: Guest) async throws {
    switch guest {
    case .command(let words, let input): try await run(words, input: input)
    case .browser(let address):
      try await run((words("BROWSER") ?? ["xdg-open"]) + [address.string], input: nil)
    case .viewer(let text, let file):
      if let editor = words("VISUAL") ?? words("EDITOR") {
        try await inFile(text, named: file) { try await run(editor + [$0], input: nil) }
      } else {
        let pager = words("PAGER") ?? ["less"]
        try await run(pager == ["cat"] ? ["less"] : pager, input: text)
      }
    }
  }

  /// The words of a variable; nil if there are none.
  private func words(_ variable: String) -> [String]? {
    let words = (environment[variable] ?? "").split(separator: " ").map { String($0) }
    return words.isEmpty ? nil : words
  }

  /// A copy of the text that nobody else may read and nobody may change, gone afterwards.
  private func inFile(_ text: String, named name: String, _ body: (String) async throws -> Void)
    async throws
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: "downlink-\(UUID())")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: name)
    try await body(UserFile(home: nil).write(text, to: file.path, mode: 0o400))
  }

  private func run(_ words: [String], input: String?) async throws(TerminalError) {
    let arguments = Arguments(Array(words.dropFirst()))
    guard await GuestProgram.start(words[0], arguments, input: input) else {
      throw .notStarted(program: words[0])
    }
  }

  /// - Returns: whether the program could be started; how it ends is its own affair.
  private static func start(_ name: String, _ arguments: Arguments, input: String?) async -> Bool {
    // What a pager shows is content: it starts nothing for it.
    let environment = Environment.inherit.updating(["LESSSECURE": "1", "LESSOPEN": nil])
    let program: Executable = name.contains("/") ? .path(FilePath(name)) : .name(name)
    do {
      if let input {
        _ = try await Subprocess.run(
          program, arguments: arguments, environment: environment, input: .string(input),
          output: .currentStandardOutput, error: .currentStandardError)
      } else {
        _ = try await Subprocess.run(
          program, arguments: arguments, environment: environment,
          input: .fileDescriptor(.standardInput, closeAfterSpawningProcess: false),
          output: .currentStandardOutput, error: .currentStandardError)
      }
      return true
    } catch let error as SubprocessError
      where [.spawnFailed, .executableNotFound].contains(error.code)
    {
      return false
    } catch {
      // A program that does not read all of its input has run all the same.
      return true
    }
  }
}

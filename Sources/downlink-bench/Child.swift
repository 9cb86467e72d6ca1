import Subprocess

/// Another program, run to its end.
enum Child {
  /// What it writes; the first word of the command is found as a shell finds it.
  ///
  /// - Throws: if it cannot be started, or fails with another status than the one accepted.
  static func output(of command: [String], acceptingStatus: Int32 = 0) async throws -> String {
    let result = try await Subprocess.run(
      .name(command[0]), arguments: Arguments(Array(command.dropFirst())),
      output: .string(limit: 1 << 24), error: .string(limit: 1 << 20))
    guard
      result.terminationStatus.isSuccess
        || result.terminationStatus == .exited(acceptingStatus)
    else {
      throw BenchError.noFigure(
        command: command.joined(separator: " "), complaint: result.standardError)
    }
    return result.standardOutput
  }
}

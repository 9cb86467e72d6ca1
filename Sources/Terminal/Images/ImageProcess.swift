import Glibc
package import Images
import Subprocess
import SystemPackage

/// Decodes images in processes of their own, so that a decoder which crashes, hangs or wants too
/// much is not the reader's (R38).
///
/// The child is this executable, `downlink decode-image`, in its own session and without an
/// environment. The file goes in on standard input; out comes PPM, or the name of the problem.
package struct ImageProcess: Sendable {
  private let executable: String
  private let time: Duration

  /// - Parameters:
  ///   - executable: the program to start; the default is this one, as the system knows it.
  ///   - time: how long a child may take.
  package init(executable: String = "/proc/self/exe", time: Duration = .seconds(5)) {
    self.executable = executable
    self.time = time
  }

  /// Decodes one file.
  package func raster(of bytes: [UInt8]) async -> Result<Raster, ImageProblem> {
    await withTaskGroup(of: Result<Raster, ImageProblem>.self) { group in
      group.addTask { await answer(to: bytes) }
      group.addTask {
        // Cancelled when the answer is there; a cancelled answer ends its child.
        try? await Task.sleep(for: time)
        return .failure(.tooCostly)
      }
      let first = await group.next() ?? .failure(.damaged)
      group.cancelAll()
      return first
    }
  }

  private func answer(to bytes: [UInt8]) async -> Result<Raster, ImageProblem> {
    do {
      let result = try await Subprocess.run(
        configuration, input: .array(bytes), output: .bytes(limit: Raster.mostPPMBytes),
        error: .discarded)
      if let raster = Raster(ppm: result.standardOutput) { return .success(raster) }
      let word = String(decoding: result.standardOutput, as: UTF8.self).split(separator: "\n").first
      if let problem = word.flatMap({ ImageProblem(rawValue: String($0)) }) {
        return .failure(problem)
      }
      return .failure(result.terminationStatus.ranOutOfMeans ? .tooCostly : .damaged)
    } catch {
      return .failure(.damaged)
    }
  }

  private var configuration: Configuration {
    var options = PlatformOptions()
    options.createSession = true
    // A decoder that traps shall end at once, and not after half a minute of backtrace (R16).
    let environment = [Array("SWIFT_BACKTRACE=enable=no\0".utf8)]
    return Configuration(
      executable: .path(FilePath(executable)),
      arguments: Arguments(executablePathOverride: "downlink", remainingValues: ["decode-image"]),
      environment: .custom(environment), workingDirectory: "/", platformOptions: options)
  }
}

extension TerminationStatus {
  /// Whether it ended for the time or the memory that it wanted: memory that is refused is a trap.
  fileprivate var ranOutOfMeans: Bool {
    if case .signaled(let signal) = self {
      [SIGXCPU, SIGKILL, SIGILL, SIGTRAP, SIGABRT].contains(signal)
    } else {
      false
    }
  }
}

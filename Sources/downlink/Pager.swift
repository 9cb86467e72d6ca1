import Canvas
import Glibc
import Subprocess

/// The user's pager, started without a shell.
struct Pager {
  private let words: [String]
  private let environment: [String: String]

  /// Nil where there is none to use: no terminal, or `PAGER` unset, empty or `cat`.
  init?(_ settings: Settings) {
    let words = (settings.environment["PAGER"] ?? "").split(separator: " ").map(String.init)
    guard settings.streams.outputIsTerminal, !words.isEmpty, words != ["cat"] else { return nil }
    self.words = words
    environment = settings.environment
  }

  /// Whether bold and colours reach the screen through it.
  var showsStyles: Bool {
    words[0].split(separator: "/").last == "less"
  }

  func show(_ lines: [Line], colors: ColorSupport) throws {
    let bytes = Output.bytes(of: lines, colors: colors)
    // The pager decides what an interrupt means; it must not end its parent before itself.
    signal(SIGINT, SIG_IGN)
    let result = Interruption(signals: [SIGTERM, SIGHUP], grace: .seconds(1)).run {
      await Result.of { try await run(bytes) }
    }
    guard case .success(let status) = result, status.isSuccess else {
      throw CommandError.pager(words[0])
    }
  }

  private func run(_ bytes: [UInt8]) async throws -> TerminationStatus {
    try await Subprocess.run(
      .name(words[0]), arguments: Arguments(Array(words.dropFirst())),
      environment: .inherit.updating([
        // What is shown is content: the pager starts nothing for it.
        "LESSSECURE": "1", "LESSOPEN": nil, "LESS": environment["LESS"] ?? "FRX",
      ]),
      input: .array(bytes), output: .currentStandardOutput, error: .currentStandardError
    ).terminationStatus
  }
}

extension Result where Failure == any Error {
  /// The value or the error of asynchronous work.
  fileprivate static func of(_ work: () async throws -> Success) async -> Self {
    do {
      return .success(try await work())
    } catch {
      return .failure(error)
    }
  }
}

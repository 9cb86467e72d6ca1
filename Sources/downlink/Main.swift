import ArgumentParser
import Canvas
import Glibc

/// The program's entry: it turns a command line into a command, and errors into a sentence and an
/// exit status.
@main
struct Main {
  static func main() {
    // A closed pipe then is an error of `write`, which ends quietly, and not a signal.
    signal(SIGPIPE, SIG_IGN)
    exit(status(of: Array(CommandLine.arguments.dropFirst())))
  }

  private static func status(of arguments: [String]) -> Int32 {
    do {
      var command = try DownlinkCommand.parseAsRoot(arguments)
      try command.run()
      return ExitStatus.done
    } catch let status as ExitCode {
      return status.rawValue
    } catch {
      return report(error)
    }
  }

  /// Says what went wrong, once, and gives the exit status for it.
  private static func report(_ error: any Error) -> Int32 {
    switch error {
    case OutputError.closed:
      return ExitStatus.closedPipe
    case let error as CommandError:
      Output.complain(SafeText("downlink: \(error)"))
      return error.status
    default:
      let status = DownlinkCommand.exitCode(for: error).rawValue
      guard status == ExitStatus.done || status == ExitStatus.usage else {
        Output.complain(SafeText("downlink: \(error)"))
        return status
      }
      return say(DownlinkCommand.fullMessage(for: error), status: status)
    }
  }

  /// Help, version and completions go to standard output, a wrong command line to standard error.
  private static func say(_ message: String, status: Int32) -> Int32 {
    var lines = message.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last?.isEmpty == true { lines.removeLast() }
    guard status == ExitStatus.done else {
      for line in lines { Output.complain(SafeText(line)) }
      return status
    }
    do {
      try Output.withStandardOutput { output in
        for line in lines { try output.write(SafeText(line)) }
      }
      return status
    } catch {
      return report(error)
    }
  }
}

/// What the program's exit status means.
enum ExitStatus {
  static let done: Int32 = 0
  /// The world is wrong: a file, a terminal, nothing found.
  static let failure: Int32 = 1
  /// A claim or a check does not hold.
  static let doesNotHold: Int32 = 2
  static let usage: Int32 = 64
  /// As a shell reports SIGPIPE.
  static let closedPipe: Int32 = 141
}

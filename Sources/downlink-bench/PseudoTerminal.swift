import Foundation
import Subprocess
import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A terminal of our own, to see when the reader shows its first frame.
final class PseudoTerminal {
  private let master: Int32
  private let slave: Int32

  init(columns: UInt16 = 80, rows: UInt16 = 24) throws {
    // `posix_openpt` and its like are hidden from Swift by a feature macro; this is what they do.
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var unlock: Int32 = 0
    var number: UInt32 = 0
    guard master >= 0, ioctl(master, UInt(0x4004_5431), &unlock) == 0,  // TIOCSPTLCK
      ioctl(master, UInt(0x8004_5430), &number) == 0  // TIOCGPTN
    else { throw BenchError.noTerminal }
    slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    guard slave >= 0 else { throw BenchError.noTerminal }
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(slave, UInt(TIOCSWINSZ), &size)
  }

  deinit {
    close(slave)
    close(master)
  }

  /// Starts the reader, waits until the last line of its first screen is shown, and lets it end.
  func secondsToFirstFrame(
    of program: String, _ environment: Environment
  ) async throws -> Double {
    try await secondsToFirstLine(of: program, [], environment, marked: "? keys")
  }

  /// Starts a program, waits until a text is shown, and lets it end.
  func secondsToFirstLine(
    of program: String, _ arguments: [String], _ environment: Environment, marked text: String
  ) async throws -> Double {
    let start = Moment()
    return try await conversation(with: program, arguments, environment) { _ in
      let isShown = self.wait(for: text)
      let seconds = Moment.since(start).wall
      return isShown ? seconds : nil
    }
  }

  /// What it takes to have a library open.
  struct Visit: Sendable {
    /// Seconds to the first frame.
    var seconds: Double
    /// Bytes of memory that were used at most.
    var peak: Int
  }

  /// Starts the reader, goes to the end of the list, searches, and opens what was found first.
  func visit(_ program: String, _ environment: Environment) async throws -> Visit {
    let start = Moment()
    return try await conversation(with: program, [], environment) { process in
      guard self.wait(for: "? keys") else { return nil }
      let seconds = Moment.since(start).wall
      self.send("GS")
      guard self.wait(for: "Esc") else { return nil }
      self.send("g")
      guard self.wait(for: "1/") else { return nil }
      self.send("\r")
      guard self.wait(for: "%") else { return nil }
      let peak = Self.peakMemory(of: process)
      return peak.map { Visit(seconds: seconds, peak: $0) }
    }
  }

  private static func peakMemory(of process: ProcessIdentifier) -> Int? {
    let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(separator: " ").compactMap { Int($0) }.first.map { $0 << 10 }
  }

  /// Opens the first post of the list, and waits until its status bar, which comes last, tells how
  /// much of it is read.
  func secondsToOpen(with program: String, _ environment: Environment) async throws -> Double {
    try await conversation(with: program, [], environment) { _ in
      guard self.wait(for: "? keys") else { return nil }
      // The list was a frame, and the next comes 33 ms later at the soonest.
      usleep(50_000)
      let start = Moment()
      self.send("\r")
      let isShown = self.wait(for: "%")
      let seconds = Moment.since(start).wall
      return isShown ? seconds : nil
    }
  }

  /// Opens the search, types one letter, and waits until the number of results is shown.
  func secondsFromKeyToResults(
    of program: String, _ environment: Environment
  ) async throws -> Double {
    try await conversation(with: program, [], environment) { _ in
      guard self.wait(for: "? keys") else { return nil }
      self.send("S")
      guard self.wait(for: "Esc") else { return nil }
      let start = Moment()
      self.send("g")
      let isShown = self.wait(for: "1/")
      let seconds = Moment.since(start).wall
      return isShown ? seconds : nil
    }
  }

  /// Runs a program on this terminal while `body` types and reads, and ends it; nil means that it
  /// kept silent.
  private func conversation<T: Sendable>(
    with program: String, _ arguments: [String], _ environment: Environment,
    _ body: (ProcessIdentifier) -> T?
  ) async throws -> T {
    let line = FileDescriptor(rawValue: slave)
    let result = try await Subprocess.run(
      .path(FilePath(program)), arguments: Arguments(arguments), environment: environment,
      input: .fileDescriptor(line, closeAfterSpawningProcess: false),
      output: .fileDescriptor(line, closeAfterSpawningProcess: false),
      error: .fileDescriptor(line, closeAfterSpawningProcess: false)
    ) { execution in
      // Whatever it shows by now: a key might be taken for text.
      defer { try? execution.send(signal: .terminate) }
      return body(execution.processIdentifier)
    }
    guard let seen = result.closureResult else { throw BenchError.noTerminal }
    return seen
  }

  private func send(_ keys: String) {
    _ = Array(keys.utf8).withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
  }

  /// Reads until the program has sent the text; false if it is silent for seconds.
  private func wait(for text: String) -> Bool {
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var watched = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    while poll(&watched, 1, 5_000) == 1, case let count = read(master, &buffer, buffer.count),
      count > 0
    {
      output += buffer[..<count]
      if String(decoding: output, as: UTF8.self).contains(text) { return true }
    }
    return false
  }
}

import Foundation
import Glibc
import Posts
import Testing

/// The program itself on a terminal of ours: however it ends, the terminal is as it was.
///
/// The program stands beside the tests when both were built; where it does not, nothing can be
/// tested.
@Suite(.enabled(if: BuiltProgram.path != nil))
struct RestoreTests {
  /// Starts the reader on an empty library and waits for its first screen.
  private func started(
    in folder: URL, adding variables: [String] = []
  ) throws -> (terminal: PseudoTerminal, settings: [UInt8]) {
    let library = folder.appending(path: "data/downlink/library.sqlite")
    let writer = try LibraryWriter(at: library)
    try writer.replace { _ in }
    try writer.close()
    let terminal = try PseudoTerminal()
    let settings = terminal.settings
    try terminal.start(
      try #require(BuiltProgram.path),
      environment: [
        "TERM=xterm-256color", "LANG=C.UTF-8", "HOME=\(folder.path)", "SWIFT_BACKTRACE=enable=no",
        "XDG_DATA_HOME=\(folder.path)/data", "XDG_STATE_HOME=\(folder.path)/state",
      ] + variables)
    #expect(terminal.wait(for: "downlink"))
    #expect(terminal.settings != settings)
    return (terminal, settings)
  }

  private func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "downlink-terminal-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private func expectRestored(_ terminal: PseudoTerminal, _ settings: [UInt8]) {
    #expect(terminal.settings == settings)
    let output = String(decoding: terminal.output, as: UTF8.self)
    for (on, off) in [("\u{1b}[?1049h", "\u{1b}[?1049l"), ("\u{1b}[?2004h", "\u{1b}[?2004l")] {
      let last = output.range(of: off, options: .backwards)?.lowerBound ?? output.startIndex
      let first = output.range(of: on, options: .backwards)?.lowerBound ?? output.endIndex
      #expect(last > first, "the last of \(on.dropFirst()) is not taken back")
    }
    #expect(output.contains("\u{1b}[?25h") || output.contains("\u{1b}[?12l\u{1b}[?25h"))
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
  func `a signal that asks for the end gives the terminal back`(signal: Int32) throws {
    try inFolder { folder in
      let (terminal, settings) = try started(in: folder)
      terminal.signal(signal)
      let status = try #require(terminal.end())
      #expect(status >> 8 & 0xff == 128 + signal)
      expectRestored(terminal, settings)
    }
  }

  @Test(arguments: [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT])
  func `a crash gives the terminal back and stays a crash`(signal: Int32) throws {
    try inFolder { folder in
      let (terminal, settings) = try started(in: folder)
      terminal.signal(signal)
      let status = try #require(terminal.end())
      #expect(status & 0x7f == signal)
      expectRestored(terminal, settings)
    }
  }

  @Test(arguments: ["q", "Q", "\u{3}"])
  func `a key that quits gives the terminal back`(key: String) throws {
    try inFolder { folder in
      let (terminal, settings) = try started(in: folder)
      terminal.send(key)
      #expect(try #require(terminal.end()) == 0)
      expectRestored(terminal, settings)
    }
  }

  @Test func `NO_COLOR keeps every colour code away`() throws {
    try inFolder { folder in
      let (terminal, _) = try started(in: folder, adding: ["NO_COLOR=1"])
      terminal.send("?jS采\u{1b}")
      terminal.send("Q")
      _ = terminal.end()
      let output = String(decoding: terminal.output, as: UTF8.self)
      let codes = output.matches(of: /\u{1b}\[([0-9;]*)m/).flatMap { $0.1.split(separator: ";") }
      let colors = codes.filter { code in
        guard let number = Int(code) else { return false }
        return (30...49).contains(number) || (90...107).contains(number)
      }
      #expect(colors.isEmpty)
      #expect(codes.contains("7"))
    }
  }

  @Test(arguments: [nil, "dumb", "no-such-terminal"] as [String?])
  func `a poor terminal gets a sentence and nothing else`(type: String?) throws {
    try inFolder { folder in
      let library = folder.appending(path: "downlink/library.sqlite")
      let writer = try LibraryWriter(at: library)
      try writer.replace { _ in }
      try writer.close()
      let terminal = try PseudoTerminal()
      let settings = terminal.settings
      let environment = [
        "LANG=en_US.UTF-8", "HOME=\(folder.path)", "XDG_DATA_HOME=\(folder.path)",
        "XDG_STATE_HOME=\(folder.path)",
      ]
      try terminal.start(
        try #require(BuiltProgram.path),
        environment: environment + (type.map { ["TERM=\($0)"] } ?? []))
      let status = try #require(terminal.end())
      #expect(status >> 8 & 0xff == 1)
      #expect(!terminal.output.contains(0x1b))
      #expect(String(decoding: terminal.output, as: UTF8.self).contains("downlink list"))
      #expect(terminal.settings == settings)
    }
  }
}

/// The program that was built beside these tests.
enum BuiltProgram {
  static let path: String? = {
    let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    let path = own.deletingLastPathComponent().appending(path: "downlink").path
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }()
}

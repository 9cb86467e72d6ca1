import Foundation
import Posts
import Reader
import Terminal
import Testing
import Typesetting

/// Text on its way out: to the clipboard, a file, another program.
struct HandingOnTests {
  private func inFolder(_ body: (URL) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "downlink-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder)
  }

  @Test func `a text is saved byte for byte, and nothing is overwritten`() async throws {
    try await inFolder { folder in
      let files = UserFile(home: folder.path)
      let path = folder.appending(path: "a b.md").path
      let saved = try files.write("一\u{1b}\r\n二", to: "~/a b.md")
      #expect(saved == path)
      #expect(FileManager.default.contents(atPath: path) == Data("一\u{1b}\r\n二".utf8))
      #expect(throws: TerminalError.notSaved(path: path, reason: "File exists")) { () throws in
        _ = try files.write("other", to: path)
      }
      #expect(FileManager.default.contents(atPath: path) == Data("一\u{1b}\r\n二".utf8))
    }
  }

  @Test func `a command reads the text, and its words are no shell's`() async throws {
    try await inFolder { folder in
      let file = folder.appending(path: "out;true $HOME").path
      let words = ["dd", "status=none", "of=\(file)"]
      try await GuestProgram(environment: [:]).run(.command(words, input: "$x_t$\n"))
      #expect(FileManager.default.contents(atPath: file) == Data("$x_t$\n".utf8))
    }
  }

  @Test(arguments: ["cp", "/bin/cp"])
  func `an editor gets a copy that nobody can change`(program: String) async throws {
    try await inFolder { folder in
      let copy = folder.appending(path: "copy").path
      let guests = GuestProgram(environment: ["EDITOR": "\(program) -p -t \(folder.path)"])
      try await guests.run(.viewer("原文", file: "post.md"))
      let copied = folder.appending(path: "post.md").path
      #expect(FileManager.default.contents(atPath: copied) == Data("原文".utf8))
      let attributes = try FileManager.default.attributesOfItem(atPath: copied)
      #expect(attributes[.posixPermissions] as? Int == 0o400)
      #expect(!FileManager.default.fileExists(atPath: copy))
    }
  }

  @Test func `a program that is not there is said`() async {
    let guests = GuestProgram(environment: ["BROWSER": "no-such-browser"])
    await #expect(throws: TerminalError.notStarted(program: "no-such-browser")) {
      if let address = WebAddress("https://a.example") { try await guests.run(.browser(address)) }
    }
  }

  @Test(arguments: [
    ("rgb:0000/0000/0000", Theme.Background.dark), ("rgb:ff/ff/ff", .light),
    ("rgb:1a1a/1b1b/2626", .dark), ("rgb:fdfd/f6f6/e3e3\u{1b}", .light), ("rgb:f/0/0", .dark),
  ])
  func `the terminal's answer tells dark from light`(answer: String, background: Theme.Background) {
    #expect(Theme.Background(answer: answer) == background)
  }

  @Test(arguments: ["", "rgb:", "rgb:0/0", "rgb:0/0/0/0", "rgb:x/y/z", "#ffffff", "rgb:12345/0/0"])
  func `another answer tells nothing`(answer: String) {
    #expect(Theme.Background(answer: answer) == nil)
  }
}

@MainActor
struct ClipboardTests {
  @Test func `what is copied goes through the terminal, and the theme follows its background`()
    throws
  {
    let terminal = ScriptedTerminal(
      columns: 70, rows: 16,
      script: [.until("采样"), .background(.light), .type("y"), .until("剪贴板")])
    let appearance = Appearance(theme: Theme(colors: .indexed))
    let runtime = Runtime(
      app: App(appearance: appearance, demos: []), device: terminal, services: .fixture(),
      inbox: try #require(Inbox()), messages: appearance.messages)
    _ = runtime.run()
    #expect(terminal.missed == nil)
    #expect(terminal.copied == ["sampling.md"])
  }
}

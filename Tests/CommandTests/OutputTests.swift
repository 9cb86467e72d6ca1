import Foundation
import Testing

/// What reaches the terminal, the pipe and the exit status, whatever the posts hold.
struct OutputTests {
  private static let hostile = """
    ---
    title: "红\\e[31m色\\u202e标题"
    title_en: "\\e]0;title\\a"
    date: 2026-01-11
    category: "\\u009b31m"
    tags: ["\\e[2J"]
    summary: "\\b\\b"
    ---

    ESC \u{1b}[31m, entity &#27;[31m, twice &amp;#27;, C1 \u{9b}31m, bidi \u{202e}x, `\u{1b}c`

    $\\text{\u{1b}[31m}$

    [link](http://x/\u{1b}[31m)

    ```\u{1b}[1m
    \u{1b}]52;c;AA==\u{7}
    ```
    """

  private func isClean(_ text: String, besides allowed: String = "") -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x0a: true
      case 0..<0x20, 0x7f..<0xa0, 0x202a...0x202e, 0x2066...0x2069: allowed.contains(String(scalar))
      default: true
      }
    }
  }

  @Test(arguments: [
    ["list"], ["list", "--json"], ["search", "entity"], ["search", "entity", "--json"],
    ["read", "hostile"], ["read", "hostile", "--format", "markdown"], ["stats", "--json"],
    ["search", "\u{1b}[31m"], ["read", "\u{1b}[31m"], ["run", "\u{9b}x"], ["\u{1b}c"],
    ["run", "autograd", "--set", "\u{1b}c=1"],
  ])
  func `no byte of a post or an argument acts on the terminal`(arguments: [String]) throws {
    try Program.withHome { program in
      let folder = try program.write(["hostile.md": Self.hostile])
      let synced = try program.run(["sync", folder])
      #expect(synced.status == 0, "\(synced.complaints)")
      let outcome = try program.run(arguments)
      #expect(isClean(outcome.output) && isClean(outcome.complaints))
      #expect(outcome.output.count + outcome.complaints.count > 0)
    }
  }

  @Test func `JSON is printable ASCII`() throws {
    try Program.withHome { program in
      _ = try program.run(["sync", try program.write(["hostile.md": Self.hostile])])
      for command in [["list"], ["search", "entity"], ["stats"], ["demos"]] {
        let output = try program.run(command + ["--json"]).output
        #expect(output.utf8.allSatisfy { $0 == 0x0a || (0x20..<0x7f).contains($0) })
        _ = try JSONSerialization.jsonObject(with: Data(output.utf8))
      }
    }
  }

  @Test func `colours come only when they are asked for, and NO_COLOR does not refuse that`() throws
  {
    try Program.withHome { program in
      let folder = try program.write(SamplePosts.all)
      _ = try program.run(["sync", folder])
      #expect(try !program.run(["read", "policy"]).output.contains("\u{1b}"))
      let colored = try program.run(
        ["read", "policy", "--color", "always"], environment: ["NO_COLOR": "1"])
      #expect(colored.output.contains("\u{1b}[38;5;"))
      #expect(isClean(colored.output, besides: "\u{1b}"))
    }
  }

  @Test func `a full disk is a sentence and status 1`() throws {
    try Program.withHome { program in
      for arguments in [["--help"], ["demos"], ["run", "autograd", "--preset", "quick"]] {
        let process = program.process(arguments)
        let complaints = Pipe()
        process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
        process.standardError = complaints
        try process.run()
        process.waitUntilExit()
        let said = String(
          decoding: complaints.fileHandleForReading.availableData, as: UTF8.self)
        #expect(process.terminationStatus == 1)
        #expect(said.contains("No space left on device"), "\(said)")
      }
    }
  }

  @Test func `a closed pipe is a quiet end`() throws {
    try Program.withHome { program in
      let process = program.process(["demos", "--json"])
      let (output, complaints) = (Pipe(), Pipe())
      try output.fileHandleForReading.close()
      process.standardOutput = output
      process.standardError = complaints
      try process.run()
      process.waitUntilExit()
      try complaints.fileHandleForWriting.close()
      #expect(process.terminationStatus == 141)
      #expect(complaints.fileHandleForReading.readDataToEndOfFile().isEmpty)
    }
  }

  @Test func `Markdown from standard input is laid out`() throws {
    try Program.withHome { program in
      let outcome = try program.run(["read", "-"], input: "# 标题\n\n$\\frac12$ 与 *强调*\n")
      #expect(outcome.status == 0)
      #expect(outcome.output.hasPrefix("标题\n"))
    }
  }
}

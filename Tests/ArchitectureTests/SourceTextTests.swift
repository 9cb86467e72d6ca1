import Testing

/// What must not be written anywhere.
struct SourceTextTests {
  /// The words, and why not.
  private static let banned: [(pattern: String, reason: String)] = [
    (#"[^\w.]print\("#, "output goes through Output, which checks every write"),
    (#"[^\w.]system\("#, "no shell is started"),
    (#"[^\w.]popen\("#, "no shell is started"),
    (#"\bfatalError\("#, "input never ends the program, and wrong use is a precondition"),
    (#"\btry!"#, "an error is thrown on or told"),
    (#"@unchecked Sendable"#, "the compiler checks what threads share"),
    (#"nonisolated\(unsafe\)"#, "the compiler checks what threads share"),
    (#"@testable"#, "package access is enough"),
  ]

  /// The file without its comments.
  private func code(of file: Checkout.File) -> String {
    file.lines.map { line in
      line.drop { $0 == " " }.hasPrefix("//") ? "" : String(line)
    }.joined(separator: "\n")
  }

  @Test func `banned calls and attributes do not appear`() throws {
    for file in try Checkout.swiftSources() {
      let code = code(of: file)
      for (pattern, reason) in Self.banned {
        #expect(
          try code.firstMatch(of: Regex(pattern)) == nil, "\(file.path): \(pattern); \(reason)")
      }
    }
  }

  @Test func `escape sequences are made at the edge alone`() throws {
    let makers = ["Sources/downlink/ColorSupport.swift", "Sources/downlink/Output.swift"]
    for file in try Checkout.swiftSources() where file.target != "Terminal" {
      let escapes = try Regex(#"\\u\{0*1[bB]\}|\\e\["#)
      guard code(of: file).firstMatch(of: escapes) != nil else { continue }
      #expect(makers.contains(file.path), "\(file.path)")
    }
  }

  @Test func `no source hides text from its reader`() throws {
    let endings = [".swift", ".c", ".h", ".md", ".modulemap", "Makefile", ".txt"]
    let files = try ["Sources", "Tests", "Content", "Assets"].flatMap {
      try Checkout.files(in: $0, endings: endings)
    }
    #expect(files.count > 100)
    for file in files {
      var previous: Unicode.Scalar = " "
      for scalar in file.text.unicodeScalars {
        if hides(scalar, behind: previous) {
          Issue.record("\(file.path) holds U+\(String(scalar.value, radix: 16))")
        }
        previous = scalar
      }
    }
  }

  /// Bidirectional controls, zero-width characters, tags, and controls but tab and line feed; a
  /// joiner is seen inside an emoji sequence, and hidden elsewhere.
  private func hides(_ scalar: Unicode.Scalar, behind previous: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0a: false
    case 0x200d where previous.value > 0xff && previous.properties.isEmoji: false
    case 0..<0x20, 0x7f..<0xa0, 0x61c, 0x200b...0x200f, 0x202a...0x202e, 0x2060...0x206f, 0xfeff,
      0xe0000...0xe007f:
      true
    default: false
    }
  }
}

import Canvas
import TestSupport
import Testing
import Typesetting

/// Code in colours: nothing is lost, and the words have their roles.
struct CodeHighlightingTests {
  private func roles(_ code: String, _ language: String) -> [String] {
    CodeHighlighting.tokens(of: code, language: language)
      .filter { $0.role != .body && $0.role != .codePunctuation }
      .map { "\($0.text) \($0.role)" }
  }

  @Test func `Swift`() {
    #expect(
      roles("@main struct A { let x = f(1.5e-3) } // 注\n#if \"a\\\"b\"", "swift") == [
        "@main codeKeyword", "struct codeKeyword", "A codeType", "let codeKeyword",
        "f codeFunction", "1.5e-3 codeNumber", "// 注 codeComment", "#if codeKeyword",
        "\"a\\\"b\" codeString",
      ])
  }

  @Test func `Python`() {
    #expect(
      roles("def f(x: int): # 注\n  return '''a\nb''' + str(0x1F)", "python") == [
        "def codeKeyword", "f codeFunction", "int codeType", "# 注 codeComment",
        "return codeKeyword", "'''a\nb''' codeString", "str codeType", "0x1F codeNumber",
      ])
  }

  @Test func `the shell, JSON and C`() {
    #expect(roles("if a; then echo $#; fi", "bash").count == 4)
    #expect(
      roles("{\"a\": [1, true]}", "json") == [
        "\"a\" codeString", "1 codeNumber", "true codeKeyword",
      ])
    #expect(roles("#include <a.h>\nint f(void); /* b */", "c").last == "/* b */ codeComment")
  }

  @Test func `an unknown language is plain`() {
    #expect(CodeHighlighting.tokens(of: "let x", language: "zig").map(\.role) == [.body])
  }

  @Test(arguments: ["swift", "python", "bash", "json", "c", "none"])
  func `tokens joined are the source`(language: String) {
    let pieces = [
      "let", " ", "\n", "\"", "'", "\\", "#", "//", "/*", "*/", "\"\"\"", "'''", "0x", "1.", "中文",
      "@", "(", "\t", "e-", "😀", "_",
    ]
    for seed in 1...200 {
      var random = SeededGenerator(seed: UInt64(seed))
      let code = (0..<40).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let joined = CodeHighlighting.tokens(of: code, language: language).map(\.text).joined()
      #expect(Array(joined.utf8) == Array(code.utf8), "seed \(seed)")
    }
  }

  @Test func `tabs stop every four columns`() {
    let lines = CodeHighlighting.lines(of: "\ta\tb\n中\tc", language: "", theme: .plain)
    #expect(lines.map(\.text) == ["    a   b", "中  c"])
  }
}

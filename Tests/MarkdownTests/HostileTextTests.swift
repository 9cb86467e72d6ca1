import Markdown
import TestSupport
import Testing

/// Texts that no author writes: too large, too deep, or made to be slow.
struct HostileTextTests {
  @Test func `a text over one mebibyte is refused`() {
    let text = String(repeating: "a", count: 1 << 20 + 1)
    #expect(throws: MarkdownError.tooLarge(bytes: 1_048_577)) {
      try MarkdownParser.parse(text)
    }
  }

  @Test(arguments: [">", "- ", "1. "], [65, 1_000, 100_000])
  func `blocks nested too deep are refused with their line`(mark: String, depth: Int) {
    #expect(throws: MarkdownError.tooDeep(line: 3)) {
      try MarkdownParser.parse("文\n\n" + String(repeating: mark, count: depth) + "a")
    }
  }

  @Test func `nested emphasis, links and images are refused too`() {
    for (open, close) in [("*a **b ", " c** d*"), ("![", "](x)")] {
      let text = String(repeating: open, count: 200) + String(repeating: close, count: 200)
      #expect(throws: MarkdownError.tooDeep(line: 1)) { try MarkdownParser.parse(text) }
    }
  }

  @Test func `nesting within the cap is read`() throws {
    let text = String(repeating: "> ", count: 64) + "a"
    #expect(try MarkdownParser.parse(text).blocks.count == 1)
  }

  @Test func `more formulas than there are private code points are refused`() {
    let text = String(repeating: "$x$ ", count: 70_000)
    #expect(throws: MarkdownError.tooManyFormulas(line: 1)) { try MarkdownParser.parse(text) }
  }

  @Test func `images that make cmark slow are refused`() {
    let text = "文\n\n" + String(repeating: "![[]()", count: 2_000)
    #expect(throws: MarkdownError.tooDeep(line: 3)) { try MarkdownParser.parse(text) }
  }

  /// Families that make naive scanners quadratic; each is one mark repeated, with a rest.
  static let families: [(String, String)] = [
    ("$", ""), ("$a ", ""), ("$$a ", ""), ("$\\text{", ""), ("$\\text{$}", "}"), ("\\[ a ", ""),
    ("\\\\[ 注 ", "\\\\]"), ("\\( a ", ""), ("\\begin{align}", ""), ("\\begin{align*}a", "\\end{x}"),
    ("`", "a"), ("`a``b", ""), ("<a ", ""), ("<a b='", ""), ("<!-- ", ""), ("](", ""),
    ("](a \"", ""),
    ("[^1]", "\n\n[^1]: a"), ("[^1]: a\n", ""), ("|", "\n|-|"), ("|a|\n|-|\n", ""),
    ("|`", "|\n|-|"),
    ("*a _b ", ""), ("[a](", ""), ("![[]()", ""), ("&", ""), ("\\", ""), ("a\r", ""),
  ]

  @Test(arguments: families.indices)
  func `repeated marks are read in time`(index: Int) throws {
    let (mark, rest) = Self.families[index]
    let count = 100_000 / mark.utf8.count
    let text = String(repeating: mark, count: count) + rest
    let clock = ContinuousClock()
    let time = clock.measure { _ = try? MarkdownParser.parse(text) }
    #expect(time < .seconds(2), "\(mark) repeated \(count) times")
  }
}

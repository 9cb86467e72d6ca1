import Markdown
import TestSupport
import Testing

/// Formulas come out of Markdown byte for byte, whatever stands around them.
struct SpanIdentityTests {
  private static let tex = [
    #"\frac{a}{b}\,x_{t-1}"#, #"a_1*b*c_2"#, #"\{x \mid x<0\}"#, #"p(x|y)"#, #"\text{若 }x>0"#,
    "a<b",
    #"[x](y)"#, #"\bar{\alpha}_t\!"#, "`", #"x\\y"#, "#1", #"\&\#\%"#, "f'(x)", "a__b__c", "~", "!",
  ]
  private static let fillers = [
    "文", "，", "word", " ", "\n", "**粗**", "*斜*", "`$c$`", "[l](u$v)", "<b>", "（", "\\$", "[^k]",
    "95%", "- ", "> ", "&amp;", "_", "|",
  ]

  @Test(arguments: 1...300)
  func `inline and display formulas keep their bytes`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var text = "起"
    var expected: [String] = []
    for _ in 0..<Int.random(in: 1...12, using: &random) {
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        text += Self.fillers.randomElement(using: &random) ?? ""
      }
      let body = Self.tex.randomElement(using: &random) ?? "x"
      switch Int.random(in: 0..<3, using: &random) {
      case 0: expected.append("$$\(body)$$")
      case 1: expected.append("$$\n\(body)\n$$")
      default: expected.append("$\(body)=1$")
      }
      text += "，\n\n文" + (expected.last ?? "") + "文\n\n"
    }
    let found = try MarkdownParser.parse(text + "末\n\n[^k]: 注").mathSpans.map(\.source)
    for source in expected {
      #expect(found.contains(source), "seed \(seed): \(source) in \(text)")
    }
    #expect(found.count == expected.count, "seed \(seed): \(found) in \(text)")
    // In the order of the text the sources stand in it without overlap: what is between them and
    // they together are the post.
    var rest = text[...]
    for source in found {
      guard let range = rest.firstRange(of: source) else {
        Issue.record("seed \(seed): \(source) is not in the rest of \(text)")
        return
      }
      rest = rest[range.upperBound...]
    }
  }

  @Test func `a placeholder that leaves the text puts its source back`() throws {
    let document = try MarkdownParser.parse("<div title=\"x\">$a_1$</div>\n\n文 <i $x$> 好")
    #expect(document.mathSpans.map(\.tex) == ["x"])
    #expect(document.blocks.map(\.block).first == .htmlBlock("<div title=\"x\">$a_1$</div>\n"))
  }

  @Test func `carriage returns end lines`() throws {
    let document = try MarkdownParser.parse("a\r\n$$\r\nx\r\n$$\r\nb\rc")
    #expect(document.mathSpans.map(\.source) == ["$$\r\nx\r\n$$"])
    #expect(document.blocks.map(\.line) == [1, 2, 5])
  }
}

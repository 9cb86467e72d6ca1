import Canvas
import Markdown
import TestSupport
import Testing
import Typesetting

/// What holds for every document at every width.
struct WidthTests {
  private static let inlines = [
    "扩散模型把噪声变成图像，", "**均值**与方差（见下文）。", "the quick brown fox ", "`let x = f(a, b)`", "$x_t$",
    #"$\sqrt{1-\bar\alpha_t}\,\varepsilon + \mu_\theta(x_t, t) = y$"#, "[链接](a.md)", "*强调*、",
    "https://example.com/a/b/c?d=e&f=g#h", "“引用”——", "![图](a.png)", "<br>", "95%，", "[^1]",
    "\n", "e\u{301}", "👩‍🔬",
  ]

  private func paragraph(using random: inout SeededGenerator) -> String {
    (0..<Int.random(in: 1...30, using: &random)).map { _ in
      Self.inlines.randomElement(using: &random) ?? ""
    }.joined()
  }

  /// A document with every kind of container around random paragraphs.
  private func document(seed: Int) throws -> Document {
    var random = SeededGenerator(seed: UInt64(seed))
    var text = ""
    for _ in 0..<8 {
      let body = paragraph(using: &random)
      let line = body.replacing("\n", with: " ")
      switch Int.random(in: 0..<8, using: &random) {
      case 0: text += "## \(line)\n\n"
      case 1: text += "> \(body)\n>\n> - \(line)\n>   1. \(line)\n\n"
      case 2: text += "- \(line)\n  - \(line)\n    - \(line)\n      - \(line)\n\n"
      case 3: text += "| 甲 | 乙 |\n|---|:-:|\n| \(line) | 短 |\n\n"
      case 4: text += "9. \(line)\n10. [x] \(line)\n\n"
      case 5: text += "$$\n\\frac{a}{b} = \\sum_{i=1}^n x_i\n$$\n\n"
      case 6: text += "```swift\nlet x = 1 // \(line)\n```\n\n"
      default: text += body + "\n\n"
      }
    }
    return try MarkdownParser.parse(text + "[^1]: 注释，\(paragraph(using: &random))")
  }

  @Test(arguments: 1...12)
  func `no row is wider than the page unless it moves sideways`(seed: Int) throws {
    let document = try document(seed: seed)
    for ambiguous in 1...2 {
      let displayWidth = DisplayWidth(ambiguous: ambiguous)
      for width in stride(from: 20, through: 200, by: ambiguous == 1 ? 7 : 19) {
        let typesetter = Typesetter(
          document: document, options: .init(width: width, displayWidth: displayWidth))
        let wide = typesetter.lines.filter {
          $0.fixedColumns == nil && $0.line.width(displayWidth) > width
        }
        #expect(
          wide.isEmpty,
          "seed \(seed), width \(width), ambiguous \(ambiguous): \(wide.map(\.line.text))")
      }
    }
  }

  @Test(arguments: 1...12)
  func `a row moved sideways fits the page at every offset`(seed: Int) throws {
    let document = try document(seed: seed)
    for width in [20, 33, 80] {
      let typesetter = Typesetter(document: document, options: .init(width: width))
      for line in typesetter.lines where line.fixedColumns != nil {
        for offset in stride(from: 0, through: 120, by: 7) {
          let shown = line.visibleLine(offset: offset, width: width)
          #expect(shown.width() <= width, "seed \(seed): \(shown.text)")
        }
      }
    }
  }

  @Test(arguments: 1...12)
  func `the width changes no character`(seed: Int) throws {
    let document = try document(seed: seed)
    func ink(_ width: Int) -> [Character: Int] {
      let text = Typesetter(document: document, options: .init(width: width, showsSource: true))
        .lines.map(\.line.text).joined()
      // Rules and bars of the layout itself grow with the page.
      return text.filter { !" ─━│┼┄▎".contains($0) }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
    let expected = ink(200)
    for width in [20, 27, 41, 80, 133] {
      #expect(ink(width) == expected, "seed \(seed), width \(width)")
    }
  }
}

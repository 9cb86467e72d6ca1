import Canvas
import Markdown
import TestSupport
import Testing
import Typesetting

/// Pages that nothing may be wider than, and the survey that looks at them.
struct PageSurveyTests {
  private func rows(_ text: String, width: Int) throws -> [String] {
    Typesetter(
      document: try MarkdownParser.parse(text),
      options: .init(width: width, theme: .plain, fitsWidth: true)
    ).lines.map { line in
      String(line.line.text.reversed().drop { $0 == " " }.reversed())
    }
  }

  @Test func `code goes on behind a mark and keeps every character`() throws {
    #expect(
      try rows("```\nlet x = 中文中文 // abc\n```", width: 12) == [
        "  let x =", "↪ 中文中文", "↪ // abc",
      ])
  }

  @Test func `a table that cannot fit is read row by row`() throws {
    let text = "| 方法 | 步数 | 说明 |\n|---|---|---|\n| DDPM | 1000 | 每一步都采样，质量好 |\n| DDIM | | 快 |"
    #expect(
      try rows(text, width: 20) == [
        "方法：DDPM", "步数：1000", "说明：每一步都采样，", "质量好", "┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄",
        "方法：DDIM", "说明：快",
      ])
  }

  @Test func `a formula that cannot fit stands on lines like text`() throws {
    let text = "$$\\begin{pmatrix} aaaaa & bbbbb \\\\ ccccc & ddddd \\end{pmatrix}$$"
    let rows = try rows(text, width: 12)
    #expect(rows.count > 1 && rows.allSatisfy { DisplayWidth.standard.columns(of: $0) <= 12 })
    #expect(rows.joined().filter(\.isLetter) == "aaaaabbbbbcccccddddd")
  }

  @Test func `a mark behind a display formula stays with it`() throws {
    #expect(
      try rows("得 $$\\frac{a}{b}$$，其中 $b\\neq 0$。", width: 20) == [
        "得", "        a", "       ───，", "        b", "其中 b ≠ 0。",
      ])
    let lines = try rows(
      "$$\\begin{aligned} a &= \\frac{b}{c} \\\\ &= d \\end{aligned}$$，好", width: 20)
    #expect(lines.suffix(2).joined().filter { $0 != " " } == "=d，好", "\(lines)")
    let numbered = try rows("$$x \\tag{1}$$。", width: 20)
    #expect(numbered == ["         x。     (1)"])
  }

  @Test func `rows know how they go on the row above`() throws {
    let document = try MarkdownParser.parse("一二三四五六七 word\n\n- 甲")
    let lines = Typesetter(document: document, options: .init(width: 12)).lines
    #expect(lines.map(\.line.text) == ["一二三四五六", "七 word", "", "• 甲"])
    #expect(lines.map(\.continuation) == [nil, .withinText, nil, nil])
  }

  private static let pieces = [
    "扩散模型", "，", "。", "（", "）", "“", "”", "——", "model", " ", "95%", "$x_t$", "`f(x)`", "**粗**",
    "**“粗”**", "[链](a.md)", "![图](a.png)", "<b>文</b>", "<br>", "[^1]", "$$y$$", "\n", "，$z$）",
    "\n\n- ", "\n\n> ", "\n\n| 甲（ | 乙 |\n|---|---|\n| ", " | ",
    "\n\n```c\nint a;  // 一二三四五六七八九十\n```\n\n", "\n\n## ",
    "\n\n$$\\sum_{i=1}^{n} a_i b_i c_i d_i = \\frac{1}{n}$$，",
  ]

  @Test(arguments: 1...30)
  func `no page of any width has a fault`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let text =
      (0..<150).map { _ in
        Self.pieces.randomElement(using: &random) ?? ""
      }.joined() + "\n\n[^1]: 注"
    let document = try MarkdownParser.parse(text)
    var survey = PageSurvey()
    for width in stride(from: 20, through: 200, by: 9) { survey.measure(document, width: width) }
    #expect(survey.rows > 100)
    #expect(survey.findings.isEmpty, "seed \(seed): \(survey.findings.prefix(3))")
  }
}

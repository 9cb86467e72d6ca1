import Canvas
import Markdown
import Testing
import Typesetting

/// Single blocks, their targets and their limits.
struct BlockTests {
  private func typesetter(
    _ text: String, width: Int = 40, showsSource: Bool = false
  ) throws -> Typesetter {
    Typesetter(
      document: try MarkdownParser.parse(text),
      options: .init(width: width, theme: .plain, showsSource: showsSource))
  }

  private func rows(_ text: String, width: Int = 40, showsSource: Bool = false) throws -> [String] {
    PlainText.text(of: try typesetter(text, width: width, showsSource: showsSource))
      .split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  @Test func `numbers stand flush right and items hang`() throws {
    #expect(
      try rows("9. 一二三四五六七八九\n10. 十", width: 16) == [
        " 9. 一二三四五六", "    七八九", "10. 十",
      ])
  }

  @Test func `loose items have a blank row between them`() throws {
    #expect(try rows("- a\n\n- b") == ["• a", "", "• b"])
  }

  @Test func `a soft break is no blank between ideographs`() throws {
    #expect(try rows("一行，\n二行 a\nb\n三“四\n”五") == ["一行，二行 a b 三“四”五"])
  }

  @Test func `hard breaks and HTML breaks end a row`() throws {
    #expect(try rows("一  \n二<br>三<!-- 注 --><b>四</b>") == ["一", "二", "三四"])
  }

  @Test func `HTML is hidden and its text stays`() throws {
    #expect(
      try rows("<div align=\"center\">\n  <p>文&nbsp;字</p>\n</div>\n\n<!-- a -->\n\nb") == [
        "文 字", "", "b",
      ])
  }

  @Test func `a tag does not end inside its quotes`() throws {
    #expect(try rows("<a title=\"x > y\">文</a>") == ["文"])
    #expect(try rows("<a title=\"x>文</a>") == ["<a title=\"x>文"])
  }

  @Test func `images are their alternative text`() throws {
    #expect(try rows("![损失曲线](a.png)") == ["[图：损失曲线]"])
  }

  @Test func `a wide table wraps its widest column`() throws {
    let text = "| a | 说明 |\n|---|---|\n| 1 | 这一列很长，需要折行才能放下来 |"
    #expect(
      try rows(text, width: 24) == [
        " a │ 说明", "───┼────────────────────", " 1 │ 这一列很长，需要折",
        "   │ 行才能放下来",
      ])
  }

  @Test func `a table that cannot wrap further moves sideways under its first column`() throws {
    let cell = "一二三四五六七八九十"
    let text = "|\(cell)|\(cell)|\(cell)|\n|-|-|-|\n|a|b|c|"
    let lines = try typesetter(text, width: 30).lines
    #expect(lines.allSatisfy { $0.fixedColumns == 15 })
    let first = lines[0]
    #expect(first.line.width() > 30)
    #expect(first.visibleLine(offset: 0, width: 30).text == " 一二三四五六 │ 一二三四五六 ›")
    #expect(first.visibleLine(offset: 15, width: 30).text == " 一二三四五六 │‹一二三四五六")
  }

  @Test func `code that is too wide moves as one`() throws {
    let text = "```\nshort\n\(String(repeating: "x", count: 50))\n```"
    let lines = try typesetter(text).lines
    #expect(lines.map(\.fixedColumns) == [2, 2])
    #expect(lines[1].visibleLine(offset: 0, width: 40).text.hasSuffix("x›"))
    #expect(lines[1].visibleLine(offset: 20, width: 40).text.hasPrefix("  ‹x"))
    #expect(lines[0].visibleLine(offset: 2, width: 40).text.hasPrefix("  ‹rt"))
  }

  @Test func `targets know their columns and their kind`() throws {
    let lines = try typesetter("见[甲](a.md)与$x$").lines
    #expect(
      lines[0].targets == [
        .init(id: 0, kind: .link(destination: "a.md"), columns: 2..<4),
        .init(id: 1, kind: .math(source: "$x$"), columns: 6..<7),
      ])
  }

  @Test func `a target over two rows has one identity`() throws {
    let lines = try typesetter("[一二三四五六七八](a.md)", width: 10).lines
    #expect(lines.flatMap { $0.targets.map(\.id) } == [0, 0])
    #expect(lines.map { $0.targets[0].columns } == [0..<10, 0..<6])
  }

  @Test func `a demo is one empty row with its settings`() throws {
    let lines = try typesetter("```demo\nsteps = 5\n```").lines
    #expect(lines.count == 1 && lines[0].line.text.isEmpty)
    #expect(lines[0].targets.map(\.kind) == [.demo(settings: "steps = 5\n")])
  }

  @Test func `equations are numbered through the post and referred to`() throws {
    let equation = "\\begin{equation}x\\label{a}\\end{equation}"
    let text = "\(equation)\n\n\\begin{equation}y\\label{b}\\end{equation}\n\n由 $\\eqref{b}$ 得"
    let text80 = try rows(text)
    #expect(text80[0].hasSuffix("(1)") && text80[2].hasSuffix("(2)"))
    #expect(text80.last == "由 (2) 得")
  }

  @Test func `macros hold from their definition on`() throws {
    #expect(try rows("$\\newcommand{\\v}{v}$\n\n$\\v_1$").last == "v₁")
  }

  @Test func `a broken formula shows its exact source with a mark`() throws {
    #expect(try rows("$$\n\\frac{a}{b\n$$").allSatisfy { $0.contains("! ") })
    #expect(try rows("见 $\\left( x$ 处") == ["见 $\\left( x$ 处"])
  }

  @Test func `the source of formulas can be shown`() throws {
    #expect(try rows("$x_t$", showsSource: true) == ["$x_t$"])
    let display = try rows("$$\nx\n$$", showsSource: true).map { $0.filter { $0 != " " } }
    #expect(display == ["$$", "x", "$$"])
  }

  @Test func `a display formula inside a line splits the paragraph`() throws {
    #expect(try rows("见 $$x$$ 处", width: 11) == ["见", "     x", "处"])
  }

  @Test func `footnotes stand at the end, each a block of its own`() throws {
    let typesetter = try typesetter("甲[^k]\n\n[^k]: 文献")
    #expect(typesetter.blockCount == 2 && typesetter.block(ofFootnote: 1) == 1)
    #expect(PlainText.text(of: typesetter) == "甲[1]\n\n[1] 文献\n")
  }

  @Test func `an empty document has one empty block`() throws {
    let typesetter = try typesetter("")
    #expect(typesetter.blockCount == 1 && typesetter.lines.isEmpty)
  }

  @Test func `escape sequences in a post are shown, not sent`() throws {
    #expect(try rows("a&#27;[31m`\u{1B}`") == ["a\u{FFFD}[31m\u{FFFD}"])
  }
}

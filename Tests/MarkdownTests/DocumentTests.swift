import Markdown
import Testing

/// Tables, footnotes, tasks, and what others ask a document.
struct DocumentTests {
  private func blocks(_ text: String) throws -> [Block] {
    try MarkdownParser.parse(text).blocks.map(\.block)
  }

  @Test func `a table takes its alignment from the delimiter row`() throws {
    let text = "| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | 2 | 3 | 4 |"
    guard case .table(let table) = try blocks(text).first else {
      Issue.record("no table")
      return
    }
    #expect(table.alignments == [.none, .left, .center, .right])
    #expect(table.header.map(\.plainText) == ["a", "b", "c", "d"])
    #expect(table.rows.map { $0.map(\.plainText) } == [["1", "2", "3", "4"]])
  }

  @Test func `emphasis does not cross cells, missing cells are empty, surplus ones are dropped`()
    throws
  {
    let text = "|*a|b*|\n|-|-|\n|1|\n|1|2|$x$|\n|`a|b`|c\\|d|"
    guard case .table(let table) = try blocks(text).first else {
      Issue.record("no table")
      return
    }
    #expect(table.header == [[.text("*a")], [.text("b*")]])
    #expect(table.rows[0] == [[.text("1")], []])
    #expect(table.rows[1] == [[.text("1")], [.text("2")]])
    #expect(table.rows[2] == [[.code("a|b")], [.text("c|d")]])
  }

  @Test func `lines before a table stay a paragraph, lines after it too`() throws {
    let document = try MarkdownParser.parse("前文\n| a | b |\n|---|---|\n| 1 | 2 |\n后文\n\n段")
    #expect(document.blocks.map(\.line) == [1, 2, 5, 7])
    #expect(document.blocks.map(\.block.plainText) == ["前文", "a b\n1 2", "后文", "段"])
  }

  @Test func `a row without a matching delimiter row is text`() throws {
    #expect(
      try blocks("| a | b |\n|---|\n") == [
        .paragraph([.text("| a | b |"), .softBreak, .text("|---|")])
      ])
    #expect(try blocks("标题 | 二\n---").count == 1)
  }

  @Test func `tables stand in lists and quotes, links in cells find their definition`() throws {
    let text = "- 项\n  | a |\n  |---|\n  | [x] |\n- 项\n\n> | b |\n> |---|\n> | 2 |\n\n[x]: a.md"
    let blocks = try blocks(text)
    guard case .list(let list) = blocks.first, case .table(let table) = list.items[0].blocks.last,
      case .blockQuote(let quoted) = blocks.last, case .table = quoted.first
    else {
      Issue.record("\(blocks)")
      return
    }
    #expect(list.isTight && list.items.count == 2)
    #expect(table.rows == [[[.link(destination: "a.md", title: "", content: [.text("x")])]]])
  }

  @Test func `footnotes are numbered by their first use`() throws {
    let text = "甲[^b]乙[^a]丙[^b]丁[^c] `[^a]`\n\n[^a]: 文献\n[^b]: 见 $x$ 与 *书*，\n第二行。\n\n[^d]: 无人引用"
    let document = try MarkdownParser.parse(text)
    #expect(document.footnotes.map(\.label) == ["b", "a", "d"])
    #expect(document.footnotes.map(\.content.plainText) == ["见 x 与 书， 第二行。", "文献", "无人引用"])
    #expect(
      document.blocks.map(\.block) == [
        .paragraph([
          .text("甲"), .footnoteReference(1), .text("乙"), .footnoteReference(2), .text("丙"),
          .footnoteReference(1), .text("丁[^c] "), .code("[^a]"),
        ])
      ])
  }

  @Test func `items may be tasks`() throws {
    guard case .list(let list) = try blocks("- [ ] a\n- [x] b\n- [y] c").first else {
      Issue.record("no list")
      return
    }
    #expect(list.items.map(\.isChecked) == [false, true, nil])
    #expect(list.items[1].blocks == [.paragraph([.text("b")])])
  }

  @Test func `headings have unique anchors and know their block`() throws {
    let document = try MarkdownParser.parse("# 前向 *过程* Q1\n\n文\n\n## 采样\n\n## 采样\n\n> ## 内")
    #expect(
      document.headings == [
        Heading(level: 1, text: "前向 过程 Q1", anchor: "前向-过程-q1", block: 0),
        Heading(level: 2, text: "采样", anchor: "采样", block: 2),
        Heading(level: 2, text: "采样", anchor: "采样-1", block: 3),
      ])
  }

  @Test func `links and images are listed with their line`() throws {
    let document = try MarkdownParser.parse(
      "[a](b.md#c)\n\n- ![图](d.png)\n\n[^1]\n\n[^1]: <http://e.f>")
    #expect(
      document.links == [
        Link(destination: "b.md#c", isImage: false, line: 1),
        Link(destination: "d.png", isImage: true, line: 3),
        Link(destination: "http://e.f", isImage: false, line: 5),
      ])
  }

  @Test func `sections hold text, code and TeX with their lines`() throws {
    let document = try MarkdownParser.parse("序\n\n## 采样\n\n$x_t$ 与 `f`\n\n```swift\nlet a\n```\n")
    #expect(
      document.sections == [
        TextSection(heading: "", blocks: [.init(line: 1, text: "序")]),
        TextSection(
          heading: "采样",
          blocks: [.init(line: 5, text: "x_t 与 f"), .init(line: 7, text: "let a\n")]),
      ])
  }

  @Test func `bold that CommonMark does not see is reported`() throws {
    let document = try MarkdownParser.parse("**注意**：好\n\n**注意：**这是\n\n`**`")
    #expect(document.linesWithLiteralAsterisks == [3])
  }

  @Test func `a line of the source belongs to the block that starts before it`() throws {
    let document = try MarkdownParser.parse("一\n二\n\n三\n\n\n四")
    #expect((1...7).map(document.block(atLine:)) == [0, 0, 0, 1, 1, 1, 2])
  }

  @Test func `an empty text is an empty document`() throws {
    #expect(try MarkdownParser.parse("").blocks.isEmpty)
    #expect(try MarkdownParser.parse("\n\n").blocks.isEmpty)
  }
}

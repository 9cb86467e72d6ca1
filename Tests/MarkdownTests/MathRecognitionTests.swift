import Markdown
import Testing

/// The rules of what is mathematics in a post.
struct MathRecognitionTests {
  /// The TeX of all formulas of a text.
  private func formulas(_ text: String) throws -> [String] {
    try MarkdownParser.parse(text).mathSpans.map(\.tex)
  }

  @Test func `amounts of money are no formulas`() throws {
    #expect(try formulas("价 $5 和 $6") == [])
    #expect(try formulas("从 $5，到 $6 都行，再到$7") == [])
    #expect(try formulas("a$5 b$ c") == [])
  }

  @Test func `a formula after an amount of money is found`() throws {
    #expect(try formulas("$5，共$x$") == ["x"])
  }

  @Test func `ideographs and Chinese marks may touch both dollars`() throws {
    #expect(try formulas("其中$x$是，“$y$”。") == ["x", "y"])
  }

  @Test func `code is not searched`() throws {
    #expect(try formulas("`$x$` ``a`$y$``") == [])
    #expect(try formulas("```\n$x$\n```\n\n    $y$\n") == [])
    #expect(try formulas("- 一\n\n      $y$\n") == [])
  }

  @Test func `an escaped dollar is a dollar`() throws {
    #expect(try formulas(#"\$x\$"#) == [])
    #expect(try formulas(#"$a\$b$"#) == [#"a\$b"#])
  }

  @Test func `a bold formula before an ideograph stays bold`() throws {
    let document = try MarkdownParser.parse("**$x$**是")
    let span = MathSpan(tex: "x", source: "$x$", isDisplay: false)
    #expect(
      document.blocks.map(\.block) == [
        .paragraph([.strong([.math(span)]), .text("是")])
      ])
  }

  @Test func `underscores and stars inside a formula are not emphasis`() throws {
    #expect(try formulas("$a_1*b*c_2$") == ["a_1*b*c_2"])
    #expect(try formulas("$x_i$和$y_i$，*强调*") == ["x_i", "y_i"])
  }

  @Test func `a bar in a formula does not split a cell`() throws {
    let document = try MarkdownParser.parse("| a | b |\n|---|---|\n| $p(x|y)$ | `c|d` |\n")
    guard case .table(let table) = document.blocks.first?.block else {
      Issue.record("no table")
      return
    }
    let span = MathSpan(tex: "p(x|y)", source: "$p(x|y)$", isDisplay: false)
    #expect(table.rows == [[[.math(span)], [.code("c|d")]]])
  }

  @Test func `spaces inside stand on both sides or on neither`() throws {
    #expect(try formulas("$ x $") == [" x "])
    #expect(try formulas("$x $ 和") == [])
    #expect(try formulas("和 $ x$") == [])
  }

  @Test func `text groups may hold dollars`() throws {
    #expect(try formulas(#"$x \text{若 $y$ 则} z$"#) == [#"x \text{若 $y$ 则} z"#])
  }

  @Test func `display formulas stand alone or inside a paragraph`() throws {
    let document = try MarkdownParser.parse("前文\n$$\nx \\\\\n- y\n$$\n后文\n\n见 $$z$$ 处")
    #expect(document.mathSpans.map(\.source) == ["$$\nx \\\\\n- y\n$$", "$$z$$"])
    #expect(document.blocks.count == 4)
    #expect(document.blocks.map(\.line) == [1, 2, 6, 8])
    guard case .math(let span) = document.blocks[1].block else {
      Issue.record("the formula is no block")
      return
    }
    #expect(span.isDisplay && span.tex == "\nx \\\\\n- y\n")
  }

  @Test func `a display formula holds no blank line`() throws {
    #expect(try formulas("$$\nx\n\ny\n$$") == [])
  }

  @Test func `brackets are formulas only if they look like mathematics`() throws {
    #expect(try formulas(#"\(x\) \\(y_1\\) \[ a=b \] \\[c^2\\]"#) == ["x", "y_1", " a=b ", "c^2"])
    #expect(try formulas(#"\[1\] \[注\] \(见[文](http://a.b)=\)"#) == [])
  }

  @Test func `bare environments need no dollars`() throws {
    let tex = "\\begin{align*}\na &= b \\\\[2pt]\nc &\\le d\n\\end{align*}"
    #expect(try formulas("文\n\(tex)\n文") == [tex])
    #expect(try formulas("\\begin{itemize}x\\end{itemize}") == [])
  }

  @Test func `references to equations need no dollars`() throws {
    #expect(
      try formulas(#"由\eqref{eq:a_1}与\ref{b}得，见 `\ref{c}`"#) == [#"\eqref{eq:a_1}"#, #"\ref{b}"#])
    #expect(try formulas(#"\ref{} \ref{一} \eqref{a b} \reference{x}"#) == [])
  }

  @Test func `a fence with the word math is a formula`() throws {
    #expect(try formulas("```math\nx_1\n```") == ["x_1"])
  }

  @Test func `prefixes of quotes and lists are not part of the TeX`() throws {
    let document = try MarkdownParser.parse(
      "> 引\n> $$\n> x\n> > y\n> $$\n\n- 项\n  $$\n  z\n  $$\n- 项")
    #expect(document.mathSpans.map(\.tex) == ["\nx\n> y\n", "\nz\n"])
    #expect(document.mathSpans[0].source == "$$\n> x\n> > y\n> $$")
    guard case .list(let list) = document.blocks.last?.block else {
      Issue.record("no list")
      return
    }
    #expect(list.isTight, "the blank lines around a formula are ours")
    #expect(list.items.count == 2)
  }

  @Test func `entities in a formula are decoded, the source is not`() throws {
    let spans = try MarkdownParser.parse("$a &lt; b &amp; c$").mathSpans
    #expect(
      spans == [
        MathSpan(tex: "a < b & c", source: "$a &lt; b &amp; c$", isDisplay: false)
      ])
  }

  @Test func `destinations, titles, autolinks and tags are not searched`() throws {
    #expect(try formulas("[a](b$x$c \"$t$\") <http://a/$y$> <b title=\"$z$\">$w$</b>") == ["w"])
  }

  @Test func `private code points of the author do not become formulas`() throws {
    let document = try MarkdownParser.parse("\u{F0000}&#xF0001;$x$")
    #expect(document.mathSpans.map(\.tex) == ["x"])
    #expect(document.blocks.map(\.block.plainText) == ["\u{F0000}\u{F0001}x"])
  }

  @Test func `a formula that Markdown would drop stays in the text`() throws {
    let document = try MarkdownParser.parse("[k]: $a b$\n\n文")
    #expect(document.blocks.map(\.block.plainText) == ["[k]: $a b$", "文"])
  }
}

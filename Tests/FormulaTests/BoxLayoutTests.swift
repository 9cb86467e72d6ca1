import Canvas
import Formula
import Testing

@Suite struct BoxLayoutTests {
  @Test func `a fraction has its bar on the axis`() {
    let box = ParsedFormula("x = \\frac{a+b}{2}").box(width: 80)
    #expect(
      box.text == """
             a + b
        x = ───────
               2

        """)
    #expect(box.axis == 1)
  }

  @Test func `the attention formula is drawn as in the specification`() {
    let tex =
      "\\text{Attention}(Q,K,V)=\\text{softmax}\\left(\\frac{QK^{\\top}}{\\sqrt{d_k}}\\right)V"
    #expect(
      drawing(tex) == """
                                    ⎛ QKᵀ ⎞
        Attention(Q, K, V) = softmax⎜─────⎟V
                                    ⎜ ┌── ⎟
                                    ⎝ ⎷dₖ ⎠

        """)
  }

  @Test func `scripts that Unicode lacks get rows of their own`() {
    #expect(
      drawing("x_\\theta^{(i,j)} + y_i^2") == """
         (i,j)
        x      + yᵢ²
         θ

        """)
  }

  @Test func `limits stand above and below a sum, and the sum grows with what it sums`() {
    #expect(
      drawing("\\sum_{i=1}^n x_i = \\sum_{i=1}^n \\frac{a_i}{b_i}") == """
         n        n   aᵢ
         ∑  xᵢ =  ⎲  ────
        i=1       ⎳   bᵢ
                 i=1

        """)
  }

  @Test func `an integral keeps its limits at the side`() {
    #expect(
      drawing("\\int_0^1 \\frac{1}{x}\\,dx") == """
        ⌠1  1
        ⎮  ─── dx
        ⌡0  x

        """)
  }

  @Test func `limits go where the author puts them`() {
    #expect(
      drawing("\\int\\limits_a^b f + \\sum\\nolimits_i x") == """
        b
        ∫ f + ∑  x
        a      i

        """)
  }

  @Test func `scripts alone do not make brackets grow`() {
    #expect(
      drawing("\\left(x_\\theta\\right)") == """
        (x )
          θ

        """)
  }

  @Test func `two rows of brace are the halves of a moustache`() {
    #expect(
      drawing("f=\\begin{cases}1, & x>0\\\\ -1, & x\\le 0\\end{cases}") == """
        f = ⎰1,   x > 0
            ⎱−1,  x ≤ 0

        """)
  }

  @Test func `a brace of more rows has its tip on the axis`() {
    #expect(
      drawing("\\begin{cases}a & 1\\\\ b & 2\\\\ c & 3\\\\ d & 4\\\\ e & 5\\end{cases}") == """
        ⎧a  1
        ⎪b  2
        ⎨c  3
        ⎪d  4
        ⎩e  5

        """)
  }

  @Test func `an exponent stands at the top of tall parentheses`() {
    #expect(
      drawing("\\left(1+\\frac{x}{n}\\right)^n") == """
        ⎛     x ⎞ⁿ
        ⎜1 + ───⎟
        ⎝     n ⎠

        """)
  }

  @Test func `the degree of a root lies in its crook`() {
    #expect(
      drawing("\\sqrt[3]{x+1}") == """
        3┌─────
         ⎷x + 1

        """)
  }

  @Test func `an angle bracket is drawn with diagonals`() {
    #expect(
      drawing("\\left\\langle\\frac{x}{y}\\right\\rangle") == """
         ╱ x ╲
        ⟨ ─── ⟩
         ╲ y ╱

        """)
  }

  @Test func `braces span their body and carry their label`() {
    #expect(
      drawing("\\underbrace{a+b+c}_{\\text{三项}} + \\overbrace{x+y}^{2}") == """
                      2
                    ╭─┴─╮
        a + b + c + x + y
        ╰───┬───╯
          三项

        """)
  }

  @Test func `an array has its rules`() {
    #expect(
      drawing("\\begin{array}{c|cc}a&b&c\\\\\\hline d&e&f\\end{array}") == """
        a│  b  c
        ────────
        d│  e  f

        """)
  }

  @Test func `a matrix of fractions has straight columns and air between its rows`() {
    #expect(
      drawing("\\begin{bmatrix}\\frac ab & 1\\\\ 2 & 333\\end{bmatrix}") == """
        ⎡ a      ⎤
        ⎢───   1 ⎥
        ⎢ b      ⎥
        ⎢        ⎥
        ⎣ 2   333⎦

        """)
  }

  @Test func `a box and a label frame their bodies`() {
    #expect(
      drawing("\\boxed{x^2} \\xrightarrow{f} y") == """
        ┌────┐  f
        │ x² │ ──→ y
        └────┘

        """)
  }

  @Test func `a fraction in a script keeps its grouping on one row`() {
    #expect(drawing("e^{-\\frac{1}{2}x_t}") == " −(1/2)xₜ\ne\n")
    #expect(drawing("e^{-\\frac{x}{2}}").hasPrefix(" −x/2"))
  }

  @Test func `labels side by side do not run into one another`() {
    #expect(
      drawing("\\underbrace{A}_{n\\times k}\\underbrace{B}_{k\\times m}") == """
         A   B
        ╰┬╯ ╰┬╯
        n×k k×m

        """)
  }

  @Test func `a second subscript is not one of the first`() {
    #expect(drawing("{Q_W}_{\\mathrm{s4}}") == "Q\n W s4\n")
  }

  @Test func `thousands are one number, coordinates are not`() {
    #expect(drawing("5,000") == "5,000\n")
    #expect(drawing("(5,00,0000)") == "(5, 00, 0000)\n")
    #expect(drawing("[0,100]") == "[0, 100]\n")
  }

  @Test func `scripts may always have rows of their own`() {
    let options = FormulaOptions(scripts: .rows)
    #expect(ParsedFormula("x_t^2+y''").box(width: 80, options: options).text == " 2\nx  + y″\n t\n")
  }

  @Test func `poor fonts get bars, roots and brackets of plain characters`() {
    let options = FormulaOptions(displayWidth: DisplayWidth(ambiguous: 2), glyphs: .ascii)
    let formula = ParsedFormula("\\left(\\frac{a-1}{\\sqrt{b_t}}\\right)^2")
    #expect(
      formula.box(width: 80, options: options).text == """
        / a - 1 \\2
        |-------|
        |  +--  |
        |  |b   |
        \\  V t  /

        """)
    guard case .row(let row) = formula.inline(options: options) else { return }
    #expect(row.text == "((a-1)/√b_t)^2")
  }

  @Test func `an unknown command shows its own name in its own role`() {
    let formula = ParsedFormula("x + \\foo{y}")
    let box = formula.box(width: 80)
    #expect(box.text == "x + \\foo y\n")
    #expect(box.rows[0].contains { $0.role == .unknown && $0.text.string == "\\foo" })
    #expect(formula.unknownCommands == ["foo"])
  }

  @Test func `bold letters are plain letters with an attribute`() {
    let runs = ParsedFormula("\\mathbf{x} + y").box(width: 80).rows[0]
    #expect(runs[0].text.string == "x")
    #expect(runs[0].attributes == .bold)
    #expect(runs.dropFirst().allSatisfy { $0.attributes.isEmpty })
  }

  @Test func `ideographs take two columns everywhere`() {
    #expect(
      drawing("\\frac{\\text{正确数}}{\\text{总数}} = 准确率") == """
         正确数
        ──────── = 准确率
          总数

        """)
  }
}

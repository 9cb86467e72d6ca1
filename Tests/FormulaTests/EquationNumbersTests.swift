import Canvas
import Formula
import Testing

@Suite struct EquationNumbersTests {
  private func numbers(_ formulas: [String]) -> (shown: [[String?]], labels: [String: String]) {
    var numbers = EquationNumbers()
    let shown = formulas.map { numbers.assign(to: ParsedFormula($0)) }
    return (shown, numbers.labels)
  }

  @Test func `environments count as in TeX`() {
    let result = numbers([
      "\\begin{equation}a\\end{equation}",
      "\\begin{align}a&=b\\\\c&=d\\nonumber\\\\e&=f\\end{align}",
      "\\begin{multline}a\\\\b\\end{multline}",
      "\\begin{gather*}a\\\\b\\end{gather*}",
      "a=b",
      "\\begin{eqnarray}a&=&b\\end{eqnarray}",
    ])
    #expect(result.shown == [["(1)"], ["(2)", nil, "(3)"], ["(4)"], [nil, nil], [nil], ["(5)"]])
  }

  @Test func `a tag is shown and does not count`() {
    let result = numbers([
      "a \\tag{12}", "\\begin{equation}b \\tag*{星}\\end{equation}",
      "\\begin{equation}c\\end{equation}", "\\begin{aligned}d\\\\e\\end{aligned}\\tag{3.1a}",
    ])
    #expect(result.shown == [["(12)"], ["星"], ["(1)"], ["(3.1a)"]])
  }

  @Test func `labels are bound to the number of their row`() {
    let result = numbers([
      "\\begin{align}a\\label{eq:a}\\\\b\\label{eq:b}\\end{align}", "c\\tag{A}\\label{eq:c}",
    ])
    #expect(result.labels == ["eq:a": "1", "eq:b": "2", "eq:c": "A"])
  }

  @Test func `references show their number, unknown ones two question marks`() {
    var numbers = EquationNumbers()
    _ = numbers.assign(to: ParsedFormula("\\begin{equation}a\\label{eq:a}\\end{equation}"))
    let options = FormulaOptions(references: numbers.labels)
    func text(_ tex: String) -> String {
      guard case .row(let row) = ParsedFormula(tex).inline(options: options) else { return "" }
      return row.text
    }
    #expect(text("\\eqref{eq:a}") == "(1)")
    #expect(text("\\ref{eq:a}") == "1")
    #expect(text("\\eqref{eq:x}") == "(??)")
  }

  @Test func `numbers stand at the right edge on the axis of their row`() {
    let formula = ParsedFormula("\\begin{align}a&=\\frac{b}{c}\\\\d&=e\\end{align}")
    #expect(
      formula.drawing(width: 30).text == """
                        b
                   a = ───         (1)
                        c

                   d = e           (2)

        """)
  }

  @Test func `a number without room stands on a row of its own`() {
    let text = ParsedFormula("\\text{abcdefghijklmnopqrst}\\tag{1}").drawing(width: 20).text
    #expect(text == "abcdefghijklmnopqrst\n                 (1)\n")
  }

  @Test func `neither labels nor tags are part of the body`() {
    #expect(row("x\\label{eq:x}\\tag{7}") == "x")
  }
}

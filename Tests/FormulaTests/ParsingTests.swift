import Canvas
import Formula
import Testing

@Suite struct ParsingTests {
  @Test(arguments: [
    ("x^\\boldsymbol{a}", "xᵃ"), ("f_\\hat{\\theta}", "f_θ̂"), ("x^\\mathrm T", "xᵀ"),
    ("\\frac12", "1/2"), ("\\sqrt2", "√2"), ("x_1_2", "x₁₂"), ("^2", "²"), ("x^", "x"),
    ("\\left{x\\right}", "{x}"), ("\\left\\|x\\right\\|", "‖x‖"), ("\\not=", "≠"),
    ("a~b", "a b"), ("a % comment\n+ b", "a + b"), ("{\\rm x}", "x"),
    ("x\\hspace{0.1in}y", "x  y"), ("\\color{red}{x}", "x"), ("\\big{(}x\\big{)}", "(x)"),
    ("a\\\\", "a"), ("\\text{a $x^2$ b}", "a x² b"), ("\\operatorname*{tr} A", "tr A"),
    ("x\\mathop{\\text{argmin}}_y z", "x argmin_y z"), ("若x>0，则", "若x > 0，则"),
  ])
  func `lenient forms are read as their authors meant`(tex: String, expected: String) {
    #expect(row(tex) == expected)
    #expect(!ParsedFormula(tex).isBroken)
  }

  @Test(arguments: [
    "{x", "x}", "\\left(x", "x\\right)", "\\begin{matrix}x", "\\end{matrix}",
    "\\begin{nothing}x\\end{nothing}", "\\begin{matrix}x\\end{pmatrix}", "\\text{x", "\\sqrt[3x",
  ])
  func `broken structure shows the exact source`(tex: String) {
    let formula = ParsedFormula(tex)
    #expect(formula.isBroken)
    #expect(formula.box(width: 80).text == tex + "\n")
    #expect(row(tex) == tex)
  }

  @Test func `the lines of a broken source stay lines`() {
    #expect(drawing("\\frac{a\n  b") == "\\frac{a\n  b\n")
  }

  @Test func `nesting and length have limits`() {
    func nested(_ depth: Int) -> String {
      String(repeating: "{", count: depth) + "x" + String(repeating: "}", count: depth)
    }
    #expect(!ParsedFormula(nested(30)).isBroken)
    #expect(ParsedFormula(nested(100)).isBroken)
    #expect(ParsedFormula(nested(8_000)).isBroken)
    #expect(!ParsedFormula(String(repeating: "x+", count: 8_000)).isBroken)
    #expect(ParsedFormula(String(repeating: "x+", count: 9_000)).isBroken)
  }

  @Test(arguments: [
    "\\sqrt", "\\hat", "x^", "\\frac", "\\left(", "\\mathbf", "\\text{$", "\\begin{matrix}", "{x_",
    "\\overset{a}", "\\not",
  ])
  func `a command repeated without end does not exhaust the stack`(command: String) {
    let formula = ParsedFormula(String(repeating: command, count: 16_000 / command.utf8.count))
    #expect(formula.box(width: 80).width > 0 || formula.isBroken)
  }

  @Test func `control characters and lone marks become visible`() {
    let text = drawing("a\u{1B}[31m b\u{7} \u{301} \u{202E}c")
    #expect(
      !text.unicodeScalars.contains { $0.value == 0x1b || $0.value == 7 || $0.value == 0x202e })
  }
}

import Formula
import Testing

@Suite struct FormulaMacrosTests {
  @Test(arguments: [
    ("\\newcommand{\\v}[1]{\\mathbf{#1}}\\v{x}+\\v y", "x + y"),
    ("\\def\\kl#1#2{D(#1\\|#2)}\\kl{p}{q}", "D(p‖q)"),
    ("\\newcommand{\\e}[2][i]{e_{#1}^{#2}}\\e{2}\\e[j]{3}", "eᵢ²eⱼ³"),
    ("\\DeclareMathOperator{\\softmax}{softmax}\\softmax x", "softmax x"),
    ("\\DeclareMathOperator*{\\amin}{arg\\,min}\\amin_x f", "arg minₓ f"),
    ("\\renewcommand{\\alpha}{a}\\alpha", "a"), ("x^\\R", "x^ℝ"), ("\\bx \\tp", "x⊤"),
  ])
  func `a definition holds from where it stands`(tex: String, expected: String) {
    #expect(row(tex) == expected)
    #expect(ParsedFormula(tex).unknownCommands.isEmpty)
  }

  @Test func `definitions are carried to the next formula`() {
    let first = ParsedFormula("\\newcommand{\\loss}{\\mathcal{L}}")
    let second = ParsedFormula("\\loss(x)", macros: first.macros)
    #expect(second.unknownCommands.isEmpty)
    #expect(second.box(width: 80).text == "ℒ(x)\n")
    #expect(ParsedFormula("\\loss(x)").unknownCommands == ["loss"])
  }

  @Test(arguments: [
    "\\newcommand{\\a}{\\a}\\a", "\\newcommand{\\a}{\\a\\a}\\a",
    "\\def\\a{xx}\\def\\b{\\a\\a}\\def\\a{\\b\\b}\\a",
  ])
  func `a definition that never ends is refused`(tex: String) {
    #expect(ParsedFormula(tex).isBroken)
  }
}

import Canvas
import Formula
import Testing

@Suite struct LineBreakingTests {
  @Test func `a long chain goes on under its first relation`() {
    #expect(
      drawing("L = a_1+a_2+a_3+a_4+a_5+a_6 = b_1+b_2+b_3", width: 32) == """
        L = a₁ + a₂ + a₃ + a₄ + a₅ + a₆
          = b₁ + b₂ + b₃

        """)
  }

  @Test func `a long sum goes on at its operators, further in than relations`() {
    #expect(
      drawing("y = aaaaaaaa + bbbbbbbb + cccccccc + dddddddd", width: 26) == """
        y = aaaaaaaa + bbbbbbbb
            + cccccccc + dddddddd

        """)
  }

  @Test func `a long left-hand side leaves the line to the right-hand side`() {
    #expect(
      drawing("aaaaaaaaa = \\frac{bbbbbbbbbbbbbbbbbb}{c}", width: 26) == """
        aaaaaaaaa

             bbbbbbbbbbbbbbbbbb
          = ────────────────────
                     c

        """)
  }

  @Test func `Chinese between brackets is broken like text`() {
    #expect(drawing("x(这里可能和原文不同但是实质一样)", width: 24).split(separator: "\n").count == 2)
  }

  @Test func `brackets are opened only when nothing else helps`() {
    let text = drawing("f = \\left(aaaaaaaa + bbbbbbbb + \\frac{c}{d}\\right)", width: 24)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 24 })
    #expect(text.contains("⎛") && text.contains("⎠"))
  }

  @Test func `the cells of an aligned environment are broken in their column`() {
    let text = drawing(
      "\\begin{aligned}L &= aaaaaaaa + bbbbbbbb + cccccccc\\\\ &= d\\end{aligned}", width: 28)
    #expect(
      text == """
        L = aaaaaaaa + bbbbbbbb
            + cccccccc

          = d

        """)
  }

  @Test func `what cannot be broken stays whole for the caller to scroll`() {
    let box = ParsedFormula("\\frac{\(String(repeating: "a", count: 50))}{b}").box(width: 20)
    #expect(box.width == 52)
  }

  @Test(arguments: [20, 30, 40, 60, 80], referenceFormulas.indices)
  func `breaking changes no letter`(width: Int, index: Int) {
    let formula = ParsedFormula(referenceFormulas[index])
    func letters(_ box: FormulaBox) -> String {
      String(box.text.filter { $0.isLetter || $0.isNumber }.sorted())
    }
    #expect(letters(formula.box(width: width)) == letters(formula.box(width: 1_000)))
  }
}

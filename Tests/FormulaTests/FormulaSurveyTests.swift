import Formula
import Testing

/// The measures can fail: a wrong row, a lost letter and a bent drawing are seen.
@Suite struct FormulaSurveyTests {
  @Test(arguments: [
    ("\\frac{a}{bc}", "\\frac{a}{b}c"), ("\\frac{a+b}{c}", "a+\\frac{b}{c}"),
    ("x_{1}^2", "x_1 2"), ("e^{x+y}", "e^x+y"), ("\\sqrt{x}y", "\\sqrt{xy}"),
    ("{(x_1)}_2", "x_{12}"), ("\\mathbf{x}", "x"), ("\\log x", "log x"),
    ("\\|x\\|", "|x|"), ("\\bar x", "x"), ("\\hat{xy}", "\\hat{x}y"),
    ("\\sum_{i<j} x", "\\sum_i <jx"), ("\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}", "(a,b,c,d)"),
    ("\\frac{-a}{b}", "-\\frac{a}{b}"), ("(\\frac{a}{b})^2", "\\frac{a}{b^2}"),
    ("\\sqrt[3]{x}", "3\\sqrt{x}"), ("x^{y_2}", "x^y_2"),
  ])
  func `a row reads back as its own formula, and not as another`(tex: String, other: String) {
    #expect(readsBack(tex, from: tex))
    #expect(readsBack(other, from: other))
    #expect(!readsBack(tex, from: other))
    #expect(!readsBack(other, from: tex))
  }

  @Test(arguments: [
    ("x^{(d)}", "x^d"), ("W^\\top", "W^{\\mathrm T}"), ("\\overset{a}{=}", "=^a"),
    ("\\frac{a}{b}", "a/b"), ("{x}+{y}", "x+y"), ("\\left(x\\right)", "(x)"),
    ("\\color{red}x\\,y", "x y"), ("\\dfrac{a}{b}", "\\frac ab"),
  ])
  func `formulas that read alike on one row are one tree`(tex: String, other: String) {
    #expect(readsBack(tex, from: other))
    #expect(readsBack(other, from: tex))
  }

  private func readsBack(_ tex: String, from other: String) -> Bool {
    guard case .row(let row) = ParsedFormula(other).inline() else { return false }
    return ParsedFormula(tex).readsBack(from: row)
  }

  @Test(arguments: [
    ("\\alpha_{t-1}^2", "αt12"), ("\\label{eq:a}\\tag{7}x", "x"), ("\\mathbb{E}\\log p", "Elogp"),
    ("\\begin{array}{cc}a&b\\\\[2pt]c&d\\end{array}", "abcd"), ("\\text{若 }x % y", "若x"),
    ("\\operatorname{clip}\\hspace{1em}(x)", "clipx"), ("\\textcolor{red}{x}\\bmod 2", "xmod2"),
  ])
  func `the ink of a source is that of its own letters`(tex: String, letters: String) {
    #expect(SourceInk(tex).ink == InkCount(of: letters))
  }

  @Test func `lost and added letters are seen, small and blackboard forms are not`() {
    let ink = SourceInk("\\mathbb{R}^{m \\times n}")
    #expect(ink.ink.isShown(by: InkCount(of: "ℝᵐˣⁿ"), extras: ink.extras))
    #expect(!ink.ink.isShown(by: InkCount(of: "ℝᵐ"), extras: ink.extras))
    #expect(!ink.ink.isShown(by: InkCount(of: "ℝᵐˣˣⁿ"), extras: ink.extras))
  }

  @Test func `a survey counts what fails`() {
    var survey = FormulaSurvey()
    let all = ["x^2", "\\foo", "{x"].map { SurveyFormula(tex: $0, isDisplay: true, isValid: true) }
    survey.measure(all)
    #expect(survey.failures[.known]?.map(\.tex) == ["\\foo", "{x"])
    #expect(survey.failures[.structured]?.map(\.tex) == ["{x"])
    #expect(survey.share(.fits80) == 1)
    #expect(survey.share(.oneRow) == nil)
    #expect(!survey.holds)
    #expect(survey.times.count == 3)
  }

  @Test func `damaged formulas are counted`() {
    var survey = FormulaSurvey()
    let formulas = sampleFormulas.map { SurveyFormula(tex: $0, isDisplay: true, isValid: true) }
    survey.measureMutations(of: formulas, count: 200, seed: 3)
    #expect(survey.figures.allSatisfy { $0.number != "C2" || $0.holds })
  }
}

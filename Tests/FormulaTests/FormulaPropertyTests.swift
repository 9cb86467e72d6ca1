import Canvas
import Formula
import TestSupport
import Testing

/// What holds of every formula, at every width, on every kind of terminal.
@Suite struct FormulaPropertyTests {
  @Test(arguments: [1, 2], [20, 60, 80])
  func `all rows of a box have its width, and the axis is inside`(ambiguous: Int, width: Int) {
    for tex in sampleFormulas {
      expectSound(ParsedFormula(tex).drawing(width: width, ambiguous: ambiguous), ambiguous, tex)
    }
  }

  @Test(arguments: [1, 2])
  func `a formula in a sentence is one row as wide as it says`(ambiguous: Int) {
    let displayWidth = DisplayWidth(ambiguous: ambiguous)
    for tex in sampleFormulas {
      let options = FormulaOptions(displayWidth: displayWidth)
      guard case .row(let row) = ParsedFormula(tex).inline(options: options) else { continue }
      #expect(displayWidth.columns(of: row.text) == row.width, "\(tex)")
      #expect(!row.text.contains { $0.isNewline }, "\(tex)")
    }
  }

  @Test func `samples keep their ink, their geometry, and leak no command's name`() {
    expectClean(sampleFormulas.filter { !$0.contains("nowhere") })
  }

  @Test(arguments: [1, 2])
  func `the other scripts and glyphs keep geometry too`(ambiguous: Int) {
    let width = DisplayWidth(ambiguous: ambiguous)
    for glyphs in GlyphProfile.allCases {
      let options = FormulaOptions(displayWidth: width, scripts: .rows, glyphs: glyphs)
      for tex in sampleFormulas {
        #expect(ParsedFormula(tex).box(width: 60, options: options).isSound(width), "\(tex)")
      }
    }
  }

  @Test(arguments: 1...4)
  func `formulas from the grammar keep ink and geometry, and their rows read back`(seed: UInt64) {
    var generator = FormulaGenerator(SeededGenerator(seed: seed))
    expectClean((0..<80).map { generator.formula(depth: $0 % 4) }, rowsReadBack: true)
  }

  @Test func `drawing twice gives the same`() {
    for tex in sampleFormulas {
      #expect(ParsedFormula(tex).box(width: 60) == ParsedFormula(tex).box(width: 60))
    }
  }

  @Test(arguments: 1...8)
  func `no mutation of a formula crashes or bends a box`(seed: UInt64) {
    let mutator = FormulaMutator(sampleFormulas)
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<400 {
      let tex = mutator.mutation(&generator)
      let formula = ParsedFormula(tex)
      let ambiguous = Int.random(in: 1...2, using: &generator)
      let width = Int.random(in: 1...100, using: &generator)
      expectSound(
        formula.drawing(width: width, ambiguous: ambiguous), ambiguous, "seed \(seed): \(tex)")
      _ = formula.inline()
      _ = formula.searchText
    }
  }

  // MARK: Checks

  private func expectSound(_ box: FormulaBox, _ ambiguous: Int, _ context: String) {
    #expect(box.isSound(DisplayWidth(ambiguous: ambiguous)), "\(context)")
  }

  /// Expects that each formula, as display and in a sentence, meets the criteria that hold of all.
  private func expectClean(_ formulas: [String], rowsReadBack: Bool = false) {
    var survey = FormulaSurvey()
    survey.measure(
      formulas.flatMap { tex in
        [true, false].map { SurveyFormula(tex: tex, isDisplay: $0, isValid: true) }
      })
    let criteria: [SurveyCriterion] = [.ink, .leaks, .geometry, .wideGeometry, .plainOneRow]
    for criterion in criteria + (rowsReadBack ? [.invertible] : []) {
      #expect(survey.failures[criterion] == nil, "\(criterion)")
    }
  }
}

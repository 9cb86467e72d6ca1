import Canvas

/// One formula of a measuring set.
package struct SurveyFormula: Hashable, Sendable {
  package var tex: String
  package var isDisplay: Bool
  /// Whether another tool takes it for valid TeX.
  package var isValid: Bool

  package init(tex: String, isDisplay: Bool, isValid: Bool) {
    self.tex = tex
    self.isDisplay = isDisplay
    self.isValid = isValid
  }
}

/// Measures the acceptance table of math.md, section 8, on a set of formulas.
///
/// The checks do not trust what they check: ink is counted from the source's own letters, the row
/// is read back by a reader of its own, and geometry is looked up in the finished drawing.
package struct FormulaSurvey: Sendable {
  /// How many formulas a criterion concerns, and which of them fail it.
  package private(set) var counts: [SurveyCriterion: Int] = [:]
  package private(set) var failures: [SurveyCriterion: [SurveyFormula]] = [:]
  /// From the source to the drawing, one entry a formula, sorted.
  package private(set) var times: [Duration] = []
  /// How many damaged formulas were drawn, the longest that one took, and how many had rows of
  /// unequal width.
  var mutationCount = 0
  var slowestMutation: Duration?
  var bentMutations = 0

  package init() {}

  package mutating func measure(_ formulas: [SurveyFormula]) {
    for formula in formulas { measure(formula) }
    times = formulas.map(FormulaSurvey.time).sorted()
  }

  /// Measures a criterion that is not this module's: whether a formula comes out of Markdown as it
  /// went in.
  package mutating func measureIdentity(
    of formulas: [SurveyFormula], _ isKept: (SurveyFormula) -> Bool
  ) {
    for formula in formulas { note(.identical, isKept(formula), formula) }
  }

  /// The share of formulas that meet a criterion; nil if it concerns none.
  package func share(_ criterion: SurveyCriterion) -> Double? {
    guard let count = counts[criterion], count > 0 else { return nil }
    return 1 - Double(failures[criterion]?.count ?? 0) / Double(count)
  }

  /// The time that a share of the formulas does not exceed.
  package func time(at share: Double) -> Duration {
    times.isEmpty ? .zero : times[min(times.count - 1, Int(share * Double(times.count)))]
  }

  // MARK: One formula

  private mutating func note(
    _ criterion: SurveyCriterion, _ holds: @autoclosure () -> Bool, _ formula: SurveyFormula
  ) {
    counts[criterion, default: 0] += 1
    if !holds() { failures[criterion, default: []].append(formula) }
  }

  private mutating func measure(_ formula: SurveyFormula) {
    let parsed = ParsedFormula(formula.tex)
    let isKnown = !parsed.isBroken && parsed.unknownCommands.isEmpty
    note(.structured, !parsed.isBroken, formula)
    if formula.isValid { note(.known, isKnown, formula) }
    if formula.tex.unicodeScalars.contains(where: { (0x4e00...0x9fff).contains($0.value) }) {
      let isSound = [1, 2].allSatisfy { FormulaSurvey.isSound(parsed, ambiguous: $0) }
      note(.ideographs, (isKnown || !formula.isValid) && isSound, formula)
    }
    note(.geometry, FormulaSurvey.isSound(parsed, ambiguous: 1), formula)
    note(.wideGeometry, FormulaSurvey.isSound(parsed, ambiguous: 2), formula)
    if formula.isDisplay {
      measureWidth(parsed, formula)
    } else {
      measureRow(parsed, formula)
    }
    guard isKnown else { return }
    let drawing = FormulaSurvey.drawing(parsed, isDisplay: formula.isDisplay)
    note(.leaks, !FormulaSurvey.holdsCommandName(drawing), formula)
    let source = SourceInk(formula.tex)
    let isKept = source.ink.isShown(by: InkCount(of: drawing), extras: source.extras)
    note(.ink, isKept, formula)
    if formula.isDisplay { note(.displayInk, isKept, formula) }
  }

  private mutating func measureWidth(_ parsed: ParsedFormula, _ formula: SurveyFormula) {
    for (width, criterion) in [(80, SurveyCriterion.fits80), (60, .fits60)] {
      var numbers = EquationNumbers()
      let box = parsed.box(width: width, numbers: numbers.assign(to: parsed))
      note(criterion, box.width <= width, formula)
    }
  }

  private mutating func measureRow(_ parsed: ParsedFormula, _ formula: SurveyFormula) {
    let inline = parsed.inline()
    note(.oneRow, inline.isRow, formula)
    if !formula.tex.contains("\\begin") { note(.plainOneRow, inline.isRow, formula) }
    guard !parsed.isBroken, case .row(let row) = inline else { return }
    note(.invertible, parsed.readsBack(from: row), formula)
  }

  /// The drawing as the reader shows it, without numbers of equations.
  private static func drawing(_ parsed: ParsedFormula, isDisplay: Bool) -> String {
    if !isDisplay, case .row(let row) = parsed.inline() { return row.text }
    return parsed.box(width: 80).text
  }

  private static func isSound(_ parsed: ParsedFormula, ambiguous: Int) -> Bool {
    let options = FormulaOptions(displayWidth: DisplayWidth(ambiguous: ambiguous))
    guard FormulaGeometry(options).holds(for: parsed.nodes) else { return false }
    return [20, 60, 80].allSatisfy { width in
      parsed.box(width: width, options: options).isSound(options.displayWidth)
    }
  }

  /// A backslash before letters; `\setminus` and an escaped backslash have none after them.
  private static func holdsCommandName(_ drawing: String) -> Bool {
    drawing.contains(/\\[A-Za-z]{2}/)
  }

  /// The shortest of three times: on a busy machine the others are those of other programs too.
  private static func time(_ formula: SurveyFormula) -> Duration {
    let times = (0..<3).map { _ in
      ContinuousClock().measure {
        let parsed = ParsedFormula(formula.tex)
        if formula.isDisplay { _ = parsed.box(width: 80) } else { _ = parsed.inline() }
      }
    }
    return times.min() ?? .zero
  }
}

extension ParsedFormula {
  /// Whether a row, read without knowledge of the source, gives the tree that the source gives.
  package func readsBack(from row: FormulaRow, references: [String: String] = [:]) -> Bool {
    LinearReader.nodes(of: row) == TeXNormalizer(references: references).list(nodes)
  }
}

extension InlineFormula {
  fileprivate var isRow: Bool {
    if case .row = self { return true }
    return false
  }
}

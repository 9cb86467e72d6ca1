import Canvas

/// A row of the table that is no share: a time, or the outcome of damage.
package struct SurveyFigure: Sendable {
  package let number: String
  package let measured: String
  package let bound: String
  package let holds: Bool
  package let statement: String

  init(_ number: String, _ measured: Duration, atMost bound: Duration, _ statement: String) {
    self.number = number
    self.measured = measured.shown
    self.bound = "≤ " + bound.shown
    holds = measured <= bound
    self.statement = statement
  }

  init(_ number: String, none count: Int, _ statement: String) {
    self.number = number
    measured = "\(count)"
    bound = "= 0"
    holds = count == 0
    self.statement = statement
  }
}

extension FormulaSurvey {
  /// Times of formulas and, where asked for, of damaged ones.
  package var figures: [SurveyFigure] {
    var figures = [
      SurveyFigure("C11", time(at: 0.5), atMost: .microseconds(50), "median time of a formula"),
      SurveyFigure("C11", time(at: 0.99), atMost: .milliseconds(2), "99 of 100 are as fast"),
      SurveyFigure(
        "C11", times.reduce(.zero, +) / max(1, times.count) * 400, atMost: .milliseconds(40),
        "a post of 400 formulas"),
    ]
    if let slowestMutation {
      figures += [
        SurveyFigure("C2", none: bentMutations, "bent boxes of damaged formulas; none crashed"),
        SurveyFigure(
          "C2", slowestMutation, atMost: .seconds(1), "slowest of \(mutationCount) damaged formulas"
        ),
      ]
    }
    return figures
  }

  /// Whether every row of the table keeps its bound.
  package var holds: Bool {
    SurveyCriterion.allCases.allSatisfy { share($0) ?? 1 >= $0.bound }
      && figures.allSatisfy(\.holds)
  }

  /// Draws damaged formulas in every form.
  ///
  /// A trap would end the program; a hang shows as a time.
  package mutating func measureMutations(of formulas: [SurveyFormula], count: Int, seed: UInt64) {
    let mutator = FormulaMutator(formulas.map(\.tex))
    var generator = SplitMix(state: seed)
    var slowest = Duration.zero
    for _ in 0..<count {
      let tex = mutator.mutation(&generator)
      let width = Int.random(in: 1...100, using: &generator)
      let displayWidth = DisplayWidth(ambiguous: Int.random(in: 1...2, using: &generator))
      let options = FormulaOptions(displayWidth: displayWidth)
      let time = ContinuousClock().measure {
        let parsed = ParsedFormula(tex)
        var numbers = EquationNumbers()
        let box = parsed.box(width: width, numbers: numbers.assign(to: parsed), options: options)
        if !box.isSound(displayWidth) { bentMutations += 1 }
        _ = parsed.inline(width: width, options: options)
        _ = parsed.searchText
      }
      slowest = max(slowest, time)
    }
    mutationCount += count
    slowestMutation = max(slowest, slowestMutation ?? .zero)
  }
}

/// - Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }
}

extension Duration {
  /// In whole microseconds, or milliseconds from ten on.
  fileprivate var shown: String {
    let microseconds = Int(self / .microseconds(1))
    return microseconds < 10_000 ? "\(microseconds) µs" : "\(microseconds / 1_000) ms"
  }
}

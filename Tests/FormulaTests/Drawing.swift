import Canvas
import Formula

/// The formula as it is drawn, rows of text without trailing blanks.
func drawing(_ tex: String, width: Int = 80, ambiguous: Int = 1) -> String {
  ParsedFormula(tex).drawing(width: width, ambiguous: ambiguous).text
}

/// The formula as it stands in a sentence.
func row(_ tex: String, ambiguous: Int = 1) -> String {
  let options = FormulaOptions(displayWidth: DisplayWidth(ambiguous: ambiguous))
  return switch ParsedFormula(tex).inline(options: options) {
  case .row(let row): row.text
  case .hoisted: "hoisted"
  }
}

extension ParsedFormula {
  /// The box with the formula's own numbers, as the first formula of a post has them.
  func drawing(width: Int, ambiguous: Int = 1) -> FormulaBox {
    var numbers = EquationNumbers()
    let rows = numbers.assign(to: self)
    let options = FormulaOptions(
      displayWidth: DisplayWidth(ambiguous: ambiguous), references: numbers.labels)
    return box(width: width, numbers: rows, options: options)
  }
}

extension FormulaBox {
  /// One letter per cell for its role, where the text has a character: the form of snapshots.
  func roleMap(_ displayWidth: DisplayWidth) -> String {
    rows.map { row in
      var line = ""
      for run in row {
        for character in run.text.string {
          let letter = character == " " ? " " : run.role.letter
          line += String(repeating: letter, count: displayWidth.columns(of: character))
        }
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}

extension FormulaBox {
  /// The text of a box for two-column ambiguous characters, lined up for an editor that gives them
  /// one: each is followed by a blank.
  var spread: String {
    String(
      text.flatMap { character in
        let width = DisplayWidth(ambiguous: 2).columns(of: character)
        return width > DisplayWidth.standard.columns(of: character)
          ? [character, " "] : [character]
      })
  }
}

extension FormulaRole {
  fileprivate var letter: String {
    switch self {
    case .variable: "v"
    case .number: "n"
    case .text: "t"
    case .relation: "r"
    case .structure: "s"
    case .unknown: "u"
    case .tag: "g"
    }
  }
}

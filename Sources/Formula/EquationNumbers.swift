/// The counter of equations of one post, and the numbers of its labels.
///
/// Typesetting first shows it every formula in order, so that references forward find their number
/// too, and then draws.
package struct EquationNumbers: Hashable, Sendable {
  private var last = 0
  /// What `\ref` shows for each label.
  package private(set) var labels: [String: String] = [:]

  /// A counter at the start of a post.
  package init() {}

  /// Numbers one formula: for each of its rows what is shown at the right edge, or nil.
  package mutating func assign(to formula: ParsedFormula) -> [String?] {
    formula.numberedRows.map { row in
      let number = self.number(for: row.marks, counts: row.counts)
      for label in row.marks.labels {
        labels[label] = number.map(EquationNumbers.bare) ?? "\(last)"
      }
      return number
    }
  }

  private mutating func number(for marks: RowMarks, counts: Bool) -> String? {
    if let tag = marks.tag { return tag }
    guard counts && !marks.isUnnumbered else { return nil }
    last += 1
    return "(\(last))"
  }

  /// A number without the parentheses it is shown in.
  private static func bare(_ shown: String) -> String {
    shown.hasPrefix("(") && shown.hasSuffix(")") ? String(shown.dropFirst().dropLast()) : shown
  }
}

/// One row of a formula as numbering sees it.
struct NumberedRow {
  var marks: RowMarks
  /// Whether the environment gives it a number of its own.
  var counts: Bool
}

import Canvas

/// A formula on one row, for a place inside a sentence.
package struct FormulaRow: Hashable, Sendable {
  /// What may not be divided: each piece is a word to the line breaker.
  ///
  /// A piece before a break ends with the blank that stands there; at the end of a line the blank
  /// falls away. All pieces together are the whole row.
  package let pieces: [[FormulaRun]]
  /// Columns of the whole row.
  package let width: Int

  package init(pieces: [[FormulaRun]], width: Int) {
    self.pieces = pieces
    self.width = width
  }

  /// The row as plain text.
  package var text: String {
    pieces.joined().map(\.text.string).joined()
  }
}

/// How a formula inside a sentence is shown.
package enum InlineFormula: Hashable, Sendable {
  case row(FormulaRow)
  /// Too long a matrix: a marker stands in the text, the drawing in a block below the line.
  case hoisted
}

import Canvas

/// A drawn formula: rows of equal width, one of which is the row of ordinary letters.
package struct FormulaBox: Hashable, Sendable {
  package let rows: [[FormulaRun]]
  /// Columns of every row.
  package let width: Int
  /// The row, counted from the top, on which letters, bars and relations stand.
  package let axis: Int

  package var height: Int { rows.count }

  init(_ box: Box, _ displayWidth: DisplayWidth) {
    rows = box.rows(displayWidth).map { $0.runs(displayWidth) }
    width = box.width
    axis = box.axis
  }

  /// Lines of text exactly as they are, for a formula that cannot be drawn.
  init(source: String, _ displayWidth: DisplayWidth) {
    let lines = source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { GlyphCell.cells(SafeText($0).string, .variable) }
    let boxes = lines.map { Box($0, displayWidth) }
    let column = Box.column(boxes, axisOf: 0, alignment: .left)
    self.init(column.withAxis((column.height - 1) / 2), displayWidth)
  }

  /// The rows as text without trailing blanks, for snapshots and for plain output.
  package var text: String {
    rows.map { row in
      var line = row.map(\.text.string).joined()
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}

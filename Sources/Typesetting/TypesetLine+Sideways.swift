package import Canvas

extension TypesetLine {
  /// The part of a row that a page shows when the row's block is moved sideways.
  ///
  /// Code, tables and formulas that are wider than the page keep their rows whole; the reader moves
  /// all rows of one target by the same `offset`. The first `fixedColumns` columns stay, and `‹` and
  /// `›` stand where text is cut off. A row that does not move is given back as it is.
  package func visibleLine(
    offset: Int, width: Int, displayWidth: DisplayWidth = .standard, mark: Style = .plain
  ) -> Line {
    guard let fixed = fixedColumns, width > 0 else { return line }
    let kept = min(fixed, max(0, width - 2))
    let shown = kept + max(0, offset)..<kept + max(0, offset) + width - kept
    var cells = Array(repeating: Glyph(" ", columns: 1), count: width)
    var column = 0
    var isCutLeft = false
    for span in line.spans {
      for character in span.text.string {
        let columns = displayWidth.columns(of: character)
        defer { column += columns }
        guard columns > 0 else { continue }
        let place = column + columns <= kept ? column : column - shown.lowerBound + kept
        if column + columns > kept, column < shown.lowerBound {
          isCutLeft = isCutLeft || character != " "
        } else if place >= 0, place + columns <= width {
          cells[place] = Glyph(character, columns: columns, style: span.style)
          for tail in place + 1..<place + max(1, columns) { cells[tail].columns = 0 }
        }
      }
    }
    let arrows = (left: Character("‹"), right: Character("›"))
    if isCutLeft { put(arrows.left, at: kept, in: &cells, style: mark) }
    if column > shown.upperBound { put(arrows.right, at: width - 1, in: &cells, style: mark) }
    while cells.last?.isBlank == true { cells.removeLast() }
    return Row(cells.filter { $0.columns > 0 }).line
  }

  /// Puts a mark in one cell; a wide character that stood there leaves a blank beside it.
  private func put(_ mark: Character, at column: Int, in cells: inout [Glyph], style: Style) {
    guard cells.indices.contains(column) else { return }
    if cells[column].columns == 0, column > 0 { cells[column - 1] = Glyph(" ", columns: 1) }
    if cells[column].columns == 2, column + 1 < cells.count {
      cells[column + 1] = Glyph(" ", columns: 1)
    }
    cells[column] = Glyph(mark, columns: 1, style: style)
  }
}

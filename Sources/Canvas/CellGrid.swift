/// A frame: rows of cells that everything is drawn into, and that the terminal or a test shows.
///
/// Drawing is clipped at every edge. A wide grapheme that does not fit whole is not drawn, and one
/// that is half overwritten disappears, so that a row always has the width of the grid.
package struct CellGrid: Hashable, Sendable {
  package let width: Int
  package let height: Int
  package let displayWidth: DisplayWidth
  private var cells: [Cell]

  package init(width: Int, height: Int, displayWidth: DisplayWidth = .standard) {
    self.width = max(0, width)
    self.height = max(0, height)
    self.displayWidth = displayWidth
    cells = Array(repeating: .blank, count: max(0, width) * max(0, height))
  }

  package var bounds: Rect { Rect(width: width, height: height) }

  /// The cell at a place inside the grid.
  package subscript(column column: Int, row row: Int) -> Cell {
    precondition(
      bounds.contains(column: column, row: row), "cell \(column), \(row) outside \(width)x\(height)"
    )
    return cells[row * width + column]
  }

  /// The cells of one row, from left to right.
  package func row(_ row: Int) -> ArraySlice<Cell> {
    precondition(row >= 0 && row < height, "row \(row) outside \(width)x\(height)")
    return cells[row * width..<(row + 1) * width]
  }

  /// Draws text from a place to the right, at most to the right edge of `area`.
  ///
  /// - Returns: the column after the last one drawn.
  @discardableResult
  package mutating func draw(
    _ text: SafeText, column: Int, row: Int, style: Style = .plain, in area: Rect? = nil
  ) -> Int {
    let clip = (area ?? bounds).intersection(bounds)
    var x = column
    for character in text.string {
      let columns = displayWidth.columns(of: character)
      guard columns > 0 else { continue }
      guard x + columns <= clip.maxX else { break }
      if x >= clip.x && row >= clip.y && row < clip.maxY {
        place(character, columns: columns, column: x, row: row, style: style)
      }
      x += columns
    }
    return x
  }

  /// Draws the spans of a line one after the other.
  ///
  /// - Returns: the column after the last one drawn.
  @discardableResult
  package mutating func draw(_ line: Line, column: Int, row: Int, in area: Rect? = nil) -> Int {
    line.spans.reduce(column) { x, span in
      draw(span.text, column: x, row: row, style: span.style, in: area)
    }
  }

  /// Fills a rectangle with one narrow character.
  package mutating func fill(_ area: Rect, with character: Character = " ", style: Style) {
    let clip = area.intersection(bounds)
    for row in clip.y..<clip.maxY {
      for column in clip.x..<clip.maxX {
        place(character, columns: 1, column: column, row: row, style: style)
      }
    }
  }

  /// Changes the style of the cells of a rectangle and leaves their text.
  package mutating func restyle(_ area: Rect, _ change: (inout Style) -> Void) {
    let clip = area.intersection(bounds)
    for row in clip.y..<clip.maxY {
      for column in clip.x..<clip.maxX { change(&cells[row * width + column].style) }
    }
  }

  private mutating func place(
    _ character: Character, columns: Int, column: Int, row: Int, style: Style
  ) {
    let index = row * width + column
    for offset in 0..<columns { clearWide(at: index + offset, column: column + offset) }
    cells[index] = Cell(.grapheme(character), style)
    if columns == 2 { cells[index + 1] = Cell(.tail, style) }
  }

  /// Blanks the other half of a wide grapheme that the cell at `index` belongs to.
  private mutating func clearWide(at index: Int, column: Int) {
    if cells[index].symbol == .tail, column > 0 { cells[index - 1].symbol = .grapheme(" ") }
    if column + 1 < width, cells[index + 1].symbol == .tail {
      cells[index + 1].symbol = .grapheme(" ")
    }
  }

  /// The frame as lines of text without styles and without trailing blanks: the form of snapshots.
  package var text: String {
    (0..<height).map { rowText($0) }.joined(separator: "\n") + "\n"
  }

  /// One row as text, without trailing blanks.
  package func rowText(_ row: Int) -> String {
    var text = ""
    for cell in self.row(row) {
      if case .grapheme(let character) = cell.symbol { text.append(character) }
    }
    while text.last == " " { text.removeLast() }
    return text
  }
}

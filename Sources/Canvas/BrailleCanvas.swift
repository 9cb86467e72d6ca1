/// A picture of dots, two by four in each cell: the finest that characters can draw.
package struct BrailleCanvas {
  /// Size in dots.
  package let width: Int
  package let height: Int
  private let columns: Int
  private var patterns: [UInt8]
  private var styles: [Style]

  /// - Parameters:
  ///   - columns: width in cells.
  ///   - rows: height in cells.
  package init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    width = 2 * self.columns
    height = 4 * max(0, rows)
    patterns = Array(repeating: 0, count: self.columns * max(0, rows))
    styles = Array(repeating: .plain, count: patterns.count)
  }

  /// Sets a dot, if it is on the canvas; the last style of a cell wins.
  package mutating func set(x: Int, y: Int, style: Style = .plain) {
    guard x >= 0, x < width, y >= 0, y < height else { return }
    let cell = y / 4 * columns + x / 2
    patterns[cell] |= BrailleCanvas.bits[y % 4][x % 2]
    styles[cell] = style
  }

  /// Draws a straight line of dots.
  ///
  /// - Source: Bresenham, "Algorithm for computer control of a digital plotter", 1965.
  package mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int), style: Style) {
    let run = abs(end.x - start.x)
    let rise = -abs(end.y - start.y)
    var (x, y) = start
    var error = run + rise
    while true {
      set(x: x, y: y, style: style)
      if x == end.x && y == end.y { return }
      let doubled = 2 * error
      if doubled >= rise {
        error += rise
        x += x < end.x ? 1 : -1
      }
      if doubled <= run {
        error += run
        y += y < end.y ? 1 : -1
      }
    }
  }

  /// Draws the cells that have a dot.
  package func render(into grid: inout CellGrid, column: Int, row: Int, in area: Rect) {
    for (index, pattern) in patterns.enumerated() where pattern != 0 {
      grid.draw(
        SafeText(String(BrailleCanvas.character(of: pattern))), column: column + index % columns,
        row: row + index / columns, style: styles[index], in: area)
    }
  }

  /// The rows of the picture, the cells without a dot as blanks.
  package var lines: [Line] {
    stride(from: 0, to: patterns.count, by: max(1, columns)).map { start in
      var line = Line()
      var text = ""
      for cell in start..<start + columns {
        if cell > start, styles[cell] != styles[cell - 1] {
          line.spans.append(Span(SafeText(text), styles[cell - 1]))
          text = ""
        }
        text.append(BrailleCanvas.character(of: patterns[cell]))
      }
      line.spans.append(Span(SafeText(text), styles[start + columns - 1]))
      return line
    }
  }

  private static func character(of pattern: UInt8) -> Character {
    guard pattern != 0, let scalar = Unicode.Scalar(0x2800 + UInt32(pattern)) else { return " " }
    return Character(scalar)
  }

  /// The bit of each dot, by row and column (Unicode's order goes down the columns first).
  private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
}

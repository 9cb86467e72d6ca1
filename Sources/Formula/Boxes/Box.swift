import Canvas

/// A rectangle of cells being put together, with the row that its neighbours align to.
///
/// Boxes hold boxes by reference to their place; cells are painted once, when the whole is done,
/// so that deep nesting costs no repeated copying.
struct Box {
  let width: Int
  let height: Int
  /// The row of ordinary letters, counted from the top.
  let axis: Int
  /// Whether brackets around it grow: scripts alone do not make a box tall.
  let isTall: Bool
  private let content: Content

  private indirect enum Content {
    case blank
    case cells([GlyphCell])
    case placed([Placement])
  }

  /// A box inside another.
  struct Placement {
    var box: Box
    var column: Int
    var row: Int
  }

  /// The rows under the axis.
  var depth: Int { height - axis - 1 }

  /// One row of graphemes.
  init(_ cells: [GlyphCell], _ displayWidth: DisplayWidth) {
    self.init(cells, width: cells.columns(displayWidth))
  }

  private init(_ cells: [GlyphCell], width: Int) {
    self.width = width
    height = 1
    axis = 0
    isTall = false
    content = cells.isEmpty ? .blank : .cells(cells)
  }

  /// Boxes at their places in a rectangle that holds them all.
  init(width: Int, height: Int, axis: Int, isTall: Bool, _ placements: [Placement]) {
    self.width = width
    self.height = height
    self.axis = axis
    self.isTall = isTall
    content = placements.isEmpty ? .blank : .placed(placements)
  }

  /// Empty cells.
  static func blank(width: Int, height: Int = 1, axis: Int = 0) -> Box {
    Box(width: width, height: height, axis: axis, isTall: height > 1, [])
  }

  /// The same cells around another axis.
  func withAxis(_ axis: Int) -> Box {
    Box(
      width: width, height: height, axis: axis, isTall: isTall,
      [Placement(box: self, column: 0, row: 0)])
  }

  /// The grapheme, if the box is just one.
  var singleCell: GlyphCell? {
    guard case .cells(let cells) = content, cells.count == 1 else { return nil }
    return cells[0]
  }

  /// The cells of a box of one row that has no inner places.
  var cellsOfRow: [GlyphCell]? {
    guard case .cells(let cells) = content else { return nil }
    return cells
  }

  /// All rows as cells, each filled with blanks to the width of the box.
  func rows(_ displayWidth: DisplayWidth) -> [[GlyphCell]] {
    placedCells(displayWidth).map { Box.filled($0, width: width, displayWidth) }
  }

  /// The cells of each row with the columns where they start.
  func placedCells(_ displayWidth: DisplayWidth) -> [[(column: Int, cell: GlyphCell)]] {
    var canvas = Array(repeating: [(column: Int, cell: GlyphCell)](), count: height)
    paint(into: &canvas, column: 0, row: 0, displayWidth)
    return canvas
  }

  private func paint(
    into canvas: inout [[(column: Int, cell: GlyphCell)]], column: Int, row: Int,
    _ displayWidth: DisplayWidth
  ) {
    switch content {
    case .blank: break
    case .cells(let cells):
      var x = column
      for cell in cells {
        if cell != .blank { canvas[row].append((x, cell)) }
        x += displayWidth.columns(of: cell.character)
      }
    case .placed(let placements):
      for placement in placements {
        placement.box.paint(
          into: &canvas, column: column + placement.column, row: row + placement.row, displayWidth)
      }
    }
  }

  private static func filled(
    _ painted: [(column: Int, cell: GlyphCell)], width: Int, _ displayWidth: DisplayWidth
  ) -> [GlyphCell] {
    var cells: [GlyphCell] = []
    var x = 0
    for (column, cell) in painted.sorted(by: { $0.column < $1.column }) where column >= x {
      cells += Array(repeating: .blank, count: column - x)
      cells.append(cell)
      x = column + displayWidth.columns(of: cell.character)
    }
    return cells + Array(repeating: .blank, count: max(0, width - x))
  }
}

package import Canvas

extension FormulaBox {
  /// Whether every row takes the columns that the box says it has, and the axis is one of the rows.
  package func isSound(_ displayWidth: DisplayWidth) -> Bool {
    rows.indices.contains(axis)
      && rows.allSatisfy { row in
        row.reduce(0) { $0 + displayWidth.columns(of: $1.text) } == width
      }
  }
}

/// Properties of drawings that hold for every formula: nothing overlaps, bars cover what stands
/// over and under them, columns are straight.
struct FormulaGeometry {
  private let layout: BoxLayout
  private let displayWidth: DisplayWidth

  init(_ options: FormulaOptions) {
    displayWidth = options.displayWidth
    layout = BoxLayout(options)
  }

  /// Whether the drawing of the nodes, and that of each part, is as it should be.
  func holds(for nodes: [FormulaNode]) -> Bool {
    layout.box(nodes, .display).keepsCellsApart(displayWidth) && nodes.allSatisfy(holds)
  }

  private func holds(for node: FormulaNode) -> Bool {
    let isRight =
      switch node {
      case .fraction(let fraction) where fraction.kind == .bar: hasWholeBar(node)
      case .radical: hasRoof(node)
      case .matrix(let matrix): hasStraightColumns(matrix)
      case .accent(let accent, let body): isCovered(accent, body, node)
      default: true
      }
    return isRight && node.parts.allSatisfy { $0.allSatisfy(holds) }
  }

  private func rows(_ node: FormulaNode) -> (rows: [[GlyphCell]], axis: Int) {
    let box = layout.box(node, .display)
    return (box.rows(displayWidth), box.axis)
  }

  /// The axis row of a fraction is bar from end to end, so it is as wide as both parts.
  private func hasWholeBar(_ node: FormulaNode) -> Bool {
    let (rows, axis) = rows(node)
    return rows[axis].allSatisfy { $0.character == "─" }
  }

  /// From its corner on, the row over a radicand is bar to the end of the box.
  private func hasRoof(_ node: FormulaNode) -> Bool {
    rows(node).rows.contains { row in
      guard let corner = row.firstIndex(where: { $0.character == "┌" }) else { return false }
      return row[(corner + 1)...].allSatisfy { $0.character == "─" }
    }
  }

  /// A rule over or under a body is as long as the body.
  private func isCovered(
    _ accent: FormulaAccent, _ body: [FormulaNode], _ node: FormulaNode
  ) -> Bool {
    guard case .repeated(let sign) = accent.row, layout.box(body, .display).singleCell == nil else {
      return true
    }
    let rows = rows(node).rows
    return (accent.isUnder ? rows.last : rows.first)?.allSatisfy { $0.character == sign } == true
  }

  /// Between columns that hold anything lies a blank strip over the whole height, and brackets are
  /// as high as the rows.
  private func hasStraightColumns(_ matrix: FormulaMatrix) -> Bool {
    let box = layout.laid(matrix, .display).box
    let rows = box.rows(displayWidth)
    for (delimiter, end) in [(matrix.left, 0), (matrix.right, -1)] where delimiter != nil {
      guard rows.allSatisfy({ ($0.isEmpty ? nil : end == 0 ? $0[0] : $0.last) != .blank }) else {
        return false
      }
    }
    switch matrix.columns {
    case .centred, .left, .specified: return strips(rows) >= inkedColumns(matrix)
    case .paired, .lines, .staggered: return true
    }
  }

  private func inkedColumns(_ matrix: FormulaMatrix) -> Int {
    let count = matrix.rows.map(\.cells.count).max() ?? 0
    return (0..<count).count { column in
      matrix.rows.contains { row in
        column < row.cells.count && layout.box(row.cells[column], .display).width > 0
      }
    }
  }

  /// Stretches of columns with ink, parted by columns that are blank in every row without a rule.
  private func strips(_ rows: [[GlyphCell]]) -> Int {
    var isInked = Set<Int>()
    for row in rows where !row.allSatisfy({ $0.character == "─" }) {
      var column = 0
      for cell in row {
        let width = displayWidth.columns(of: cell.character)
        if cell != .blank { isInked.formUnion(column..<column + width) }
        column += width
      }
    }
    return isInked.count { !isInked.contains($0 - 1) }
  }
}

extension Box {
  /// Whether no two cells take one place and none stands outside.
  func keepsCellsApart(_ displayWidth: DisplayWidth) -> Bool {
    placedCells(displayWidth).allSatisfy { row in
      var end = 0
      return row.sorted { $0.column < $1.column }.allSatisfy { column, cell in
        defer { end = column + displayWidth.columns(of: cell.character) }
        return column >= end && column + displayWidth.columns(of: cell.character) <= width
      }
    }
  }
}

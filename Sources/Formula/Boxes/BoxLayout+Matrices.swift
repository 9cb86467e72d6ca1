import Canvas

extension BoxLayout {
  /// A matrix with the axis of each of its rows, where equation numbers go.
  struct LaidMatrix {
    var box: Box
    var rowAxes: [Int]
  }

  /// An environment with its cells laid out as they are, whatever their width.
  func laid(_ matrix: FormulaMatrix, _ style: MathStyle) -> LaidMatrix {
    let cells = matrix.rows.map { row in
      row.cells.enumerated().map { cell($1, at: $0, matrix.columns, style) }
    }
    return laid(matrix, cells: cells, isScript: style == .script)
  }

  /// One cell; the right one of an aligned pair begins as if a term stood before it.
  private func cell(
    _ nodes: [FormulaNode], at column: Int, _ columns: FormulaMatrix.Columns, _ style: MathStyle
  ) -> Box {
    join(cell: cellAtoms(nodes, at: column, columns, style))
  }

  /// The atoms of a cell, with the blanks that stand before the first.
  func join(cell atoms: [Atom]) -> Box {
    let body = join(atoms)
    guard let gap = atoms.first?.gapBefore, gap > 0 else { return body }
    return Box.row([.blank(width: gap), body])
  }

  /// The atoms of one cell, spaced as its column asks.
  func cellAtoms(
    _ nodes: [FormulaNode], at column: Int, _ columns: FormulaMatrix.Columns, _ style: MathStyle
  ) -> [Atom] {
    guard columns == .paired else { return atoms(nodes, style) }
    let empty = FormulaNode.group([])
    if column % 2 == 1 { return atoms([empty] + nodes, style) }
    return atoms(nodes.endsInRelation ? nodes + [empty] : nodes, style)
  }

  /// Puts finished cells into rows and columns.
  func laid(_ matrix: FormulaMatrix, cells: [[Box]], isScript: Bool) -> LaidMatrix {
    let count = cells.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      cells.map { column < $0.count ? $0[column].width : 0 }.max() ?? 0
    }
    let lines = cells.map { row in
      line(row, widths: widths, matrix.columns, gap: isScript ? 1 : 2)
    }
    // The lines of `multline` are staggered by a fixed amount.
    let stagger = matrix.columns == .staggered && lines.count > 1 ? 8 : 0
    let width = (lines.map(\.width).max() ?? 0) + stagger
    var stack: [Box] = []
    var rowAxes: [Int] = []
    var y = 0
    for (index, var line) in lines.enumerated() {
      if matrix.ruledBefore.contains(index) { add(rule(columns: width)) }
      if let previous = stack.last, index > 0, needsGap(previous, line, isScript) {
        add(.blank(width: 0))
      }
      if matrix.columns == .staggered { line = staggered(line, index, lines.count, width) }
      rowAxes.append(y + line.axis)
      add(line)
    }
    if matrix.ruledBefore.contains(lines.count) { add(rule(columns: width)) }
    func add(_ box: Box) {
      stack.append(box)
      y += box.height
    }
    let alignment: Box.Alignment = matrix.columns == .lines ? .centre : .left
    let body = Box.column(stack, axisOf: 0, alignment: alignment)
    let centred = body.withAxis(lines.count == 1 ? rowAxes[0] : (body.height - 1) / 2)
    return LaidMatrix(box: enclosed(centred, matrix.left, matrix.right), rowAxes: rowAxes)
  }

  /// A script under one row must not seem to be one over the next.
  private func needsGap(_ above: Box, _ below: Box, _ isScript: Bool) -> Bool {
    isScript ? above.depth > 0 && below.axis > 0 : above.depth > 0 || below.axis > 0
  }

  private func staggered(_ line: Box, _ index: Int, _ count: Int, _ width: Int) -> Box {
    line.widened(to: width, index == 0 ? .left : index == count - 1 ? .right : .centre)
  }

  /// The cells of one row at the places of their columns.
  private func line(
    _ cells: [Box], widths: [Int], _ columns: FormulaMatrix.Columns, gap: Int
  ) -> Box {
    var boxes: [Box] = []
    let axis = cells.map(\.axis).max() ?? 0
    let height = axis + 1 + (cells.map(\.depth).max() ?? 0)
    let rule = Box.column(
      Array(repeating: row("│", .structure), count: height), axisOf: 0, alignment: .left
    ).withAxis(axis)
    for (column, width) in widths.enumerated() {
      let space = column == 0 ? 0 : columns.gap(before: column, standard: gap)
      if columns.hasRule(before: column) { boxes.append(rule) }
      if space > 0 { boxes.append(.blank(width: space)) }
      let cell = column < cells.count ? cells[column] : .blank(width: 0)
      boxes.append(cell.widened(to: width, columns.alignment(of: column)))
    }
    if columns.hasRule(before: widths.count) { boxes.append(rule) }
    return boxes.isEmpty ? .blank(width: 0) : Box.row(boxes)
  }
}

extension FormulaMatrix.Columns {
  fileprivate func gap(before column: Int, standard: Int) -> Int {
    switch self {
    case .paired: column % 2 == 1 ? 0 : 2 * standard
    case .lines, .staggered: 0
    case .specified(let alignments, _) where alignments == ["r", "c", "l"]: 1
    default: standard
    }
  }

  fileprivate func alignment(of column: Int) -> Box.Alignment {
    switch self {
    case .centred, .lines: .centre
    case .paired: column % 2 == 0 ? .right : .left
    case .left, .staggered: .left
    case .specified(let alignments, _):
      switch column < alignments.count ? alignments[column] : "c" {
      case "l": .left
      case "r": .right
      default: .centre
      }
    }
  }

  fileprivate func hasRule(before column: Int) -> Bool {
    if case .specified(_, let rules) = self { return rules.contains(column) }
    return false
  }
}

extension [FormulaNode] {
  fileprivate var endsInRelation: Bool {
    switch last(where: { !$0.isSpace })?.atomClass {
    case .relation, .binary: true
    default: false
    }
  }
}

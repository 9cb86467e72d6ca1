import Canvas

/// Fits a display formula into a width, with its numbers at the right edge.
struct DisplayLayout {
  private let layout: BoxLayout
  private let width: Int
  /// What would take more rows is not broken.
  private static let maximumRows = 200

  init(options: FormulaOptions, width: Int) {
    layout = BoxLayout(options)
    self.width = width
  }

  func box(_ formula: ParsedFormula, numbers: [String?]) -> Box {
    guard numbers.contains(where: { $0 != nil }) else { return body(formula, width: width).box }
    let labels = numbers.map { $0.map { layout.row($0, .tag) } }
    let widest = labels.compactMap { $0?.width }.max() ?? 0
    let body = body(formula, width: max(1, width - 2 * (widest + 1)))
    return numbered(body, labels)
  }

  private func body(_ formula: ParsedFormula, width: Int) -> BoxLayout.LaidMatrix {
    if let matrix = formula.numberedMatrix { return fitted(matrix, width: width) }
    let box = fitted(formula.nodes, width: width)
    return BoxLayout.LaidMatrix(box: box, rowAxes: [box.axis])
  }

  // MARK: Fitting

  /// A list as one line if it fits, else broken, else as one line all the same.
  private func fitted(_ nodes: [FormulaNode], width: Int) -> Box {
    let atoms = layout.atoms(nodes, .display)
    let whole = layout.join(atoms)
    if whole.width <= width { return whole }
    if let box = withFittedMatrix(atoms, whole, width: width) { return box }
    return broken(atoms, width: width) ?? whole
  }

  /// Makes the only matrix of a list narrower by breaking its cells.
  private func withFittedMatrix(_ atoms: [BoxLayout.Atom], _ whole: Box, width: Int) -> Box? {
    let places = atoms.indices.filter { atoms[$0].node?.isMatrix == true }
    guard places.count == 1, case .matrix(let matrix)? = atoms[places[0]].node else { return nil }
    let others = whole.width - atoms[places[0]].box.width
    let narrow = fitted(matrix, width: width - others).box
    guard narrow.width + others <= width else { return nil }
    var atoms = atoms
    atoms[places[0]].box = narrow
    return layout.join(atoms)
  }

  /// Breaks the cells of the widest column so that all columns together fit.
  private func fitted(_ matrix: FormulaMatrix, width: Int) -> BoxLayout.LaidMatrix {
    let whole = layout.laid(matrix, .display)
    guard whole.box.width > width else { return whole }
    var cells = matrix.rows.map { row in
      row.cells.enumerated().map { layout.join(cell: cellAtoms($1, $0, matrix)) }
    }
    let columns = cells.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      cells.map { column < $0.count ? $0[column].width : 0 }.max() ?? 0
    }
    guard let widest = widths.indices.max(by: { widths[$0] < widths[$1] }) else { return whole }
    let room = width - (whole.box.width - widths[widest])
    guard room >= 12 else { return whole }
    for (index, row) in matrix.rows.enumerated() where widest < row.cells.count {
      guard cells[index][widest].width > room else { continue }
      cells[index][widest] = fittedCell(row.cells[widest], widest, matrix, room)
    }
    return layout.laid(matrix, cells: cells, isScript: false)
  }

  private func cellAtoms(
    _ nodes: [FormulaNode], _ column: Int, _ matrix: FormulaMatrix
  ) -> [BoxLayout.Atom] {
    layout.cellAtoms(nodes, at: column, matrix.columns, .display)
  }

  private func fittedCell(
    _ nodes: [FormulaNode], _ column: Int, _ matrix: FormulaMatrix, _ room: Int
  ) -> Box {
    let atoms = cellAtoms(nodes, column, matrix)
    if matrix.columns == .lines || matrix.columns == .staggered {
      return fitted(nodes, width: room)
    }
    return broken(atoms, width: room) ?? layout.join(cell: atoms)
  }

  // MARK: Breaking

  /// The atoms on several lines, the axis on the first; nil if a line would still be too wide.
  private func broken(_ atoms: [BoxLayout.Atom], width: Int) -> Box? {
    let parts = layout.flattened(atoms)
    for (atoms, isHanging) in [(atoms, false), (atoms, true), (parts, false), (parts, true)] {
      if let lines = LineBreaker(atoms, width: width, isHanging: isHanging).lines() {
        return box(of: lines, atoms)
      }
    }
    return nil
  }

  private func box(
    of lines: [(range: Range<Int>, indent: Int)], _ atoms: [BoxLayout.Atom]
  ) -> Box? {
    var stack: [Box] = []
    for line in lines {
      let body = layout.join(atoms[line.range])
      let box = Box.row([.blank(width: line.indent), body])
      if let previous = stack.last, previous.depth > 0 || box.axis > 0 {
        stack.append(.blank(width: 0))
      }
      stack.append(box)
    }
    let box = Box.column(stack, axisOf: 0, alignment: .left)
    return box.height <= DisplayLayout.maximumRows ? box : nil
  }

  // MARK: Numbers

  /// The numbers flush right on the axes of their rows, or below the formula if there is no room.
  private func numbered(_ body: BoxLayout.LaidMatrix, _ labels: [Box?]) -> Box {
    let widest = labels.compactMap { $0?.width }.max() ?? 0
    let total = max(width, body.box.width)
    let left = (total - body.box.width) / 2
    let fits = left + body.box.width + 1 + widest <= total
    var placements = [Box.Placement(box: body.box, column: left, row: 0)]
    var height = body.box.height
    for (index, label) in labels.enumerated() {
      guard let label else { continue }
      let axis = labels.count == body.rowAxes.count ? body.rowAxes[index] : body.box.axis
      placements.append(
        Box.Placement(box: label, column: total - label.width, row: fits ? axis : height))
      if !fits { height += 1 }
    }
    return Box(
      width: total, height: height, axis: body.box.axis, isTall: body.box.isTall, placements)
  }
}

extension FormulaNode {
  fileprivate var isMatrix: Bool {
    if case .matrix = self { return true }
    return false
  }
}

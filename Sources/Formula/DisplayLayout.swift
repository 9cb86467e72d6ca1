import Canvas

/// Fits a display formula into a width, with its numbers at the right edge.
struct DisplayLayout {
  let layout: BoxLayout
  let width: Int

  init(options: FormulaOptions, width: Int) {
    layout = BoxLayout(displayWidth: options.displayWidth, references: options.references)
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
    if let matrix = formula.numberedMatrix { return layout.laid(matrix, .display) }
    let box = layout.box(formula.nodes, .display)
    return BoxLayout.LaidMatrix(box: box, rowAxes: [box.axis])
  }

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
    return Box(width: total, height: height, axis: body.box.axis, placements)
  }
}

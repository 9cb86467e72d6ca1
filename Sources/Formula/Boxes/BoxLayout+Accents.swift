import Canvas

extension BoxLayout {
  /// A mark on one grapheme, or a row over or under a longer body.
  func accented(_ accent: FormulaAccent, _ body: [FormulaNode], _ style: MathStyle) -> Box {
    let box = box(body, style)
    if accent.row != .brace, let cell = box.singleCell {
      return row(String(cell.character.marked(accent.mark)), cell.role, cell.attributes)
    }
    let mark: Box
    switch accent.row {
    case .brace: return braced(box, isUnder: accent.isUnder, hasStem: false)
    case .centred(let sign): mark = row(String(sign), .structure)
    case .repeated(let sign): mark = rule(columns: box.width, sign)
    case .arrow(let arrow): mark = self.arrow(arrow, columns: box.width)
    }
    return accent.isUnder
      ? Box.column([box, mark], axisOf: 0) : Box.column([mark, box], axisOf: 1)
  }

  /// A horizontal brace over or under a body.
  func braced(_ body: Box, isUnder: Bool, hasStem: Bool) -> Box {
    let unit = columns(of: "─")
    let count = max(3, (body.width + unit - 1) / unit)
    var pieces = Array(repeating: Character("─"), count: count)
    (pieces[0], pieces[count - 1]) = isUnder ? ("╰", "╯") : ("╭", "╮")
    if hasStem { pieces[(count - 1) / 2] = isUnder ? "┬" : "┴" }
    let brace = row(String(pieces), .structure)
    return isUnder ? Box.column([body, brace], axisOf: 0) : Box.column([brace, body], axisOf: 1)
  }

  /// An arrow at least so long.
  func arrow(_ arrow: StretchedArrow, columns: Int) -> Box {
    let ends = [arrow.left, arrow.right].reduce(0) { $0 + self.columns(of: $1) }
    let unit = max(1, self.columns(of: arrow.shaft))
    let count = max(0, (columns - ends + unit - 1) / unit)
    let shaft = String(repeating: arrow.shaft, count: count)
    return row("\(arrow.left)\(shaft)\(arrow.right)", .relation)
  }

  /// An arrow at least two columns longer than its labels.
  func labelled(_ arrow: StretchedArrow, _ over: [FormulaNode], _ under: [FormulaNode]?) -> Box {
    let widest = [over, under ?? []].map { box($0, .script).width }.max() ?? 0
    return limits(of: self.arrow(arrow, columns: max(3, widest + 2)), over: over, under: under)
  }
}

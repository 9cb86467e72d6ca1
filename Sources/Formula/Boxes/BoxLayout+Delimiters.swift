import Canvas

extension BoxLayout {
  /// `\left … \right`: brackets as tall as the tallest part, of one row around scripts alone.
  func box(_ fence: FormulaFence, _ style: MathStyle) -> Box {
    let parts = fence.parts.map { box($0, style) }
    let isTall = parts.contains(where: \.isTall)
    let above = isTall ? parts.map(\.axis).max() ?? 0 : 0
    let below = isTall ? parts.map(\.depth).max() ?? 0 : 0
    let height = above + below + 1
    var boxes = [delimiter(fence.left, height: height, axis: above)]
    for (index, part) in parts.enumerated() {
      if index > 0 {
        boxes.append(.blank(width: 1))
        boxes.append(delimiter(fence.middles[index - 1], height: height, axis: above))
        boxes.append(.blank(width: 1))
      }
      boxes.append(part)
    }
    boxes.append(delimiter(fence.right, height: height, axis: above))
    return Box.row(boxes)
  }

  /// A body between brackets of its own height.
  func enclosed(_ body: Box, _ left: Delimiter, _ right: Delimiter) -> Box {
    Box.row([
      delimiter(left, height: body.height, axis: body.axis), body,
      delimiter(right, height: body.height, axis: body.axis),
    ])
  }

  /// A bracket as tall as what it encloses.
  func delimiter(_ delimiter: Delimiter, height: Int, axis: Int) -> Box {
    guard let delimiter else { return .blank(width: 0) }
    if height <= 1 { return row(String(delimiter), .structure) }
    if "⟨⟩".contains(delimiter) { return angle(delimiter, height: height, axis: axis) }
    guard let pieces = DelimiterPieces(delimiter, height: height) else {
      return row(String(delimiter), .structure)
    }
    let middle = axis > 0 && axis < height - 1 ? axis : (height - 1) / 2
    let column = (0..<height).map { index -> Box in
      let piece: Character =
        switch index {
        case 0: pieces.top
        case height - 1: pieces.bottom
        case middle: pieces.middle ?? pieces.filler
        default: pieces.filler
        }
      return row(String(piece), .structure)
    }
    return Box.column(column, axisOf: 0, alignment: .left).withAxis(axis)
  }

  /// An angle bracket of diagonal strokes.
  private func angle(_ delimiter: Character, height: Int, axis: Int) -> Box {
    let opens = delimiter == "⟨"
    let stroke = row("╱", .structure)
    let half = (height + 1) / 2
    var placements: [Box.Placement] = []
    for index in 0..<height {
      let fromEnd = min(index, height - 1 - index)
      let isTop = index < height / 2
      let isTip = height % 2 == 1 && index == half - 1
      let sign = isTip ? String(delimiter) : isTop == opens ? "╱" : "╲"
      let inset = opens ? half - 1 - fromEnd : fromEnd
      placements.append(
        Box.Placement(box: row(sign, .structure), column: inset * stroke.width, row: index))
    }
    return Box(width: half * stroke.width, height: height, axis: axis, isTall: true, placements)
  }

  /// A frame around a body.
  func framed(_ body: Box) -> Box {
    let side = row("│", .structure)
    let bar = rule(columns: body.width + 2 * (side.width == 1 ? 1 : 0))
    let middle = body.widened(to: bar.width)
    let sides = Box.column(
      Array(repeating: side, count: body.height), axisOf: 0, alignment: .left
    ).withAxis(body.axis)
    return Box.column(
      [
        Box.row([row("┌", .structure), bar, row("┐", .structure)]),
        Box.row([sides, middle, sides]),
        Box.row([row("└", .structure), bar, row("┘", .structure)]),
      ], axisOf: 1, alignment: .left)
  }
}

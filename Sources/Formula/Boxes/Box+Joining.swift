import Canvas

extension Box {
  /// Boxes side by side, their axes on one row.
  static func row(_ boxes: [Box]) -> Box {
    if boxes.count == 1 { return boxes[0] }
    let axis = boxes.map(\.axis).max() ?? 0
    let depth = boxes.map(\.depth).max() ?? 0
    var placements: [Placement] = []
    var x = 0
    for box in boxes {
      placements.append(Placement(box: box, column: x, row: axis - box.axis))
      x += box.width
    }
    return Box(
      width: x, height: axis + depth + 1, axis: axis, isTall: boxes.contains(where: \.isTall),
      placements)
  }

  /// Boxes one under the other; the axis is that of the box at `axisOf`.
  static func column(
    _ boxes: [Box], axisOf index: Int, alignment: Alignment = .centre, width: Int? = nil
  ) -> Box {
    let width = max(width ?? 0, boxes.map(\.width).max() ?? 0)
    var placements: [Placement] = []
    var y = 0
    var axis = 0
    for (position, box) in boxes.enumerated() {
      if position == index { axis = y + box.axis }
      let column = alignment.offset(of: box.width, in: width)
      placements.append(Placement(box: box, column: column, row: y))
      y += box.height
    }
    return Box(width: width, height: max(1, y), axis: axis, isTall: y > 1, placements)
  }

  /// The box in the middle of a wider one.
  func widened(to newWidth: Int, _ alignment: Alignment = .centre) -> Box {
    guard newWidth > width else { return self }
    let column = alignment.offset(of: width, in: newWidth)
    return Box(
      width: newWidth, height: height, axis: axis, isTall: isTall,
      [Placement(box: self, column: column, row: 0)])
  }

  /// Where a narrower box stands in a wider place.
  enum Alignment {
    case left, centre, right

    func offset(of inner: Int, in outer: Int) -> Int {
      switch self {
      case .left: 0
      case .centre: (outer - inner) / 2
      case .right: outer - inner
      }
    }
  }
}

import Canvas

/// Sums and integrals of more than one row.
enum TallOperator {
  static func exists(_ sign: String) -> Bool { sign == "∑" || sign == "∫" }

  static func box(_ sign: String, _ operandHeight: Int, _ layout: BoxLayout) -> Box? {
    let pieces: [String]
    switch sign {
    case "∑": pieces = ["⎲", "⎳"]
    case "∫": pieces = operandHeight == 2 ? ["⌠", "⌡"] : ["⌠", "⎮", "⌡"]
    default: return nil
    }
    let rows = pieces.map { layout.row($0, .relation) }
    return Box.column(rows, axisOf: (pieces.count - 1) / 2, alignment: .left)
  }
}

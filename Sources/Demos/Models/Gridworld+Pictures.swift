package import DemoKit

/// A gridworld as its readers see it.
extension Gridworld {
  /// The lie of the land.
  package var mapTable: Table {
    table("地图：★ 目标，× 陷阱") { state in
      switch cells[state] {
      case .free: "·"
      case .trap: "×"
      case .goal: "★"
      }
    }
  }

  /// An arrow for the action in each state.
  package func policyTable(_ actions: [Action]) -> Table {
    table("策略") { isTerminal($0) ? "★" : actions[$0].arrow }
  }

  /// Values as brightness, from the least to the greatest; a goal has the value 0.
  package func picture(_ values: [Double], title: String) -> Image {
    let least = values.min() ?? 0
    let span = max((values.max() ?? 0) - least, .leastNormalMagnitude)
    return Image(
      title: title, width: columns, height: rows,
      pixels: values.map { Float(($0 - least) / span) })
  }

  private func table(_ title: String, symbol: (Int) -> String) -> Table {
    Table(
      title: title, header: ["\(rows) × \(columns)"],
      rows: (0..<rows).map { row in
        [(0..<columns).map { symbol(row * columns + $0) }.joined(separator: " ")]
      })
  }
}

import Canvas

/// Which of many rows is chosen, and which are on the screen.
///
/// Knows numbers only: whoever shows the list draws the rows `visible` and says how many there are.
package struct ListView: Hashable, Sendable {
  /// Rows in all.
  package private(set) var count: Int
  /// Rows that fit on the screen.
  package private(set) var height: Int
  package private(set) var selection = 0
  private var top = 0

  package init(count: Int = 0, height: Int = 1) {
    self.count = max(0, count)
    self.height = max(1, height)
  }

  /// The rows on the screen.
  package var visible: Range<Int> {
    top..<min(count, top + height)
  }

  /// Tells how many rows there are and fit.
  package mutating func resize(count: Int? = nil, height: Int? = nil) {
    self.count = max(0, count ?? self.count)
    self.height = max(1, height ?? self.height)
    select(selection)
  }

  /// Chooses a row, the nearest one if there is none of that number.
  package mutating func select(_ row: Int) {
    selection = min(max(0, row), max(0, count - 1))
    top = min(max(top, selection - height + 1), selection)
    top = max(0, min(top, count - height))
  }

  /// Shows rows before the chosen one, so that a header above the first row is seen.
  package mutating func reveal(_ row: Int) {
    if row < top, row >= 0, selection - row < height { top = row }
  }

  /// Moves the choice as a motion key asks.
  ///
  /// - Returns: whether the command is a motion.
  package mutating func move(_ command: Command, count times: Int?) -> Bool {
    switch command {
    case .lineDown: select(selection + (times ?? 1))
    case .lineUp: select(selection - (times ?? 1))
    case .pageDown: select(selection + height * (times ?? 1))
    case .pageUp: select(selection - height * (times ?? 1))
    case .halfDown: select(selection + max(1, height / 2) * (times ?? 1))
    case .halfUp: select(selection - max(1, height / 2) * (times ?? 1))
    case .first: select((times ?? 1) - 1)
    case .last: select((times ?? count) - 1)
    case .percent: select((count - 1) * min(times ?? 0, 100) / 100)
    default: return false
    }
    return true
  }
}

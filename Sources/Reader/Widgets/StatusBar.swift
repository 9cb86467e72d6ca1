package import Canvas
import Typesetting

/// The lowest row of a screen: where one is at the left, how far at the right.
package struct StatusBar: Sendable {
  package var left: SafeText
  package var right: SafeText
  package var appearance: Appearance

  package init(left: SafeText, right: SafeText = SafeText(""), appearance: Appearance) {
    self.left = left
    self.right = right
    self.appearance = appearance
  }

  /// Draws into the last row of `area`; the right part wins where both do not fit.
  package func render(into grid: inout CellGrid, in area: Rect) {
    guard area.height > 0 else { return }
    let style = appearance.style(.status)
    let row = Rect(x: area.x, y: area.maxY - 1, width: area.width, height: 1)
    grid.fill(row, style: style)
    let displayWidth = appearance.displayWidth
    let rightWidth = right.isEmpty ? 0 : displayWidth.columns(of: right) + 1
    let room = area.width - rightWidth - 2
    grid.draw(
      left.shortened(toColumns: max(0, room), displayWidth: displayWidth),
      column: area.x + 1, row: row.y, style: style, in: row)
    grid.draw(right, column: area.maxX - rightWidth, row: row.y, style: style, in: row)
  }
}

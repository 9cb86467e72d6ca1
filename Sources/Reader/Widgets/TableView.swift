package import Canvas
package import DemoKit
import Typesetting

/// A table of a demo: a header with a rule, numbers to the right, columns shrunk to fit.
package struct TableView: Sendable {
  package var table: Table
  package var appearance: Appearance

  package init(_ table: Table, appearance: Appearance) {
    self.table = table
    self.appearance = appearance
  }

  /// Rows that the table takes: title, header, rule and data.
  package var height: Int { table.rows.count + 3 }

  package func render(into grid: inout CellGrid, in area: Rect) {
    let widths = columnWidths(in: area.width)
    grid.draw(
      SafeText(table.title), column: area.x, row: area.y, style: Style(attributes: .bold), in: area)
    draw(table.header, row: area.y + 1, widths, Style(attributes: .bold), into: &grid, in: area)
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    grid.draw(
      SafeText(rule), column: area.x, row: area.y + 2, style: appearance.style(.rule), in: area)
    for (index, row) in table.rows.prefix(max(0, area.height - 3)).enumerated() {
      draw(row, row: area.y + 3 + index, widths, .plain, into: &grid, in: area)
    }
  }

  private func draw(
    _ cells: [String], row: Int, _ widths: [Int], _ style: Style, into grid: inout CellGrid,
    in area: Rect
  ) {
    var column = area.x
    for (cell, width) in zip(cells, widths) {
      let text = SafeText(cell).shortened(toColumns: width, displayWidth: grid.displayWidth)
      let isNumber = Double(cell.filter { $0 != "%" && $0 != "," }) != nil
      let indent = isNumber ? width - grid.displayWidth.columns(of: text) : 0
      grid.draw(text, column: column + indent, row: row, style: style, in: area)
      column += width + 2
    }
  }

  /// As wide as the widest cell; the widest columns give way until all fit.
  private func columnWidths(in total: Int) -> [Int] {
    let displayWidth = appearance.displayWidth
    var widths = table.header.indices.map { column in
      ([table.header] + table.rows).map { row in
        row.indices.contains(column) ? displayWidth.columns(of: SafeText(row[column])) : 0
      }.max() ?? 0
    }
    let room = total - 2 * max(0, widths.count - 1)
    while widths.reduce(0, +) > room, let widest = widths.max(), widest > 3 {
      guard let index = widths.firstIndex(of: widest) else { break }
      widths[index] -= 1
    }
    return widths
  }
}

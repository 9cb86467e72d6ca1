package import Canvas
import DemoKit
import Typesetting

extension DemoScreen {
  package func render(into grid: inout CellGrid, in area: Rect) {
    let title = SafeText(description.id.string)
    let end = grid.draw(
      title, column: area.x + 1, row: area.y, style: appearance.style(.heading2), in: area)
    let summary = SafeText(description.summary)
      .shortened(toColumns: max(0, area.maxX - end - 3), displayWidth: grid.displayWidth)
    grid.draw(
      summary, column: end + 2, row: area.y, style: appearance.style(.dim), in: area)
    var row = area.y + 1
    if !isZoomed {
      row = renderParameters(from: row, into: &grid, in: area)
      let rule = String(
        repeating: "─", count: area.width / grid.displayWidth.columns(of: "─" as Character))
      grid.draw(
        SafeText(rule), column: area.x, row: row, style: appearance.style(.rule), in: area)
      row += 1
    }
    let body = Rect(
      x: area.x + 1, y: row, width: area.width - 2, height: area.maxY - 1 - row)
    let lines = resultLines(width: resultWidth)
    let start = min(scroll, max(0, lines.count - body.height))
    for (offset, line) in lines.dropFirst(max(0, start)).prefix(body.height).enumerated() {
      grid.draw(line, column: body.x, row: body.y + offset, in: body)
    }
    renderStatus(into: &grid, in: area)
  }

  /// - Returns: the row after the parameters.
  private func renderParameters(from start: Int, into grid: inout CellGrid, in area: Rect) -> Int {
    let names = description.parameters.map { grid.displayWidth.columns(of: SafeText($0.name)) }
    let column = min((names.max() ?? 0) + 3, area.width / 2)
    var shown = list
    shown.resize(height: min(description.parameters.count, parameterRows))
    for (offset, index) in shown.visible.enumerated() {
      let row = Rect(x: area.x, y: start + offset, width: area.width, height: 1)
      let isSelected = index == list.selection
      let style = isSelected ? appearance.style(.selection) : .plain
      grid.fill(row, style: style)
      let parameter = description.parameters[index]
      let name = SafeText(parameter.name)
        .shortened(toColumns: column - 2, displayWidth: grid.displayWidth)
      grid.draw(name, column: row.x + 1, row: row.y, style: style, in: row)
      let place = Rect(x: row.x + column, y: row.y, width: row.width - column, height: 1)
      if isSelected, let field {
        field.render(prompt: SafeText(""), into: &grid, in: place, style: style)
        continue
      }
      let isChanged = values[index] != parameter.standard
      let end = grid.draw(
        SafeText("\(values[index])" + (isChanged ? " *" : "")), column: place.x, row: row.y,
        style: isChanged ? style.adding(.bold) : style, in: row)
      let bounds = appearance.messages(.parameterBounds, "\(parameter.bounds)")
      let boundsColumn = max(end + 2, place.x + 12)
      grid.draw(
        bounds.shortened(
          toColumns: max(0, row.maxX - boundsColumn - 1), displayWidth: grid.displayWidth),
        column: boundsColumn, row: row.y,
        style: isSelected ? style : appearance.style(.dim), in: row)
    }
    return start + shown.visible.count
  }

  private func renderStatus(into grid: inout CellGrid, in area: Rect) {
    let outcome = demos.outcome(of: description.id)
    let state = outcome.map { $0.sentence(appearance.messages) } ?? appearance.messages(.demoNever)
    StatusBar(left: state, right: appearance.messages(.helpHint), appearance: appearance)
      .render(into: &grid, in: area)
  }
}

package import Canvas
package import DemoKit
import Typesetting

/// Curves and clouds of points over axes, in braille.
///
/// A number stands at the end of each of several curves and before its name in the legend, so that
/// they are told apart without colours. Values that are no numbers leave a gap.
package struct PlotView: Sendable {
  package var plot: Plot
  package var appearance: Appearance

  package init(_ plot: Plot, appearance: Appearance) {
    self.plot = plot
    self.appearance = appearance
  }

  /// Draws title, legend, axes and data into `area`; in a tiny one only what fits.
  package func render(into grid: inout CellGrid, in area: Rect) {
    guard area.width >= 8, area.height >= 3 else { return }
    renderTitle(into: &grid, in: area)
    let x = Axis(plot.series.filter { !$0.x.isEmpty }.flatMap(\.x))
    let y = Axis(plot.series.flatMap(\.y))
    let labels = [y.label(y.range.upperBound), y.label(y.range.lowerBound)]
    let margin = min((labels.map(\.count).max() ?? 0) + 1, area.width / 3)
    let inner = Rect(
      x: area.x + margin + 1, y: area.y + 1, width: area.width - margin - 1,
      height: area.height - 3)
    renderAxes(x: x, yLabels: labels, into: &grid, in: area, inner: inner)
    var canvas = BrailleCanvas(columns: inner.width, rows: inner.height)
    for (index, series) in plot.series.enumerated() {
      draw(series, index, x: x, y: y, on: &canvas)
    }
    canvas.render(into: &grid, column: inner.x, row: inner.y, in: area)
    if plot.series.count > 1 { renderNumbers(x: x, y: y, into: &grid, in: inner) }
  }

  private func renderTitle(into grid: inout CellGrid, in area: Rect) {
    var end = grid.draw(
      SafeText(plot.title), column: area.x, row: area.y, style: Style(attributes: .bold), in: area)
    guard plot.series.count > 1 else { return }
    for (index, series) in plot.series.enumerated() {
      end = grid.draw(
        SafeText("  \(index + 1) \(series.name)"), column: end, row: area.y,
        style: appearance.plotStyle(index), in: area)
    }
  }

  private func renderAxes(
    x: Axis, yLabels: [String], into grid: inout CellGrid, in area: Rect, inner: Rect
  ) {
    let style = appearance.style(.dim)
    let axis = inner.x - 1
    for row in inner.y..<inner.maxY {
      grid.draw(SafeText("│"), column: axis, row: row, style: style, in: area)
    }
    let floor = SafeText("└" + String(repeating: "─", count: inner.width))
    grid.draw(floor, column: axis, row: inner.maxY, style: style, in: area)
    for (label, row) in zip(yLabels, [inner.y, max(inner.y, inner.maxY - 1)]) {
      grid.draw(
        SafeText(label), column: max(area.x, axis - label.count), row: row, style: style, in: area)
    }
    let low = SafeText(x.label(x.range.lowerBound))
    let high = SafeText(x.label(x.range.upperBound))
    let row = inner.maxY + 1
    let end = grid.draw(low, column: axis, row: row, style: style, in: area)
    let start = inner.maxX - grid.displayWidth.columns(of: high)
    if start > end { grid.draw(high, column: start, row: row, style: style, in: area) }
    let name = SafeText(plot.xLabel)
    let middle = inner.x + (inner.width - grid.displayWidth.columns(of: name)) / 2
    if middle > end + 1, middle + grid.displayWidth.columns(of: name) < start {
      grid.draw(name, column: middle, row: row, style: style, in: area)
    }
  }

  private func draw(
    _ series: Plot.Series, _ index: Int, x: Axis, y: Axis, on canvas: inout BrailleCanvas
  ) {
    let style = appearance.plotStyle(index)
    var previous: (x: Int, y: Int)?
    for (valueX, valueY) in zip(series.x, series.y) {
      guard let dotX = x.dot(valueX, of: canvas.width), let dotY = y.dot(valueY, of: canvas.height)
      else {
        previous = nil
        continue
      }
      let dot = (x: dotX, y: canvas.height - 1 - dotY)
      if series.kind == .line, let previous {
        canvas.line(from: previous, to: dot, style: style)
      } else {
        canvas.set(x: dot.x, y: dot.y, style: style)
      }
      previous = dot
    }
  }

  private func renderNumbers(x: Axis, y: Axis, into grid: inout CellGrid, in inner: Rect) {
    for (index, series) in plot.series.enumerated() {
      guard let lastX = series.x.last, let lastY = series.y.last,
        let dotX = x.dot(lastX, of: inner.width), let dotY = y.dot(lastY, of: inner.height)
      else { continue }
      grid.draw(
        SafeText("\((index + 1) % 10)"), column: inner.x + dotX, row: inner.maxY - 1 - dotY,
        style: appearance.plotStyle(index).adding(.bold), in: inner)
    }
  }
}

/// The range of an axis and the place of a value on it.
struct Axis {
  let range: ClosedRange<Double>

  /// The range of all finite values; widened if they are all equal.
  init(_ values: [Double]) {
    let finite = values.filter { $0.isFinite && abs($0) < 1e300 }
    let low = finite.min() ?? 0
    let high = finite.max() ?? 1
    range =
      low < high ? low...high : (low - 0.5 - abs(low) * 1e-6)...(high + 0.5 + abs(high) * 1e-6)
  }

  /// The dot of `count` that a value falls on; nil for a value that is no place.
  func dot(_ value: Double, of count: Int) -> Int? {
    guard count > 0, value.isFinite, range.contains(value) else { return nil }
    let fraction = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    guard fraction.isFinite else { return nil }
    return min(count - 1, Int(fraction * Double(count - 1) + 0.5))
  }

  /// A short form of a value.
  func label(_ value: Double) -> String {
    ShortNumber(value).text
  }
}

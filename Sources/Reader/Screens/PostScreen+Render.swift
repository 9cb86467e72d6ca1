package import Canvas
import DemoKit
import Posts
import Typesetting

extension PostScreen {
  package func render(into grid: inout CellGrid, in area: Rect) {
    // The card of a running demo is laid out once for each frame, not for each of its messages.
    var current = self
    current.refreshCard()
    guard var page = current.page else {
      grid.draw(
        appearance.messages(.loading), column: area.x + 2, row: area.y + 1,
        style: appearance.style(.dim), in: area)
      StatusBar(left: SafeText(summary.title), appearance: appearance).render(into: &grid, in: area)
      return
    }
    let body = Rect(x: area.x, y: area.y, width: area.width, height: area.height - 1)
    let margin = max(0, (area.width - textWidth) / 2)
    let text = Rect(x: body.x + margin, y: body.y, width: textWidth, height: body.height)
      .intersection(body)
    let shown = page.window(from: top, height: height)
    for (offset, row) in shown.enumerated() {
      render(row.line, of: row.place.item, row: text.y + offset, into: &grid, in: text)
    }
    renderMatches(shown, into: &grid, in: text)
    renderFocus(shown, into: &grid, in: text)
    if case .hinting = mode { renderHints(shown, into: &grid, in: text) }
    renderStatus(&page, into: &grid, in: area)
  }

  /// One row; where it is wider than the window, marks show the cut edges.
  private func render(
    _ line: TypesetLine, of item: Int, row: Int, into grid: inout CellGrid, in text: Rect
  ) {
    let shown = line.visibleLine(
      offset: sideways[item, default: 0], width: text.width, displayWidth: grid.displayWidth,
      mark: appearance.style(.heading5))
    grid.draw(shown, column: text.x, row: row, in: text)
  }

  /// Where columns of a row stand on the screen; those that are scrolled away stand nowhere.
  private func cells(
    _ columns: Range<Int>, of line: TypesetLine, in item: Int, row: Int, _ text: Rect
  ) -> Rect {
    let fixed = line.fixedColumns ?? 0
    let offset = line.fixedColumns == nil ? 0 : sideways[item, default: 0]
    let isFixed = columns.lowerBound < fixed
    let left = isFixed ? 0 : fixed
    let start = max(left, columns.lowerBound - (isFixed ? 0 : offset))
    let end = max(start, columns.upperBound - (columns.upperBound <= fixed ? 0 : offset))
    return Rect(x: text.x + start, y: row, width: end - start, height: 1).intersection(text)
  }

  private func renderMatches(
    _ shown: [(place: Page.Place, line: TypesetLine)], into grid: inout CellGrid, in text: Rect
  ) {
    guard !find.matches.isEmpty, let first = shown.first, let last = shown.last else { return }
    let rows = Dictionary(
      shown.enumerated().map { ($1.place, $0) }, uniquingKeysWith: { first, _ in first })
    for (index, found) in find.matches.enumerated()
    where found.item >= first.place.item && found.item <= last.place.item {
      let style = appearance.style(index == find.current ? .currentMatch : .match)
      for segment in found.match.segments {
        guard let row = rows[Page.Place(item: found.item, row: segment.row)] else { continue }
        let place = cells(
          segment.columns, of: shown[row].line, in: found.item, row: text.y + row, text)
        grid.restyle(place) { $0 = $0.overlaid(by: style) }
      }
    }
  }

  private func renderFocus(
    _ shown: [(place: Page.Place, line: TypesetLine)], into grid: inout CellGrid, in text: Rect
  ) {
    guard let focus else { return }
    for (offset, row) in shown.enumerated() where row.place.item == focus.place.item {
      for target in row.line.targets where target.id == focus.target.id {
        // A card is too large to be reversed; its border tells.
        if case .demo = target.kind, row.place.row > 0 { continue }
        grid.restyle(
          cells(target.columns, of: row.line, in: row.place.item, row: text.y + offset, text)
        ) { $0 = appearance.style(.focus).adding($0.attributes) }
      }
    }
  }

  private func renderHints(
    _ shown: [(place: Page.Place, line: TypesetLine)], into grid: inout CellGrid, in text: Rect
  ) {
    for (number, hint) in hintTargets.enumerated() {
      guard let offset = shown.firstIndex(where: { $0.place == hint.place }) else { continue }
      let place = cells(
        hint.target.columns, of: shown[offset].line, in: hint.place.item, row: text.y + offset,
        text)
      grid.draw(
        SafeText("[\(number + 1)]"), column: place.x, row: place.y,
        style: appearance.style(.currentMatch), in: text)
    }
  }

  private func renderStatus(_ page: inout Page, into grid: inout CellGrid, in area: Rect) {
    let row = Rect(x: area.x, y: area.maxY - 1, width: area.width, height: 1)
    let counter = matchCounter
    if mode == .finding {
      find.field.render(
        prompt: SafeText(" ") + appearance.messages(find.isPattern ? .patternPrompt : .findPrompt),
        into: &grid, in: row,
        style: .plain)
      let start = row.maxX - 1 - grid.displayWidth.columns(of: counter)
      if start > row.width / 2 {
        grid.draw(counter, column: start, row: row.y, style: appearance.style(.dim), in: row)
      }
      return
    }
    let star = context.states[summary.slug]?.isStarred == true ? "★ " : ""
    var right = SafeText("\(star)\(percent(&page))%")
    if !counter.isEmpty { right = counter + SafeText("  ") + right }
    if let running = demoProgress { right = running + SafeText("  ") + right }
    if isSource { right = appearance.messages(.sourceShown) + SafeText("  ") + right }
    StatusBar(left: statusText, right: right, appearance: appearance).render(into: &grid, in: area)
  }

  private var statusText: SafeText {
    if case .hinting(let digits) = mode { return appearance.messages(.hintPrompt, digits) }
    if let focus, case .link(let destination) = focus.target.kind {
      return SafeText(destination)
    }
    return SafeText(summary.title)
  }

  private var matchCounter: SafeText {
    guard !find.isEmpty else { return SafeText("") }
    let current = find.current.map { $0 + 1 } ?? 0
    return appearance.messages(.matchCount, "\(current)", "\(find.matches.count)")
  }

  private var demoProgress: SafeText? {
    guard let name = summary.demo, let outcome = context.demos.outcome(of: DemoID(name)),
      case .running(let completed, let total) = outcome.status
    else { return nil }
    guard total > 0 else { return appearance.messages(.demoRunning) }
    let fraction = ProgressBar(completed: completed, total: total, appearance: appearance).fraction
    return appearance.messages(.demoPercent, "\(Int(100 * fraction))")
  }
}

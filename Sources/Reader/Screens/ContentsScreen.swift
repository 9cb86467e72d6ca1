package import Canvas
package import Markdown
import Typesetting

/// The headings of a post: a pane beside the text in a wide window, else over it.
package struct ContentsScreen: Screen {
  package static let name = Message.nameContents
  package static let keys: [KeyBinding] =
    .motion + [
      KeyBinding(.enter, .character("l"), .right, command: .open, .keyChooseHeading),
      KeyBinding(.character("q"), .character("t"), .escape, command: .close, .keyClose),
    ]

  private let headings: [Heading]
  private var appearance: Appearance
  private var list: ListView
  private var count = CountPrefix()

  package init(_ headings: [Heading], current: Int, appearance: Appearance) {
    self.headings = headings
    self.appearance = appearance
    list = ListView(count: headings.count)
    list.select(current)
  }

  package func frame(in window: Rect) -> Rect {
    let width = min(40, window.width - appearance.measure)
    guard window.width >= 100, width >= 20 else { return window }
    return Rect(x: window.maxX - width, y: window.y, width: width, height: window.height)
  }

  package mutating func update(_ event: Event) -> [Effect] {
    switch event {
    case .key(.click(_, let row)):
      let index = list.visible.lowerBound + row - 1
      guard row > 0, list.visible.contains(index) else { return [] }
      list.select(index)
      return choose()
    case .key(let key):
      if count.take(key) { return [] }
      guard let command = Self.keys.command(for: key) else { return [] }
      if list.move(command, count: count.use()) { return [] }
      return command == .open ? choose() : [.close]
    case .resized(_, let height):
      list.resize(height: height - 2)
      return []
    case .appearanceChanged(let appearance):
      self.appearance = appearance
      return []
    default: return []
    }
  }

  private func choose() -> [Effect] {
    [.close, .tell(.headingChosen(block: headings[list.selection].block))]
  }

  package func render(into grid: inout CellGrid, in area: Rect) {
    grid.fill(area, style: .plain)
    let isPane = area.x > 0
    let inner =
      isPane ? Rect(x: area.x + 2, y: area.y, width: area.width - 2, height: area.height) : area
    if isPane {
      for row in area.y..<area.maxY {
        grid.draw(SafeText("│"), column: area.x, row: row, style: appearance.style(.rule), in: area)
      }
    }
    grid.draw(
      appearance.messages(.nameContents), column: inner.x + 1, row: inner.y,
      style: appearance.style(.heading2), in: inner)
    let shallowest = headings.map(\.level).min() ?? 1
    for (offset, index) in list.visible.enumerated() {
      let row = Rect(x: inner.x, y: inner.y + 1 + offset, width: inner.width, height: 1)
      let style = index == list.selection ? appearance.style(.selection) : .plain
      grid.fill(row, style: style)
      let indent = 1 + 2 * (headings[index].level - shallowest)
      let text = SafeText(headings[index].text)
        .shortened(toColumns: max(0, row.width - indent - 1), displayWidth: grid.displayWidth)
      grid.draw(text, column: row.x + indent, row: row.y, style: style, in: row)
    }
    StatusBar(
      left: appearance.messages(.helpHint),
      right: SafeText("\(list.selection + 1)/\(headings.count)"), appearance: appearance
    ).render(into: &grid, in: inner)
  }
}

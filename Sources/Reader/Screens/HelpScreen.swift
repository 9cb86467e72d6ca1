package import Canvas
import Typesetting

/// The keys of the screen it was opened from, made from that screen's table.
package struct HelpScreen: Screen {
  package static let name = Message.nameHelp
  package static let keys: [KeyBinding] =
    .motion + [
      KeyBinding(.character("/"), command: .filter, .keyFilterHelp),
      KeyBinding(.character("q"), .escape, command: .close, .keyClose),
    ]

  private let bindings: [KeyBinding]
  private let title: Message
  private var appearance: Appearance
  private var list = ListView()
  private var filter = TextField()
  package private(set) var isTyping = false

  package init(keys: [KeyBinding], of title: Message, appearance: Appearance) {
    bindings = keys
    self.title = title
    self.appearance = appearance
    list.resize(count: keys.count)
  }

  package mutating func update(_ event: Event) -> [Effect] {
    switch event {
    case .key(let key): return isTyping ? typed(key) : pressed(key)
    case .pasted(let text):
      if isTyping { filter.insert(text) }
      list.resize(count: shown.count)
    case .resized(_, let height): list.resize(height: height - 2)
    case .appearanceChanged(let appearance): self.appearance = appearance
    default: break
    }
    return []
  }

  private mutating func typed(_ key: Key) -> [Effect] {
    switch key {
    case .enter: isTyping = false
    case .escape:
      isTyping = false
      filter = TextField()
    default: _ = filter.take(key)
    }
    list.resize(count: shown.count)
    return []
  }

  private mutating func pressed(_ key: Key) -> [Effect] {
    guard let command = Self.keys.command(for: key), !list.move(command, count: nil) else {
      return []
    }
    if command == .close { return [.close] }
    isTyping = true
    return []
  }

  /// The rows that contain every typed word.
  private var shown: [KeyBinding] {
    let words = filter.text.lowercased().split(separator: " ")
    return bindings.filter { binding in
      let text = (binding.keyNames + " " + appearance.messages(binding.explanation).string)
        .lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }

  package func render(into grid: inout CellGrid, in area: Rect) {
    let head = Rect(x: area.x, y: area.y, width: area.width, height: 1)
    if isTyping {
      filter.render(
        prompt: SafeText(" ") + appearance.messages(.filterPrompt), into: &grid, in: head)
    } else {
      let name = appearance.messages(.nameHelp) + SafeText(" · ") + appearance.messages(title)
      grid.draw(name, column: area.x + 1, row: area.y, style: appearance.style(.heading2), in: area)
    }
    let rows = shown
    let column = min(22, area.width / 2)
    for (offset, index) in list.visible.enumerated() where rows.indices.contains(index) {
      let row = Rect(x: area.x, y: area.y + 1 + offset, width: area.width, height: 1)
      let style = index == list.selection ? appearance.style(.selection) : .plain
      grid.fill(row, style: style)
      let names = SafeText(rows[index].keyNames)
        .shortened(toColumns: column - 2, displayWidth: grid.displayWidth)
      grid.draw(names, column: row.x + 1, row: row.y, style: style.adding(.bold), in: row)
      let text = appearance.messages(rows[index].explanation)
        .shortened(toColumns: max(0, row.width - column - 1), displayWidth: grid.displayWidth)
      grid.draw(text, column: row.x + column, row: row.y, style: style, in: row)
    }
    StatusBar(
      left: appearance.messages(.keyClose) + SafeText(": q"),
      right: SafeText("\(rows.isEmpty ? 0 : list.selection + 1)/\(rows.count)"),
      appearance: appearance
    ).render(into: &grid, in: area)
  }
}

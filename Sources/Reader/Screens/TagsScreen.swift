package import Canvas
package import Posts
import Typesetting

/// The categories and tags of all posts, each with the number of its posts: one filters the list.
package struct TagsScreen: Screen {
  package static let name = Message.nameTags
  package static let keys: [KeyBinding] =
    .motion + [
      KeyBinding(.enter, .character("l"), .right, command: .open, .keyChooseTag),
      KeyBinding(
        .character("q"), .character("t"), .escape, .character("h"), .left, command: .close,
        .keyClose),
    ]

  private var appearance: Appearance
  private let entries: [Entry]
  private var list: ListView
  private var count = CountPrefix()

  /// A category or a tag.
  private struct Entry: Hashable, Sendable {
    var name: String
    var isTag: Bool
    var posts: Int

    /// What the list's filter takes for it.
    var filter: String { (isTag ? "tag:" : "category:") + PostFilter.oneWord(name) }
  }

  package init(_ posts: [PostSummary], appearance: Appearance) {
    self.appearance = appearance
    entries =
      TagsScreen.entries(posts.map(\.category), isTag: false)
      + TagsScreen.entries(posts.flatMap { Set($0.tags) }, isTag: true)
    list = ListView(count: entries.count)
  }

  /// Each name once, the most frequent first.
  private static func entries(_ names: [String], isTag: Bool) -> [Entry] {
    Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
      .map { Entry(name: $0.key, isTag: isTag, posts: $0.value) }
      .sorted { ($1.posts, $0.name) < ($0.posts, $1.name) }
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
      let times = count.use()
      guard let command = Self.keys.command(for: key) else { return [] }
      if list.move(command, count: times) { return [] }
      return command == .open ? choose() : [.close]
    case .resized(_, let height): list.resize(height: height - 2)
    case .appearanceChanged(let appearance): self.appearance = appearance
    default: break
    }
    return []
  }

  private func choose() -> [Effect] {
    guard entries.indices.contains(list.selection) else { return [.close] }
    return [.close, .tell(.filterChosen(entries[list.selection].filter))]
  }

  package func render(into grid: inout CellGrid, in area: Rect) {
    grid.draw(
      appearance.messages(.nameTags), column: area.x + 1, row: area.y,
      style: appearance.style(.heading2), in: area)
    for (offset, index) in list.visible.enumerated() {
      let row = Rect(x: area.x, y: area.y + 1 + offset, width: area.width, height: 1)
      let entry = entries[index]
      let style = index == list.selection ? appearance.style(.selection) : .plain
      grid.fill(row, style: style)
      let count = SafeText("\(entry.posts)")
      let column = row.maxX - 1 - grid.displayWidth.columns(of: count)
      let name = SafeText((entry.isTag ? "#" : "") + entry.name)
        .shortened(toColumns: max(0, column - row.x - 2), displayWidth: grid.displayWidth)
      grid.draw(
        name, column: row.x + 1, row: row.y, style: entry.isTag ? style : style.adding(.bold),
        in: row)
      grid.draw(count, column: column, row: row.y, style: style, in: row)
    }
    StatusBar(
      left: appearance.messages(.helpHint),
      right: SafeText("\(entries.isEmpty ? 0 : list.selection + 1)/\(entries.count)"),
      appearance: appearance
    ).render(into: &grid, in: area)
  }
}

package import Canvas
import Posts
import Typesetting

/// Search through all posts, with results while one types.
///
/// There are two states: typing, where all keys are text but arrows choose a result; and choosing,
/// after Enter on nothing new or Tab, where the keys move as in a list.
package struct SearchScreen: Screen {
  package static let name = Message.nameSearch
  package static let keys: [KeyBinding] = [
    KeyBinding(.enter, command: .open, .keyOpenHit),
    KeyBinding(.down, .control("n"), .wheelDown, command: .lineDown, .keyNextResult),
    KeyBinding(.up, .control("p"), .wheelUp, command: .lineUp, .keyPreviousResult),
    KeyBinding(.pageDown, command: .pageDown, .keyPageDown),
    KeyBinding(.pageUp, command: .pageUp, .keyPageUp),
    KeyBinding(.escape, command: .close, .keyLeaveSearch),
  ]

  var appearance: Appearance
  private var context: ReadingContext
  private(set) var field = TextField()
  private(set) var results: [SearchResult] = []
  /// Whether the results are those of what is typed; not while the search goes on.
  private(set) var isAnswered = false
  private(set) var list = ListView()
  /// Which earlier query is in the field, counted from the latest.
  private var recalled: Int?
  private var windowHeight = 24

  package init(appearance: Appearance, context: ReadingContext) {
    self.appearance = appearance
    self.context = context
  }

  package var isTyping: Bool { true }

  package mutating func update(_ event: Event) -> [Effect] {
    switch event {
    case .key(let key): return pressed(key)
    case .pasted(let text): return changed { $0.insert(text) }
    case .resized(_, let height):
      windowHeight = height
      list.resize(height: rowsShown)
    case .searched(let query, let results):
      guard query == SearchQuery(field.text) else { return [] }
      self.results = results
      isAnswered = true
      list = ListView(count: results.count, height: rowsShown)
    case .appearanceChanged(let appearance):
      self.appearance = appearance
      context.update(event)
    default: context.update(event)
    }
    return []
  }

  /// Each result takes three rows: title and heading, then the snippet.
  static let rowHeight = 3

  private var rowsShown: Int { max(1, (windowHeight - 3) / SearchScreen.rowHeight) }

  private mutating func pressed(_ key: Key) -> [Effect] {
    if case .click(_, let row) = key {
      let index = list.visible.lowerBound + (row - 2) / SearchScreen.rowHeight
      guard row >= 2, list.visible.contains(index) else { return [] }
      list.select(index)
      return open()
    }
    guard let command = Self.keys.command(for: key) else {
      return changed { _ = $0.take(key) }
    }
    if command == .lineUp, list.selection == 0 { return recallEarlier() }
    if list.move(command, count: nil) { return [] }
    return command == .close ? [.close] : open()
  }

  /// Above the first result are the earlier queries.
  private mutating func recallEarlier() -> [Effect] {
    let next = (recalled ?? -1) + 1
    guard context.searches.indices.contains(next) else { return [] }
    recalled = next
    let text = context.searches[next]
    return changed { $0 = TextField(text) }
  }

  private mutating func changed(_ change: (inout TextField) -> Void) -> [Effect] {
    let before = field.text
    change(&field)
    guard field.text != before else { return [] }
    isAnswered = false
    guard !field.text.allSatisfy(\.isWhitespace) else {
      results = []
      list = ListView(height: rowsShown)
      return []
    }
    return [.search(SearchQuery(field.text))]
  }

  private func open() -> [Effect] {
    guard let trail = SearchTrail(results, index: list.selection) else { return [] }
    return [
      .remember(.searched(field.text)),
      .open(PostScreen(trail: trail, appearance: appearance, context: context)),
    ]
  }
}

extension SearchScreen {
  package func render(into grid: inout CellGrid, in area: Rect) {
    let head = Rect(x: area.x, y: area.y, width: area.width, height: 1)
    field.render(
      prompt: SafeText(" ") + appearance.messages(.searchPrompt), into: &grid, in: head)
    let body = Rect(x: area.x, y: area.y + 2, width: area.width, height: area.height - 3)
    if field.text.isEmpty {
      let hint = Paragraph(appearance.messages(.searchHint), style: appearance.style(.dim))
      let rows = hint.lines(width: max(1, body.width - 2), displayWidth: grid.displayWidth)
      for (offset, line) in rows.enumerated() {
        grid.draw(line, column: body.x + 1, row: body.y + offset, in: body)
      }
    } else if isAnswered, results.isEmpty {
      grid.draw(
        appearance.messages(.searchNone), column: body.x + 1, row: body.y,
        style: appearance.style(.dim), in: body)
    }
    if results.first?.isGuess == true {
      let sentence = appearance.messages(.searchGuesses, SearchScreen.shortened(field.text))
      grid.draw(
        sentence.shortened(toColumns: max(0, body.width - 2), displayWidth: grid.displayWidth),
        column: body.x + 1, row: body.y - 1, style: appearance.style(.dim), in: area)
    }
    for (offset, index) in list.visible.enumerated() {
      let rows = Rect(
        x: body.x, y: body.y + offset * SearchScreen.rowHeight, width: body.width,
        height: SearchScreen.rowHeight - 1
      ).intersection(body)
      render(results[index], isSelected: index == list.selection, into: &grid, in: rows)
    }
    let count: SafeText =
      field.text.isEmpty
      ? appearance.messages(.keyLeaveSearch) + SafeText(": Esc")
      : !isAnswered
        ? appearance.messages(.searching)
        : appearance.messages(.searchCount, "\(results.count)")
    let place = SafeText(results.isEmpty ? "" : "\(list.selection + 1)/\(results.count)")
    StatusBar(left: count, right: place, appearance: appearance).render(into: &grid, in: area)
  }

  /// Stands between a post's title and the heading.
  private static let joint = SafeText("  › ")
  /// Columns of a heading, fewer of which tell nothing.
  private static let leastHeading = 8

  /// What was typed, if it is short enough to be said again.
  private static func shortened(_ text: String) -> String {
    text.count > 24 ? text.prefix(23) + "…" : text
  }

  private func render(
    _ result: SearchResult, isSelected: Bool, into grid: inout CellGrid, in rows: Rect
  ) {
    guard !rows.isEmpty else { return }
    let first = Rect(x: rows.x, y: rows.y, width: rows.width, height: 1)
    let style = isSelected ? appearance.style(.selection) : .plain
    grid.fill(first, style: style)
    let title = SafeText(result.post.title(in: appearance.messages.language))
    let start = grid.draw(
      label(result.origin), column: rows.x + 1, row: rows.y,
      style: isSelected ? style : appearance.style(.dim), in: first)
    let end = grid.draw(
      title.shortened(toColumns: max(0, rows.maxX - start - 1), displayWidth: grid.displayWidth),
      column: start, row: rows.y, style: style.adding(.bold), in: first)
    let room = rows.maxX - end - 1 - SearchScreen.joint.string.count
    if !result.heading.isEmpty, room >= SearchScreen.leastHeading {
      let heading = SafeText(result.heading)
        .shortened(toColumns: room, displayWidth: grid.displayWidth)
      grid.draw(
        SearchScreen.joint + heading, column: end, row: rows.y, style: style, in: first)
    }
    let snippet = SnippetRows(
      result.snippet, plain: appearance.style(.dim), match: appearance.style(.match),
      displayWidth: appearance.displayWidth)
    if let line = snippet.lines(width: max(1, rows.width - 4), count: 1).first {
      grid.draw(line, column: rows.x + 3, row: rows.y + 1, in: rows)
    }
  }

  /// What to say of a result that does not hold what was typed.
  private func label(_ origin: SearchResult.Origin) -> SafeText {
    let messages = appearance.messages
    let text: SafeText
    switch origin {
    case .query: return SafeText("")
    case .withoutSigns: text = messages(.foundWithoutSigns)
    case .alias(let query): text = messages(.foundAlias, query)
    case .spelling(let query), .pinyin(let query): text = SafeText(query)
    case .anyWord: text = messages(.foundAnyWord)
    }
    return SafeText("‹") + text + SafeText("› ")
  }
}

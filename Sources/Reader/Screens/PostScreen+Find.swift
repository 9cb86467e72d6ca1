import Canvas
import Posts
import Typesetting

/// What is being looked for in a post, and where it was found.
struct FindState: Hashable, Sendable {
  var field = TextField()
  /// The words to find, any of them.
  var words: [String] = []
  /// The first word is a regular expression.
  var isPattern = false
  /// Which earlier query the arrows have brought back, counted from the latest.
  var recalled: Int?
  var matches: [Found] = []
  var current: Int?
  /// Where the window was when typing began; Escape goes back there.
  var origin: Page.Place?

  /// A match and the item that holds it.
  struct Found: Hashable, Sendable {
    var item: Int
    var match: Finder.Match

    var place: Page.Place { Page.Place(item: item, row: match.segments[0].row) }
  }

  var isEmpty: Bool { words.isEmpty }

  mutating func begin() {
    field = TextField()
    origin = nil
    recalled = nil
  }
}

extension PostScreen {
  mutating func typedFind(_ key: Key) -> [Effect] {
    switch key {
    case .enter:
      mode = .reading
      find.origin = nil
      guard !find.isEmpty else { return [] }
      return [.remember(.searched(find.field.text))]
        + (find.matches.isEmpty ? notice(.noMatch, find.words.joined(separator: " ")) : [])
    case .control("r"):
      find.isPattern.toggle()
      changeFind { _ in }
    case .up, .down: recallFind(earlier: key == .up)
    case .escape:
      mode = .reading
      if let origin = find.origin { setTop(origin) }
      find = FindState()
    case .backspace where find.field.text.isEmpty:
      mode = .reading
      find = FindState()
    default: changeFind { _ = $0.take(key) }
    }
    return []
  }

  /// Puts an earlier query into the field, or the one after it.
  private mutating func recallFind(earlier: Bool) {
    let next = (find.recalled ?? -1) + (earlier ? 1 : -1)
    guard next < context.searches.count, next >= -1 else { return }
    find.recalled = next
    let text = next < 0 ? "" : context.searches[next]
    changeFind { $0 = TextField(text) }
  }

  mutating func changeFind(_ change: (inout TextField) -> Void) {
    change(&find.field)
    trail = nil
    find.words = find.field.text.isEmpty ? [] : [find.field.text]
    let origin = find.origin ?? top
    find.origin = origin
    setTop(origin)
    runFind(from: origin, moves: true)
  }

  /// Looks through the whole post; a demo's card changes and is left out.
  mutating func runFind(from start: Page.Place, moves: Bool) {
    find.matches = []
    find.current = nil
    let finder = Finder(
      find.words, isPattern: find.isPattern, displayWidth: appearance.displayWidth)
    guard var page, !finder.isEmpty else { return }
    for item in page.items.indices {
      if case .card = page.items[item] { continue }
      find.matches += finder.matches(in: page.lines(of: item)).map {
        FindState.Found(item: item, match: $0)
      }
    }
    self.page = page
    find.current =
      find.matches.firstIndex { $0.place >= start } ?? (find.matches.isEmpty ? nil : 0)
    if moves { revealMatch() }
  }

  private mutating func revealMatch() {
    guard let current = find.current, find.matches.indices.contains(current) else { return }
    let found = find.matches[current]
    reveal(found.place)
    revealColumns(found.match.segments[0].columns, item: found.item)
  }

  /// Scrolls a wide item sideways until the columns are seen.
  private mutating func revealColumns(_ columns: Range<Int>, item: Int) {
    let offset = sideways[item, default: 0]
    if columns.upperBound > offset + textWidth - 1 || columns.lowerBound < offset {
      sideways[item] = max(0, columns.upperBound - textWidth / 2)
    }
    if columns.upperBound < textWidth { sideways[item] = 0 }
  }

  mutating func findNext(forwards: Bool) -> [Effect] {
    guard !find.isEmpty else { return notice(.noFind) }
    guard let current = find.current else {
      return trail == nil
        ? notice(.noMatch, find.words.joined(separator: " ")) : goAlongTrail(forwards)
    }
    let next = current + (forwards ? 1 : -1)
    if find.matches.indices.contains(next) {
      find.current = next
      revealMatch()
      return []
    }
    if trail != nil { return goAlongTrail(forwards) }
    find.current = forwards ? 0 : find.matches.count - 1
    revealMatch()
    return notice(forwards ? .findWrapped : .findWrappedBack)
  }

  /// From the last match of this post to the next post that the search found.
  private mutating func goAlongTrail(_ forwards: Bool) -> [Effect] {
    guard var next = trail, next.move(forwards ? 1 : -1) else {
      return notice(forwards ? .noNext : .noPrevious)
    }
    let effects = leave(for: next.result.post, arrival: .line(next.result.line))
    trail = next
    find.words = next.words
    find.isPattern = false
    return effects
  }
}

package import Canvas

/// One line of text being typed.
package struct TextField: Hashable, Sendable {
  package private(set) var text: String
  /// Graphemes before the cursor.
  private var cursor: Int

  /// More than this is no query, and a paste could be anything (R12).
  private static let limit = 1000

  package init(_ text: String = "") {
    self.text = String(text.prefix(TextField.limit))
    cursor = self.text.count
  }

  /// Takes a key that edits text.
  ///
  /// - Returns: whether the key was one.
  package mutating func take(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert(SafeText(String(character)))
    case .backspace:
      guard cursor > 0 else { return true }
      cursor -= 1
      text.remove(at: index(cursor))
    case .delete:
      if cursor < text.count { text.remove(at: index(cursor)) }
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(text.count, cursor + 1)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = text.count
    case .control("u"):
      text.removeSubrange(text.startIndex..<index(cursor))
      cursor = 0
    case .control("w"): removeWord()
    default: return false
    }
    return true
  }

  /// Puts text in at the cursor: a paste is text and never a command.
  package mutating func insert(_ pasted: SafeText) {
    let room = max(0, TextField.limit - text.count)
    let before = text.count
    text.insert(contentsOf: pasted.string.prefix(room), at: index(cursor))
    // A pasted mark may join the grapheme before it.
    cursor = min(text.count, cursor + max(0, text.count - before))
  }

  private mutating func removeWord() {
    var start = cursor
    let characters = Array(text)
    while start > 0, characters[start - 1].isWhitespace { start -= 1 }
    while start > 0, !characters[start - 1].isWhitespace { start -= 1 }
    text.removeSubrange(index(start)..<index(cursor))
    cursor = start
  }

  private func index(_ offset: Int) -> String.Index {
    text.index(text.startIndex, offsetBy: offset, limitedBy: text.endIndex) ?? text.endIndex
  }

  /// Draws a prompt and the text after it, its end in sight and the cursor reversed.
  package func render(
    prompt: SafeText, into grid: inout CellGrid, in area: Rect, style: Style = .plain
  ) {
    guard !area.isEmpty else { return }
    grid.fill(Rect(x: area.x, y: area.y, width: area.width, height: 1), style: style)
    let start = grid.draw(prompt, column: area.x, row: area.y, style: style, in: area)
    let room = area.maxX - start - 1
    guard room > 0 else { return }
    let width = grid.displayWidth
    var head = Array(text.prefix(cursor))
    while head.reduce(0, { $0 + width.columns(of: $1) }) > room { head.removeFirst() }
    let at = grid.draw(
      SafeText(String(head)), column: start, row: area.y, style: style, in: area)
    let tail = SafeText(String(text.dropFirst(cursor)))
    grid.draw(tail, column: at, row: area.y, style: style, in: area)
    let under = tail.string.first.map { max(1, width.columns(of: $0)) } ?? 1
    grid.restyle(
      Rect(x: at, y: area.y, width: under, height: 1).intersection(area)
    ) { $0.attributes.formSymmetricDifference(.reverse) }
  }
}

package import Canvas

/// A text of the interface over as many rows as it needs.
///
/// Breaks at blanks and beside ideographs; a closing mark never begins a row. Posts are set by
/// `Typesetter`, which knows more.
package struct Paragraph: Sendable {
  package var text: SafeText
  package var style: Style

  package init(_ text: SafeText, style: Style = .plain) {
    self.text = text
    self.style = style
  }

  /// The rows at a width.
  package func lines(width: Int, displayWidth: DisplayWidth) -> [Line] {
    var rows: [String] = []
    var row = ""
    for word in words(displayWidth) {
      let isFull =
        displayWidth.columns(of: row) + displayWidth.columns(of: word.trimmingBlanks) > width
      if isFull, !row.isEmpty {
        rows.append(row.trimmingBlanks)
        row = ""
      }
      row += row.isEmpty ? String(word.drop { $0 == " " }) : word
      while displayWidth.columns(of: row.trimmingBlanks) > width, row.count > 1, width > 0 {
        let head = SafeText(row).prefix(columns: width, displayWidth)
        guard !head.isEmpty else { break }
        rows.append(head)
        row = String(row.dropFirst(head.count))
      }
    }
    if !row.trimmingBlanks.isEmpty || rows.isEmpty { rows.append(row.trimmingBlanks) }
    return rows.map { Line(SafeText($0), style) }
  }

  /// Pieces that stay together: a word with the blanks after it, an ideograph with marks around it.
  private func words(_ displayWidth: DisplayWidth) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var previous: Character = " "
    for character in text.string {
      let isWide = displayWidth.columns(of: character) == 2
      let mayBreak =
        previous == " " || isWide || displayWidth.columns(of: previous) == 2
      let isClosing = Paragraph.closing.contains(character) || character == " "
      if mayBreak, !isClosing, !Paragraph.opening.contains(previous), !piece.isEmpty {
        pieces.append(piece)
        piece = ""
      }
      piece.append(character)
      previous = character
    }
    return piece.isEmpty ? pieces : pieces + [piece]
  }

  private static let closing: Set<Character> = [
    "。", "，", "、", "；", "：", "！", "？", "）", "」", "』", "】", "》", "”", "’", "…", "—", "％", ",", ".",
    ";", ":", "!", "?", ")", "]", "}",
  ]
  private static let opening: Set<Character> = ["（", "「", "『", "【", "《", "“", "‘", "(", "[", "{"]
}

extension String {
  /// The text without blanks at its end.
  fileprivate var trimmingBlanks: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}

extension SafeText {
  /// As many graphemes as fit the columns.
  fileprivate func prefix(columns: Int, _ displayWidth: DisplayWidth) -> String {
    var width = 0
    return String(
      string.prefix { character in
        width += displayWidth.columns(of: character)
        return width <= columns
      })
  }
}

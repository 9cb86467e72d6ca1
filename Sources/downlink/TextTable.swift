import Canvas

/// Rows of text in columns of the terminal, two blanks apart.
///
/// A column is as wide as its widest text. If the rows do not fit the width, the last column wraps
/// or, with `cutsLast`, is cut; the others stay whole.
struct TextTable {
  var rows: [[Cell]] = []
  let width: Int

  struct Cell {
    var text: SafeText
    var style = Style.plain

    init(_ text: some StringProtocol, _ style: Style = .plain) {
      self.text = SafeText(text)
      self.style = style
    }
  }

  private static let gap = 2

  init(width: Int) {
    self.width = width
  }

  /// The rows as lines, none wider than `width` unless the first columns alone are.
  var lines: [Line] {
    let widths = columnWidths
    return rows.flatMap { row in lines(of: row, widths: widths) }
  }

  private var columnWidths: [Int] {
    let count = rows.map(\.count).max() ?? 0
    return (0..<count).map { column in
      rows.map { $0.indices.contains(column) ? columns(of: $0[column].text) : 0 }.max() ?? 0
    }
  }

  private func lines(of row: [Cell], widths: [Int]) -> [Line] {
    var line = Line()
    var used = 0
    for (column, cell) in row.enumerated().dropLast() {
      let blanks = widths[column] - columns(of: cell.text) + TextTable.gap
      line.spans.append(Span(cell.text, cell.style))
      line.spans.append(Span(SafeText(String(repeating: " ", count: blanks))))
      used += widths[column] + TextTable.gap
    }
    guard let last = row.last else { return [line] }
    return wrapped(last, after: line, indent: used)
  }

  private func wrapped(_ cell: Cell, after line: Line, indent: Int) -> [Line] {
    let pieces = cell.text.wrapped(columns: max(width - indent, 16))
    return pieces.enumerated().map { index, piece in
      let blanks = Span(SafeText(String(repeating: " ", count: indent)))
      let head = index == 0 ? line.spans : [blanks]
      return Line(head + [Span(piece, cell.style)])
    }
  }

  private func columns(of text: SafeText) -> Int {
    DisplayWidth.standard.columns(of: text)
  }
}

extension SafeText {
  /// The text in lines of at most `columns`, broken at blanks and between wide characters.
  ///
  /// Plain enough for sentences about demos; posts are set by `Typesetting`.
  func wrapped(columns: Int) -> [SafeText] {
    var lines: [String] = []
    var line = ""
    for word in words where !(line.isEmpty && word == " ") {
      let width = DisplayWidth.standard.columns(of: line + word)
      if width > columns, !line.isEmpty {
        lines.append(line)
        line = word == " " ? "" : word
      } else {
        line += word
      }
    }
    lines.append(line)
    return lines.map { SafeText($0.trimmingSuffix(" ")) }
  }

  /// Runs of letters, single blanks and single wide characters.
  private var words: [String] {
    var words: [String] = []
    var word = ""
    for character in string {
      let standsAlone = character == " " || DisplayWidth.standard.columns(of: character) == 2
      guard standsAlone else {
        word.append(character)
        continue
      }
      if !word.isEmpty { words.append(word) }
      words.append(String(character))
      word = ""
    }
    return word.isEmpty ? words : words + [word]
  }
}

extension String {
  fileprivate func trimmingSuffix(_ character: Character) -> Substring {
    var text = self[...]
    while text.last == character { text.removeLast() }
    return text
  }
}

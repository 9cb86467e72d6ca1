import CNCurses

/// What ncurses is given for a grapheme, so that it and we agree on the columns it takes.
///
/// ncurses believes the C library's widths. Where those differ from our table, one character would
/// shift the rest of its row, so another stands in for it.
struct Glyph {
  /// The scalars of one cell, or of two narrow ones.
  let cells: [[UInt32]]

  init(_ character: Character, columns: Int, isUTF8: Bool) {
    let scalars = character.unicodeScalars.map(\.value)
    guard isUTF8 || scalars[0] < 0x7f else {
      let stand = Glyph.ascii[character] ?? "?"
      cells = Array(repeating: [stand.value], count: columns)
      return
    }
    let base = scalars[0]
    let native = Int(cn_width(base))
    let marks = scalars.dropFirst().filter { cn_width($0) == 0 && $0 != 0x200d }.prefix(4)
    if native == columns {
      cells = [[base] + marks]
    } else if native == 1 && columns == 2 {
      cells = [[base], [0x20]]
    } else {
      cells = Array(repeating: [0x3f], count: columns)
    }
  }

  /// Stand-ins for a locale that shows ASCII only.
  private static let ascii: [Character: Unicode.Scalar] = [
    "─": "-", "━": "-", "│": "|", "┃": "|", "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+",
    "┤": "+", "┬": "+", "┴": "+", "┼": "+", "╭": "+", "╮": "+", "╰": "+", "╯": "+", "═": "=",
    "▎": "|", "•": "*", "◦": "-", "▪": "-", "●": "*", "○": "o", "★": "*", "✓": "+", "✗": "x",
    "‹": "<", "›": ">", "…": ".", "█": "#", "▀": "#", "▄": "#", "░": ".", "·": ".", "▌": "#",
    "“": "\"", "”": "\"", "‘": "'", "’": "'", "—": "-", "–": "-", "×": "x", "→": ">", "←": "<",
  ]
}

extension CellGrid {
  /// One row as a line of spans, so that something drawn on a grid can scroll with text.
  package func line(_ row: Int) -> Line {
    var spans: [Span] = []
    var text = ""
    var style = Style.plain
    for cell in self.row(row) {
      guard case .grapheme(let character) = cell.symbol else { continue }
      if cell.style != style {
        if !text.isEmpty { spans.append(Span(SafeText(text), style)) }
        text = ""
        style = cell.style
      }
      text.append(character)
    }
    if !text.isEmpty { spans.append(Span(SafeText(text), style)) }
    return Line(spans)
  }
}

import Canvas

/// A row while it is laid out: what becomes a `TypesetLine` once its place is known.
struct Row {
  var line: Line
  var targets: [Place] = []
  /// For a row that moves sideways: how many columns stay.
  var fixedColumns: Int?
  /// How it goes on the row above; nil where the author began a line.
  var continuation: TypesetLine.Continuation?

  /// Columns of a row that belong to a target of the block.
  struct Place {
    var target: Int
    var columns: Range<Int>
  }

  init(_ line: Line = Line(), targets: [Place] = [], fixedColumns: Int? = nil) {
    self.line = line
    self.targets = targets
    self.fixedColumns = fixedColumns
  }

  /// A row of graphemes: neighbours that look alike become one span.
  init(_ glyphs: some Collection<Glyph>) {
    self.init()
    var text = ""
    var style = Style.plain
    var column = 0
    for glyph in glyphs {
      if glyph.style != style, !text.isEmpty {
        line.spans.append(Span(SafeText(text), style))
        text = ""
      }
      style = glyph.style
      text.append(glyph.character)
      if let target = glyph.target, glyph.columns > 0 {
        cover(target, columns: column..<column + glyph.columns)
      }
      column += glyph.columns
    }
    if !text.isEmpty { line.spans.append(Span(SafeText(text), style)) }
  }

  private mutating func cover(_ target: Int, columns: Range<Int>) {
    if let last = targets.indices.last, targets[last].target == target,
      targets[last].columns.upperBound == columns.lowerBound
    {
      targets[last].columns = targets[last].columns.lowerBound..<columns.upperBound
    } else {
      targets.append(Place(target: target, columns: columns))
    }
  }

  /// The row with a span before it; an empty row does not end with the blanks of the span.
  func prefixed(by span: Span, columns: Int) -> Row {
    var lead = span
    if line.spans.isEmpty {
      let end = span.text.string.lastIndex { $0 != " " }
      lead.text = SafeText(end.map { span.text.string[...$0] } ?? "")
    }
    var row = Row(
      Line((lead.text.isEmpty ? [] : [lead]) + line.spans),
      targets: targets.map { place in
        let moved = place.columns.lowerBound + columns..<place.columns.upperBound + columns
        return Place(target: place.target, columns: moved)
      },
      fixedColumns: fixedColumns.map { $0 + columns })
    row.continuation = continuation
    return row
  }
}

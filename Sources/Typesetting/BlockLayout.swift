import Canvas
import Markdown

/// Lays out one block: paragraphs, headings, formulas, and what holds other blocks.
struct BlockLayout {
  /// What links, formulas and the like of this block stand for; a row names them by number.
  var targets: [TypesetLine.Kind] = []

  mutating func rows(_ block: Block, on page: Page) -> [Row] {
    switch block {
    case .heading(let level, let content): heading(level, content, on: page)
    case .paragraph(let content): paragraph(content, style: page.style(.body), on: page)
    case .blockQuote(let blocks): quote(blocks, on: page)
    case .list(let list): self.list(list, depth: 0, on: page)
    case .codeBlock(let code): codeBlock(code, on: page)
    case .table(let table): self.table(table, on: page)
    case .thematicBreak:
      [Row(Line(page.rule("─", columns: page.width), page.style(.rule)))]
    case .htmlBlock(let html): htmlBlock(html, on: page)
    case .math(let span): display(span, on: page)
    }
  }

  mutating func add(_ kind: TypesetLine.Kind) -> Int {
    targets.append(kind)
    return targets.count - 1
  }

  /// Blocks one under the other, with a blank row between them unless they stand tight.
  mutating func rows(_ blocks: [Block], isTight: Bool = false, on page: Page) -> [Row] {
    var rows: [Row] = []
    for block in blocks {
      let more = self.rows(block, on: page)
      if !isTight && !rows.isEmpty && !more.isEmpty { rows.append(Row()) }
      rows += more
    }
    return rows
  }

  /// A paragraph in one style, its display formulas on rows of their own.
  mutating func paragraph(_ content: [Inline], style: Style, on page: Page) -> [Row] {
    if let pictures = pictures(content, on: page) { return pictures }
    var flow = inlineFlow(on: page)
    flow.append(content, style: style)
    let parts = flow.finish()
    targets = flow.targets
    var rows: [Row] = []
    for (index, part) in parts.enumerated() {
      switch part {
      case .text(var glyphs):
        if index > 0, case .display = parts[index - 1] {
          glyphs.removeFirst(LineBreaking.closingMarks(before: glyphs))
        }
        for row in broken(glyphs, on: page) {
          rows.append(row)
          rows += hoisted(flow.hoisted, in: row, on: page)
        }
      case .display(let span):
        let target = add(.math(source: span.source))
        rows += display(span, target: target, marks: marks(after: index, in: parts), on: page)
      }
    }
    return rows
  }

  /// A flow that takes over the targets, so that no paragraph copies those of all before it.
  mutating func inlineFlow(on page: Page) -> InlineFlow {
    let flow = InlineFlow(page: page, targets: targets)
    targets = []
    return flow
  }

  /// The closing marks that follow a display formula: no row may start with them.
  private func marks(after index: Int, in parts: [InlineFlow.Part]) -> [Glyph] {
    guard index + 1 < parts.count, case .text(let glyphs) = parts[index + 1] else { return [] }
    return Array(glyphs.prefix(LineBreaking.closingMarks(before: glyphs)))
  }

  /// The rows of a text, each of which knows how it goes on the one above.
  func broken(_ glyphs: [Glyph], on page: Page) -> [Row] {
    var end = 0
    return LineBreaking(width: page.width).lines(glyphs).map { line in
      var row = Row(glyphs[line])
      if end > 0 { row.continuation = line.lowerBound == end ? .withinText : .afterBlank }
      end = line.upperBound
      return row
    }
  }

  /// The drawings of the formulas that have only their marker in a row.
  private mutating func hoisted(
    _ spans: [Int: MathSpan], in row: Row, on page: Page
  ) -> [Row] {
    guard !spans.isEmpty else { return [] }
    return row.targets.flatMap { place in
      spans[place.target].map { display($0, target: place.target, on: page) } ?? []
    }
  }

  private mutating func heading(_ level: Int, _ content: [Inline], on page: Page) -> [Row] {
    var page = page
    page.separatesDisplay = false
    let rows = paragraph(content, style: page.style(.heading(level)), on: page)
    guard level <= 2 else { return rows }
    let rule = page.rule(level == 1 ? "━" : "─", columns: page.width)
    return rows + [Row(Line(rule, page.style(.rule)))]
  }

  private mutating func display(_ span: MathSpan, on page: Page) -> [Row] {
    // On a line of its own: as an argument it would copy all targets for each formula.
    let target = add(.math(source: span.source))
    return display(span, target: target, on: page)
  }

  /// A display formula in the middle of the page; one that is wider scrolls sideways, or stands on
  /// lines like text where all must fit.
  private func display(
    _ span: MathSpan, target: Int, marks: [Glyph] = [], on page: Page
  ) -> [Row] {
    var drawing = page.formulas.rows(of: span, page: page)
    if !marks.isEmpty {
      drawing = page.formulas.appending(marks, to: drawing, of: span, page: page)
    }
    let width = drawing.map { Line($0).width(page.displayWidth) }.max() ?? 0
    if page.fitsWidth && width > page.width {
      return broken(page.formulas.line(of: span, target: target, page: page) + marks, on: page)
    }
    let margin = max(0, (page.width - width) / 2)
    return drawing.map { spans in
      let line = Line(spans)
      let columns = line.width(page.displayWidth)
      let indent = Span(SafeText(String(repeating: " ", count: margin)))
      return Row(
        Line((margin > 0 ? [indent] : []) + spans),
        targets: [Row.Place(target: target, columns: margin..<margin + columns)],
        fixedColumns: width > page.width ? 0 : nil)
    }
  }

  private mutating func quote(_ blocks: [Block], on page: Page) -> [Row] {
    let bar = "▎"
    let columns = page.displayWidth.columns(of: bar) + 1
    guard page.width - columns >= Self.narrowest else { return rows(blocks, on: page) }
    let prefix = Span(SafeText(bar + " "), page.style(.quoteBar))
    return rows(blocks, on: page.narrowed(by: columns)).map {
      $0.prefixed(by: prefix, columns: columns)
    }
  }

  /// Below this width nothing is indented any more.
  private static let narrowest = 10

  private mutating func htmlBlock(_ html: String, on page: Page) -> [Row] {
    let content: [Inline] = HTMLText.parts(of: html).map { part in
      switch part {
      case .text(let text): .text(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
      case .lineBreak: .lineBreak
      case .image(let source, let alternative):
        .image(source: source, title: "", alternative: [.text(alternative)])
      }
    }
    let rows = paragraph(content, style: page.style(.body), on: page)
    return rows.contains { !$0.line.text.isEmpty } ? rows : []
  }
}

// MARK: - Lists

extension BlockLayout {
  private mutating func list(_ list: List, depth: Int, on page: Page) -> [Row] {
    let markers = markers(of: list, depth: depth, on: page)
    let columns = (markers.map { page.displayWidth.columns(of: $0) }.max() ?? 0) + 1
    var rows: [Row] = []
    for (item, marker) in zip(list.items, markers) {
      if !list.isTight && !rows.isEmpty { rows.append(Row()) }
      rows += self.item(
        item, marker: marker, columns: columns, isTight: list.isTight, depth: depth, on: page)
    }
    return rows
  }

  private func markers(of list: List, depth: Int, on page: Page) -> [String] {
    list.items.indices.map { index in
      if let isChecked = list.items[index].isChecked { return isChecked ? "☑" : "☐" }
      guard let start = list.start else { return ["•", "◦", "▪"][min(depth, 2)] }
      return "\(start + index)."
    }
  }

  private mutating func item(
    _ item: ListItem, marker: String, columns: Int, isTight: Bool, depth: Int, on page: Page
  ) -> [Row] {
    let style = page.style(.listMarker)
    guard page.width - columns >= Self.narrowest else {
      return [Row(Line(SafeText(marker), style))]
        + itemRows(item.blocks, isTight: isTight, depth: depth, on: page)
    }
    let blank = String(repeating: " ", count: columns)
    let lead = String(blank.dropFirst(page.displayWidth.columns(of: marker) + 1))
    var rows = itemRows(
      item.blocks, isTight: isTight, depth: depth, on: page.narrowed(by: columns))
    if rows.isEmpty { rows = [Row()] }
    return rows.enumerated().map { index, row in
      let text = index == 0 ? lead + marker + " " : blank
      return row.prefixed(by: Span(SafeText(text), style), columns: columns)
    }
  }

  private mutating func itemRows(
    _ blocks: [Block], isTight: Bool, depth: Int, on page: Page
  ) -> [Row] {
    var rows: [Row] = []
    for block in blocks {
      let more =
        if case .list(let inner) = block {
          list(inner, depth: depth + 1, on: page)
        } else {
          self.rows(block, on: page)
        }
      if !isTight && !rows.isEmpty && !more.isEmpty { rows.append(Row()) }
      rows += more
    }
    return rows
  }
}

import Canvas
import Markdown

/// Lays a table out in columns of the terminal.
///
/// A table that is too wide wraps its cells, the widest column first, down to twelve columns each.
/// What is then still too wide moves sideways, and its first column stays.
struct TableLayout {
  private let cells: [[[Glyph]]]
  private let alignments: [Table.Alignment]
  private let page: Page

  /// A column is not wrapped below this width.
  private static let narrowest = 12

  /// - Parameters:
  ///   - cells: rows of cells, the header first, each with as many cells as there are alignments.
  ///   - alignments: how each column stands.
  ///   - page: the room there is.
  init(cells: [[[Glyph]]], alignments: [Table.Alignment], page: Page) {
    self.cells = cells
    self.alignments = alignments
    self.page = page
  }

  /// Whether the table is wider than the page even when its cells are wrapped.
  var isTooWide: Bool { tableWidth(columnWidths) > page.width }

  var rows: [Row] {
    let widths = columnWidths
    let isTooWide = tableWidth(widths) > page.width
    let fixed = isTooWide ? (widths.first ?? 0) + 3 : nil
    let lines = cells.map { row in rowLines(row, widths: widths) }
    let separates = lines.dropFirst().contains { $0.count > 1 }
    var rows: [Row] = []
    for (index, lines) in lines.enumerated() {
      rows += lines.map { Row($0) }
      let isHeader = index == 0
      if isHeader || (separates && index + 1 < cells.count) {
        rows.append(Row(Line(rule(widths, isHeader: isHeader), page.style(.tableRule))))
      }
    }
    for index in rows.indices { rows[index].fixedColumns = fixed }
    return rows
  }

  private func tableWidth(_ widths: [Int]) -> Int {
    let bar = page.displayWidth.columns(of: "│")
    return widths.reduce(0, +) + 2 * widths.count + bar * (widths.count - 1)
  }

  private var columnWidths: [Int] {
    var widths = alignments.indices.map { column in
      max(1, cells.map { $0[column].columns }.max() ?? 1)
    }
    let room = page.width - tableWidth(Array(repeating: 0, count: widths.count))
    widths = widths.map { min($0, max(TableLayout.narrowest, room)) }
    var excess = widths.reduce(0, +) - room
    while excess > 0, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
      widths[widest] > TableLayout.narrowest
    {
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  private func rule(_ widths: [Int], isHeader: Bool) -> SafeText {
    let line: Character = isHeader ? "─" : "┄"
    let parts = widths.map { page.rule(line, columns: $0 + 2).string }
    return SafeText(parts.joined(separator: "┼"))
  }

  private func rowLines(_ row: [[Glyph]], widths: [Int]) -> [[Glyph]] {
    let wrapped = zip(row, widths).map { glyphs, width in
      LineBreaking(width: width).lines(glyphs).map { Array(glyphs[$0]) }
    }
    let height = max(1, wrapped.map(\.count).max() ?? 1)
    return (0..<height).map { line in
      var glyphs: [Glyph] = []
      for (column, lines) in wrapped.enumerated() {
        if column > 0 { glyphs += bar }
        glyphs += blanks(1)
        glyphs += aligned(line < lines.count ? lines[line] : [], column, width: widths[column])
        glyphs += blanks(1)
      }
      while glyphs.last?.isBlank == true { glyphs.removeLast() }
      return glyphs
    }
  }

  private var bar: [Glyph] {
    .of(SafeText("│"), style: page.style(.tableRule), width: page.displayWidth)
  }

  private func blanks(_ count: Int) -> [Glyph] {
    Array(repeating: Glyph(" ", columns: 1), count: max(0, count))
  }

  private func aligned(_ glyphs: [Glyph], _ column: Int, width: Int) -> [Glyph] {
    let room = width - glyphs.columns
    let left =
      switch alignments[column] {
      case .none, .left: 0
      case .center: room / 2
      case .right: room
      }
    return blanks(left) + glyphs + blanks(room - left)
  }
}

extension BlockLayout {
  mutating func table(_ table: Table, on page: Page) -> [Row] {
    var inner = page
    inner.separatesDisplay = false
    let tableTarget = add(.table)
    let header = table.header.map { cell($0, style: page.style(.tableHeader), on: inner) }
    let body = table.rows.map { row in
      row.map { cell($0, style: page.style(.body), on: inner) }
    }
    let layout = TableLayout(cells: [header] + body, alignments: table.alignments, page: page)
    var rows =
      page.fitsWidth && layout.isTooWide
      ? records(header: header, body: body, on: page) : layout.rows
    for index in rows.indices {
      let width = rows[index].line.width(page.displayWidth)
      rows[index].targets.append(Row.Place(target: tableTarget, columns: 0..<width))
    }
    return rows
  }

  /// A table that cannot fit as columns: for each row its cells one under the other, each behind
  /// its header.
  private func records(header: [[Glyph]], body: [[[Glyph]]], on page: Page) -> [Row] {
    guard !body.isEmpty else { return header.flatMap { broken($0, on: page) } }
    let colon = [Glyph].of(
      SafeText("："), style: page.style(.tableHeader), width: page.displayWidth)
    let rule = Row(Line(page.rule("┄", columns: page.width), page.style(.tableRule)))
    return Array(
      body.map { row in
        zip(header, row).flatMap { name, cell in
          cell.isEmpty ? [] : broken(name.isEmpty ? cell : name + colon + cell, on: page)
        }
      }.filter { !$0.isEmpty }.joined(separator: [rule]))
  }

  /// A cell is one paragraph; line breaks in it become blanks.
  private mutating func cell(_ content: [Inline], style: Style, on page: Page) -> [Glyph] {
    var flow = inlineFlow(on: page)
    flow.append(content, style: style)
    let parts = flow.finish()
    targets = flow.targets
    var glyphs: [Glyph] = []
    for case .text(let more) in parts {
      if !glyphs.isEmpty && !more.isEmpty { glyphs.append(Glyph(" ", columns: 1)) }
      glyphs += more
    }
    return glyphs
  }
}

/// A table that was cut out: which of the cells given to cmark it consists of.
struct TableCut {
  var alignments: [Table.Alignment]
  /// Numbers of the paragraphs that hold the cells, row by row, the header first.
  var rows: [[Int?]]
}

/// Finds the tables in the paragraphs of a text, since CommonMark has none.
///
/// A table is a row followed by a delimiter row (`|:--|:-:|--:|`) with as many cells, then all rows
/// that follow. It runs after the formulas are cut out, so a bar in `$p(x|y)$` splits nothing.
struct TableScanner {
  private let source: SourceText

  /// A table in the lines of a paragraph, cells as offsets into the text.
  struct Found {
    var leaf: Int
    var lines: ClosedRange<Int>
    var alignments: [Table.Alignment]
    var rows: [[Range<Int>]]
  }

  init(_ source: SourceText) {
    self.source = source
  }

  /// Whether a text may hold a table at all: some line looks like a delimiter row.
  static func mayOccur(in bytes: [UInt8]) -> Bool {
    bytes.split(separator: .newline).contains { line in
      line.contains(.pipe) && line.contains(UInt8(ascii: "-"))
        && line.allSatisfy { "|:->*+ \t\r0123456789.)".utf8.contains($0) }
    }
  }

  func tables() -> [Found] {
    source.leaves.indices.flatMap(tables(inLeaf:))
  }

  private func tables(inLeaf number: Int) -> [Found] {
    let leaf = source.leaves[number]
    var found: [Found] = []
    var line = leaf.lines.lowerBound
    while line < leaf.lines.upperBound {
      guard let alignments = delimiterRow(line + 1, in: leaf) else {
        line += 1
        continue
      }
      let header = cells(line, in: leaf)
      guard header.count == alignments.count, hasBar(line, in: leaf) else {
        line += 1
        continue
      }
      var rows = [header]
      var last = line + 1
      while last < leaf.lines.upperBound, hasBar(last + 1, in: leaf) {
        last += 1
        rows.append(cells(last, in: leaf))
      }
      found.append(Found(leaf: number, lines: line...last, alignments: alignments, rows: rows))
      line = last + 1
    }
    return found
  }

  private func content(_ line: Int, in leaf: SourceText.Leaf) -> Range<Int> {
    var range = source.contentStart(ofLine: line, in: leaf)..<source.lineStarts[line + 1]
    while let last = range.last, source.bytes[last].isBlank { range.removeLast() }
    return range
  }

  private func hasBar(_ line: Int, in leaf: SourceText.Leaf) -> Bool {
    source.bytes[content(line, in: leaf)].contains(.pipe)
  }

  private func delimiterRow(_ line: Int, in leaf: SourceText.Leaf) -> [Table.Alignment]? {
    let range = content(line, in: leaf)
    guard source.bytes[range].contains(.pipe),
      source.bytes[range].allSatisfy({ "|:- \t".utf8.contains($0) })
    else { return nil }
    let cells = cells(line, in: leaf)
    guard (1...MarkdownLimits.tableColumns).contains(cells.count) else { return nil }
    var alignments: [Table.Alignment] = []
    for cell in cells {
      let text = source.text(cell)
      let dashes = text.drop { $0 == ":" }.prefix { $0 == "-" }
      let colons = text.utf8.count - dashes.utf8.count
      guard !dashes.isEmpty, colons == (text.first == ":" ? 1 : 0) + (text.last == ":" ? 1 : 0)
      else { return nil }
      alignments.append(alignment(left: text.first == ":", right: text.last == ":"))
    }
    return alignments
  }

  private func alignment(left: Bool, right: Bool) -> Table.Alignment {
    switch (left, right) {
    case (true, true): .center
    case (true, false): .left
    case (false, true): .right
    case (false, false): .none
    }
  }

  /// The cells of a row, split at bars that are neither escaped nor in a code span.
  private func cells(_ line: Int, in leaf: SourceText.Leaf) -> [Range<Int>] {
    var range = content(line, in: leaf)
    if let first = range.first, source.bytes[first] == .pipe { range.removeFirst() }
    var cells: [Range<Int>] = []
    var start = range.lowerBound
    var offset = start
    while offset < range.upperBound {
      switch source.bytes[offset] {
      case .pipe:
        cells.append(trimmed(start..<offset))
        start = offset + 1
      case .backslash: offset += 1
      case .backtick: offset = codeSpanEnd(at: offset, end: range.upperBound) - 1
      default: break
      }
      offset += 1
    }
    if !trimmed(start..<max(start, range.upperBound)).isEmpty {
      cells.append(trimmed(start..<range.upperBound))
    }
    return cells
  }

  private func codeSpanEnd(at offset: Int, end: Int) -> Int {
    var contentStart = offset
    while contentStart < end, source.bytes[contentStart] == .backtick { contentStart += 1 }
    var place = contentStart
    while place < end {
      let runStart = place
      while place < end, source.bytes[place] == .backtick { place += 1 }
      if place - runStart == contentStart - offset { return place }
      place = max(place, runStart + 1)
    }
    return contentStart
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var range = range
    while let first = range.first, source.bytes[first].isBlank { range.removeFirst() }
    while let last = range.last, source.bytes[last].isBlank { range.removeLast() }
    return range
  }
}

extension TableScanner {
  /// The text with placeholders for its tables; their cells move to paragraphs before the text.
  func cut(into result: inout Cutter.Result) throws(MarkdownError) -> CutText {
    var text = CutText()
    var offset = 0
    for table in tables() {
      let leaf = source.leaves[table.leaf]
      let start = source.contentStart(ofLine: table.lines.lowerBound, in: leaf)
      let prefix = source.continuationPrefix(ofLeaf: leaf)
      text.append(source.bytes[offset..<start])
      if table.lines.lowerBound > leaf.lines.lowerBound {
        text.insertBreak()
        text.insert(prefix)
      }
      let rows = table.rows.map { cutRow($0, count: table.alignments.count, into: &result) }
      let cut = TableCut(alignments: table.alignments, rows: rows)
      let line = result.text.originalLines[table.lines.lowerBound] + 1
      text.insert(try result.placeholders.insert(.table(cut), offset: -1, line: line))
      text.insertBreak()
      text.insert(prefix)
      text.insertBreak()
      offset = source.lineStarts[table.lines.upperBound + 1]
      text.omit(source.bytes[start..<offset])
    }
    text.append(source.bytes[offset...])
    return text
  }

  /// The paragraphs of a row's cells: missing cells are empty, surplus ones are given up.
  private func cutRow(
    _ row: [Range<Int>], count: Int, into result: inout Cutter.Result
  ) -> [Int?] {
    for cell in row.dropFirst(count) { result.placeholders.drop(in: source.text(cell)) }
    return (0..<count).map { column in
      guard column < row.count, !row[column].isEmpty else { return nil }
      result.preamble.insert(Array("\(Character(result.placeholders.opener)) ".utf8))
      result.preamble.insert(unescapingBars(row[column]))
      result.preamble.insertBreak()
      result.preamble.insertBreak()
      result.preambleCount += 1
      return result.preambleCount - 1
    }
  }

  private func unescapingBars(_ cell: Range<Int>) -> [UInt8] {
    cell.filter { offset in
      source.bytes[offset] != .backslash || offset + 1 == cell.upperBound
        || source.bytes[offset + 1] != .pipe
    }.map { source.bytes[$0] }
  }
}

/// Reads Markdown: CommonMark by cmark, with formulas, tables and footnotes on top.
///
/// 1. cmark says which lines are code or HTML, and which form a paragraph (`SourceText`).
/// 2. Formulas and footnotes are cut out of the others (`MathScanner`, `Footnotes`, `Cutter`).
/// 3. Tables are cut out of the paragraphs that are left (`TableScanner`).
/// 4. cmark reads the rest, and the placeholders turn back into values (`TreeBuilder`).
package enum MarkdownParser {
  /// The document of a Markdown text without front matter.
  ///
  /// - Throws: `MarkdownError` for a text over the caps of a post.
  package static func parse(_ text: String) throws(MarkdownError) -> Document {
    guard text.utf8.count <= MarkdownLimits.bytes else {
      throw .tooLarge(bytes: text.utf8.count)
    }
    let source = try SourceText(normalisingLineBreaks(text))
    let first = try build(source, keeping: [])
    if first.misplaced.isEmpty { return first.document }
    // A formula in a place where Markdown drops text, such as a link definition, stays as it is.
    let second = try build(source, keeping: Set(first.misplaced.map(\.offset)))
    if let lost = second.misplaced.first { throw .lostFormula(line: lost.line) }
    return second.document
  }

  /// A lone carriage return ends a line for cmark; as a line feed it does for us too, and offsets
  /// stay what they are.
  private static func normalisingLineBreaks(_ text: String) -> [UInt8] {
    var bytes = Array(text.utf8)
    for offset in bytes.indices where bytes[offset] == 0x0d {
      if offset + 1 == bytes.count || bytes[offset + 1] != .newline { bytes[offset] = .newline }
    }
    return bytes
  }

  private static func build(
    _ source: SourceText, keeping kept: Set<Int>
  ) throws(MarkdownError) -> (document: Document, misplaced: [(offset: Int, line: Int)]) {
    var cutter = try Cutter(source, keeping: kept)
    var cut = try cutter.cut()
    let footnoteLabels = cut.footnoteLabels
    var text = cut.text
    var originalLines = cut.text.originalLines
    if TableScanner.mayOccur(in: text.bytes) {
      let scanner = TableScanner(try SourceText(text.bytes))
      text = try scanner.cut(into: &cut)
      originalLines = text.originalLines.map { line in
        originalLines[min(line, originalLines.count - 1)]
      }
    }
    let preambleLines = cut.preamble.originalLines.count - 1
    var builder = TreeBuilder(
      placeholders: cut.placeholders, tightLists: source.tightLists,
      preambleCount: cut.preambleCount
    ) { line in
      originalLines[min(max(0, line - 1 - preambleLines), originalLines.count - 1)] + 1
    }
    try CommonMark(includesInlines: true).walk(cut.preamble.bytes + text.bytes) { event in
      builder.handle(event)
    }
    let footnotes = zip(footnoteLabels, builder.preamble).map {
      Footnote(label: $0, content: $1)
    }
    let misplaced = builder.misplaced.map { cut.placeholders.places[$0] }
    return (Document(blocks: builder.blocks, footnotes: footnotes), misplaced)
  }
}

import Canvas
import Markdown

extension BlockLayout {
  /// Code as it is, two columns in; its language stands above it at the right.
  ///
  /// Lines never wrap, and all lines of a block move sideways together; only where all must fit is
  /// a line cut at the edge, and goes on behind a mark. Numbers, if asked for, stay where they are
  /// and are no part of the source.
  mutating func codeBlock(_ code: CodeBlock, on page: Page) -> [Row] {
    if code.language == "demo" { return demo(settings: code.literal) }
    let target = add(.code(source: code.literal))
    var literal = code.literal
    if literal.hasSuffix("\n") { literal.removeLast() }
    let lines = CodeHighlighting.lines(
      of: literal, language: code.language, theme: page.theme, width: page.displayWidth)
    let indent = BlockLayout.codeIndent + (page.numbersLines ? "\(lines.count) ".count : 0)
    let isTooWide = lines.contains { $0.width(page.displayWidth) > page.width - indent }
    if page.fitsWidth && isTooWide {
      return label(of: code, on: page) + lines.flatMap { cut($0, target: target, on: page) }
    }
    let rows = lines.enumerated().map { index, line in
      let number = page.numbersLines ? "\(index + 1) " : ""
      let lead = String(repeating: " ", count: indent - number.count) + number
      let width = line.width(page.displayWidth)
      return Row(
        line, targets: [Row.Place(target: target, columns: 0..<width)],
        fixedColumns: isTooWide ? 0 : nil
      ).prefixed(by: Span(SafeText(lead), page.style(.codeLabel)), columns: indent)
    }
    return label(of: code, on: page) + rows
  }

  private static let codeIndent = 2

  /// One line of code on as many rows as it needs; all its characters are on them.
  private func cut(_ line: Line, target: Int, on page: Page) -> [Row] {
    let glyphs = line.spans.flatMap {
      [Glyph].of($0.text, style: $0.style, target: target, width: page.displayWidth)
    }
    let room = max(2, page.width - BlockLayout.codeIndent)
    return glyphs.cut(columns: room).enumerated().map { index, part in
      let lead = Span(SafeText(index == 0 ? "  " : "↪ "), page.style(.codeLabel))
      return Row(part).prefixed(by: lead, columns: BlockLayout.codeIndent)
    }
  }

  private func label(of code: CodeBlock, on page: Page) -> [Row] {
    let text = SafeText(code.info.split(separator: " ").first ?? "")
    let columns = page.displayWidth.columns(of: text)
    guard columns > 0, columns <= page.width else { return [] }
    let lead = Span(SafeText(String(repeating: " ", count: page.width - columns)))
    return [Row(Line([lead, Span(text, page.style(.codeLabel))]))]
  }

  /// One empty row that the reader replaces by the demo's card.
  private mutating func demo(settings: String) -> [Row] {
    let target = add(.demo(settings: settings))
    return [Row(Line(), targets: [Row.Place(target: target, columns: 0..<0)])]
  }
}

import Canvas
import Markdown

extension BlockLayout {
  /// Code as it is, two columns in; its language stands above it at the right.
  ///
  /// Lines never wrap. All lines of a block move sideways together.
  mutating func codeBlock(_ code: CodeBlock, on page: Page) -> [Row] {
    if code.language == "demo" { return demo(settings: code.literal) }
    let target = add(.code(source: code.literal))
    var literal = code.literal
    if literal.hasSuffix("\n") { literal.removeLast() }
    let lines = CodeHighlighting.lines(
      of: literal, language: code.language, theme: page.theme, width: page.displayWidth)
    let room = page.width - BlockLayout.codeIndent
    let isTooWide = lines.contains { $0.width(page.displayWidth) > room }
    let indent = Span(SafeText(String(repeating: " ", count: BlockLayout.codeIndent)))
    let rows = lines.map { line in
      let width = line.width(page.displayWidth)
      return Row(
        line, targets: [Row.Place(target: target, columns: 0..<width)],
        fixedColumns: isTooWide ? 0 : nil
      ).prefixed(by: indent, columns: BlockLayout.codeIndent)
    }
    return label(of: code, on: page) + rows
  }

  private static let codeIndent = 2

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

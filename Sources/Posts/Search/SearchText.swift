package import Markdown

/// What the index knows of one post: its text as a reader sees it, and where each part of it
/// stands in the Markdown.
///
/// Formulas and code stay, markup and link targets go. Beside the body stand other readings of
/// its formulas, so that `ε_θ` finds what was written `\epsilon_\theta`.
package struct SearchText: Hashable, Sendable {
  package var headings: [String] = []
  /// Paragraphs, one per line; lines of code are lines.
  package var body = ""
  /// Other readings of the formulas, one formula per line, in the order of the body: how it looks
  /// in one row, and behind a tab what else it may be asked for by.
  package var formulas = ""
  package var outline = Outline()
  /// Languages of its prose, `zh` or `en`, and of its code.
  package private(set) var languages: Set<String> = []

  /// Takes the text out of a document.
  ///
  /// `readings` says how else a formula may be asked for; its TeX is there already.
  package init(_ document: Document, readings: (MathSpan) -> String) {
    for part in document.blocks { add(part.block, line: part.line, readings) }
    for note in document.footnotes { add(note.content, line: outline.lastLine, readings) }
    languages.insert(Self.isChinese(body) ? "zh" : "en")
  }

  /// Whether one letter in five is an ideograph; code and formulas are Latin in any language.
  private static func isChinese(_ text: String) -> Bool {
    var (ideographs, others) = (0, 0)
    for scalar in text.unicodeScalars.prefix(20_000) where scalar.value > 0x40 {
      if Folding.isIdeograph(scalar.value) { ideographs += 1 } else { others += 1 }
    }
    return ideographs * 4 > others
  }

  private mutating func add(_ block: Block, line: Int, _ readings: (MathSpan) -> String) {
    switch block {
    case .heading(_, let content):
      headings.append(content.plainText)
      outline.startHeading(line: line)
      outline.startPart(at: body.utf8.count, line: line)
      append(content, readings)
    case .paragraph(let content): add(content, line: line, readings)
    case .blockQuote(let blocks): for block in blocks { add(block, line: line, readings) }
    case .list(let list):
      for block in list.items.flatMap(\.blocks) { add(block, line: line, readings) }
    case .codeBlock(let code):
      guard code.language != "demo" else { return }
      if !code.language.isEmpty { languages.insert(code.language.lowercased()) }
      outline.startPart(at: body.utf8.count, line: line)
      append(fixed: code.literal)
      body += "\n"
    case .table(let table):
      for row in [table.header] + table.rows {
        outline.startPart(at: body.utf8.count, line: line)
        for cell in row {
          append(cell, endsLine: false, readings)
          body += "  "
        }
        body += "\n"
      }
    case .math(let span):
      add([.math(span)], line: line, readings)
    case .htmlBlock(let text):
      outline.startPart(at: body.utf8.count, line: line)
      body += text.replacing(/<!--[\s\S]*?-->|<[^>]*>/, with: "") + "\n"
    case .thematicBreak: break
    }
  }

  private mutating func add(_ content: [Inline], line: Int, _ readings: (MathSpan) -> String) {
    outline.startPart(at: body.utf8.count, line: line)
    append(content, readings)
  }

  private mutating func append(
    _ content: [Inline], endsLine: Bool = true, _ readings: (MathSpan) -> String
  ) {
    for inline in content {
      switch inline {
      case .text(let text): body += text
      case .code(let code): append(fixed: code)
      case .emphasis(let content), .strong(let content), .link(_, _, let content),
        .image(_, _, let content):
        append(content, endsLine: false, readings)
      case .math(let span):
        outline.startFormula(at: formulas.utf8.count)
        append(fixed: span.tex)
        formulas += readings(span).replacing("\n", with: " ") + "\n"
      case .softBreak: appendBreak()
      case .lineBreak: body += " "
      case .htmlInline, .footnoteReference: break
      }
    }
    if endsLine { body += "\n" }
  }

  /// A line's end inside a paragraph is a blank, but none between two ideographs.
  private mutating func appendBreak() {
    if let last = body.unicodeScalars.last, !Folding.isIdeograph(last.value) { body += " " }
  }

  /// Adds text that a snippet must not cut.
  private mutating func append(fixed text: String) {
    let start = body.utf8.count
    body += text
    outline.addFixed(start..<body.utf8.count)
  }
}

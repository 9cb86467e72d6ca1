import Canvas
import Formula
import Markdown

/// Writes a document's blocks as HTML; macros and equation numbers run through it.
struct HTMLWriter {
  private let demo: String?
  private let references: [String: String]
  private var macros = FormulaMacros()
  private var counter = EquationNumbers()
  private var anchors: [Int: String] = [:]

  init(demo: String?, references: [String: String] = [:]) {
    self.demo = demo
    self.references = references
  }

  /// What the labels of the formulas so far stand for.
  var labels: [String: String] { counter.labels }

  mutating func body(of document: Document) -> [String] {
    anchors = Dictionary(
      document.headings.map { ($0.block, $0.anchor) }, uniquingKeysWith: { first, _ in first })
    var lines: [String] = []
    for (index, entry) in document.blocks.enumerated() {
      lines += block(entry.block, anchor: anchors[index])
    }
    return lines + footnotes(document.footnotes)
  }

  private mutating func footnotes(_ notes: [Footnote]) -> [String] {
    guard !notes.isEmpty else { return [] }
    var lines = ["<hr>", "<ol class=\"note\">"]
    for (index, note) in notes.enumerated() {
      lines.append("<li id=\"footnote-\(index + 1)\">\(inlines(note.content))</li>")
    }
    return lines + ["</ol>"]
  }

  // MARK: Blocks

  private mutating func block(
    _ block: Block, anchor: String? = nil, isTight: Bool = false
  ) -> [String] {
    switch block {
    case .heading(let level, let content):
      let id = anchor.map { " id=\"\(MarkupText.escaped($0))\"" } ?? ""
      return ["<h\(level)\(id)>\(inlines(content))</h\(level)>"]
    case .paragraph(let content):
      return [isTight ? inlines(content) : "<p>\(inlines(content))</p>"]
    case .blockQuote(let blocks):
      return ["<blockquote>"] + blocks.flatMap { self.block($0) } + ["</blockquote>"]
    case .list(let list): return self.list(list)
    case .codeBlock(let code): return self.code(code)
    case .table(let table): return self.table(table)
    case .thematicBreak: return ["<hr>"]
    case .htmlBlock(let html):
      let text = htmlText(html).split(whereSeparator: \.isNewline).joined(separator: "\n")
      return text.allSatisfy(\.isWhitespace) ? [] : ["<p>\(text)</p>"]
    case .math(let span): return [math(span)]
    }
  }

  private mutating func list(_ list: Markdown.List) -> [String] {
    let tag = list.start == nil ? "ul" : "ol"
    let start = list.start.map { $0 == 1 ? "" : " start=\"\($0)\"" } ?? ""
    var lines = ["<\(tag)\(start)>"]
    for item in list.items {
      let box = item.isChecked.map { $0 ? "☑ " : "☐ " } ?? ""
      lines.append("<li>" + box)
      for block in item.blocks { lines += self.block(block, isTight: list.isTight) }
      lines.append("</li>")
    }
    return lines + ["</\(tag)>"]
  }

  private func code(_ code: CodeBlock) -> [String] {
    if code.language == "demo" {
      return demo.map { ["<p class=\"note\">▶ <code>\(MarkupText.escaped($0))</code></p>"] } ?? []
    }
    let tokens = CodeHighlighting.tokens(of: code.literal, language: code.language)
    let text = tokens.map { token in
      let text = MarkupText.escaped(token.text).replacing("\t", with: "&#9;")
      return Self.classes[token.role].map { "<span class=\"\($0)\">\(text)</span>" } ?? text
    }
    return ["<pre><code>\(text.joined())</code></pre>"]
  }

  private static let classes: [Role: String] = [
    .codeKeyword: "keyword", .codeString: "string", .codeComment: "comment",
    .codeNumber: "number", .codeType: "type",
  ]

  private mutating func table(_ table: Markdown.Table) -> [String] {
    var lines = ["<table>"]
    for (index, row) in ([table.header] + table.rows).enumerated() {
      let tag = index == 0 ? "th" : "td"
      var cells = ""
      for (column, cell) in row.enumerated() {
        let side = column < table.alignments.count ? Self.side(table.alignments[column]) : ""
        cells += "<\(tag)\(side)>\(inlines(cell))</\(tag)>"
      }
      lines.append("<tr>\(cells)</tr>")
    }
    return lines + ["</table>"]
  }

  private static func side(_ alignment: Markdown.Table.Alignment) -> String {
    switch alignment {
    case .none: ""
    case .left: " style=\"text-align:left\""
    case .center: " style=\"text-align:center\""
    case .right: " style=\"text-align:right\""
    }
  }

  // MARK: Inlines

  private mutating func inlines(_ content: [Inline]) -> String {
    var text = ""
    for (index, inline) in content.enumerated() {
      if case .softBreak = inline {
        // No blank between two wide characters.
        let sides = [
          [Inline](content[..<index].suffix(1)).plainText.last,
          [Inline](content[(index + 1)...].prefix(1)).plainText.first,
        ]
        let isInside = sides.allSatisfy { $0.map(InlineFlow.isWide) ?? false }
        text += isInside ? "" : "\n"
      } else {
        text += self.inline(inline)
      }
    }
    return text
  }

  private mutating func inline(_ inline: Inline) -> String {
    switch inline {
    case .text(let text): return MarkupText.escaped(text)
    case .emphasis(let content): return "<em>\(inlines(content))</em>"
    case .strong(let content): return "<strong>\(inlines(content))</strong>"
    case .code(let text): return "<code>\(MarkupText.escaped(text))</code>"
    case .link(let destination, _, let content):
      let text = inlines(content)
      return HTMLAddress(destination).map {
        "<a href=\"\(MarkupText.escaped($0.text))\">\(text)</a>"
      }
        ?? text
    case .image(let source, _, let alternative):
      let text = MarkupText.escaped(alternative.plainText)
      guard let address = HTMLAddress(image: source) else { return "[\(text)]" }
      return "<img src=\"\(MarkupText.escaped(address.text))\" alt=\"\(text)\">"
    case .math(let span): return math(span)
    case .htmlInline(let html): return html.lowercased().hasPrefix("<br") ? "<br>" : ""
    case .footnoteReference(let number):
      return "<sup><a href=\"#footnote-\(number)\">\(number)</a></sup>"
    case .softBreak: return "\n"
    case .lineBreak: return "<br>"
    }
  }

  private mutating func math(_ span: MathSpan) -> String {
    let formula = ParsedFormula(span.tex, macros: macros)
    let numbers = counter.assign(to: formula)
    macros = formula.macros
    return formula.mathML(isDisplay: span.isDisplay, numbers: numbers, references: references)
      ?? "<code class=\"broken\">\(MarkupText.escaped(span.source))</code>"
  }

  private func htmlText(_ html: String) -> String {
    HTMLText.parts(of: html).map { part in
      switch part {
      case .text(let text): MarkupText.escaped(text)
      case .lineBreak: "<br>"
      case .image(_, let alternative): "[\(MarkupText.escaped(alternative))]"
      }
    }.joined()
  }
}

/// Where a link of a page may lead.
private struct HTMLAddress {
  let text: String

  /// A page, a mail address, a heading, or another post, whose page has its name.
  init?(_ destination: String) {
    let parts = destination.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let path = parts.first ?? ""
    guard Self.isPlain(destination) else { return nil }
    if path.contains(":") {
      let scheme = path.prefix { $0 != ":" }.lowercased()
      guard ["http", "https", "mailto"].contains(scheme) else { return nil }
      text = destination
    } else if path.hasSuffix(".md") {
      let anchor = parts.count > 1 ? "#\(parts[1])" : ""
      text = path.dropLast(3) + ".html" + anchor
    } else {
      guard !path.hasPrefix("//") else { return nil }
      text = destination
    }
  }

  /// A file beside the page; nothing is fetched from elsewhere.
  init?(image source: String) {
    guard Self.isPlain(source), !source.contains(":"), !source.hasPrefix("/"), !source.isEmpty
    else { return nil }
    text = source
  }

  private static func isPlain(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7f && $0 != "\\" }
  }
}

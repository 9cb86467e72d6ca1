/// A heading of a document, for the contents and for links to it.
package struct Heading: Hashable, Sendable {
  package var level: Int
  package var text: String
  /// The name that `#name` links to: unique in its document.
  package var anchor: String
  /// The top-level block that holds it.
  package var block: Int

  package init(level: Int, text: String, anchor: String, block: Int) {
    self.level = level
    self.text = text
    self.anchor = anchor
    self.block = block
  }
}

/// A part of a document under one heading, as search sees it.
package struct TextSection: Hashable, Sendable {
  /// Text of the heading; empty before the first one.
  package var heading: String
  /// One entry for each top-level block: its text, formulas and code as their source.
  package var blocks: [Part]

  package struct Part: Hashable, Sendable {
    /// Line of the source, counted from 1.
    package var line: Int
    package var text: String

    package init(line: Int, text: String) {
      self.line = line
      self.text = text
    }
  }

  package init(heading: String, blocks: [Part] = []) {
    self.heading = heading
    self.blocks = blocks
  }
}

/// A link or an image of a document, for the check that what it points to exists.
package struct Link: Hashable, Sendable {
  package var destination: String
  package var isImage: Bool
  /// Line where its top-level block starts, counted from 1.
  package var line: Int

  package init(destination: String, isImage: Bool, line: Int) {
    self.destination = destination
    self.isImage = isImage
    self.line = line
  }
}

extension Document {
  /// The headings at the top level, in order.
  package var headings: [Heading] {
    var counts: [String: Int] = [:]
    var headings: [Heading] = []
    for (index, entry) in blocks.enumerated() {
      guard case .heading(let level, let content) = entry.block else { continue }
      let text = content.plainText
      let slug = Document.anchor(for: text)
      let repetition = counts[slug, default: 0]
      counts[slug] = repetition + 1
      headings.append(
        Heading(
          level: level, text: text, anchor: repetition == 0 ? slug : "\(slug)-\(repetition)",
          block: index))
    }
    return headings
  }

  /// The text of the first heading at the top level that has any.
  package var firstHeading: String? {
    blocks.lazy.compactMap { entry in
      if case .heading(_, let content) = entry.block { content.plainText } else { nil }
    }.first { $0.contains { !$0.isWhitespace } }
  }

  /// The anchor of a heading's text: letters and digits of any script in lower case, `-` for blanks.
  package static func anchor(for text: String) -> String {
    var anchor = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars {
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || scalar == "-" || scalar == "_"
      {
        anchor.append(scalar)
      } else if scalar.properties.isWhitespace {
        anchor.append("-")
      }
    }
    return String(anchor)
  }

  /// The last top-level block that starts at or before a line of the source.
  package func block(atLine line: Int) -> Int {
    max(0, (blocks.firstIndex { $0.line > line } ?? blocks.count) - 1)
  }

  /// The text of the document by sections, for the index of the search.
  package var sections: [TextSection] {
    var sections = [TextSection(heading: "")]
    for entry in blocks {
      if case .heading(_, let content) = entry.block {
        sections.append(TextSection(heading: content.plainText))
      } else {
        let text = entry.block.plainText
        guard !text.isEmpty else { continue }
        sections[sections.count - 1].blocks.append(.init(line: entry.line, text: text))
      }
    }
    let lastLine = blocks.last?.line ?? 1
    for footnote in footnotes {
      sections[sections.count - 1].blocks.append(
        .init(line: lastLine, text: footnote.content.plainText))
    }
    return sections.filter { !$0.heading.isEmpty || !$0.blocks.isEmpty }
  }

  /// All formulas in the order of the text, footnotes last.
  package var mathSpans: [MathSpan] {
    var spans: [MathSpan] = []
    visitInlines { inline, _ in
      if case .math(let span) = inline { spans.append(span) }
    }
    return spans
  }

  /// All links and images in the order of the text, footnotes last.
  package var links: [Link] {
    var links: [Link] = []
    visitInlines { inline, block in
      let line = line(ofBlock: block)
      switch inline {
      case .link(let destination, _, _):
        links.append(Link(destination: destination, isImage: false, line: line))
      case .image(let source, _, _):
        links.append(Link(destination: source, isImage: true, line: line))
      default: break
      }
    }
    return links
  }

  /// Lines of blocks whose text holds a literal `**`: bold that CommonMark does not see.
  ///
  /// `**注意：**这是` is not strong, since a mark stands before the closing run and a letter after
  /// it; `**注意**：这是` is.
  package var linesWithLiteralAsterisks: [Int] {
    var lines: [Int] = []
    visitInlines { inline, block in
      guard case .text(let text) = inline, text.contains("**") else { return }
      let line = line(ofBlock: block)
      if lines.last != line { lines.append(line) }
    }
    return lines
  }

  /// Calls `visit` for each inline node with the number of its top-level block, where a footnote
  /// counts as a block behind the last; display formulas and HTML that are blocks count as
  /// inline nodes.
  package func visitInlines(_ visit: (Inline, Int) -> Void) {
    for (index, entry) in blocks.enumerated() {
      entry.block.visitInlines { visit($0, index) }
    }
    for (index, footnote) in footnotes.enumerated() {
      footnote.content.visit { visit($0, max(1, blocks.count) + index) }
    }
  }

  /// The line that a top-level block starts on; that of the last one for footnotes.
  package func line(ofBlock index: Int) -> Int {
    index < blocks.count ? blocks[index].line : blocks.last?.line ?? 1
  }
}

extension Block {
  func visitInlines(_ visit: (Inline) -> Void) {
    switch self {
    case .heading(_, let content), .paragraph(let content): content.visit(visit)
    case .blockQuote(let blocks): for block in blocks { block.visitInlines(visit) }
    case .list(let list):
      for item in list.items {
        for block in item.blocks { block.visitInlines(visit) }
      }
    case .table(let table):
      for row in [table.header] + table.rows {
        for cell in row { cell.visit(visit) }
      }
    case .math(let span): visit(.math(span))
    case .htmlBlock(let html): visit(.htmlInline(html))
    case .codeBlock, .thematicBreak: break
    }
  }

  /// The text that a reader sees, code as it is, formulas as their TeX; blocks on lines of their own.
  package var plainText: String {
    switch self {
    case .heading(_, let content), .paragraph(let content): content.plainText
    case .blockQuote(let blocks): blocks.map(\.plainText).joined(separator: "\n")
    case .list(let list):
      list.items.flatMap(\.blocks).map(\.plainText).joined(separator: "\n")
    case .codeBlock(let code): code.language == "demo" ? "" : code.literal
    case .table(let table):
      ([table.header] + table.rows).map { row in
        row.map(\.plainText).joined(separator: " ")
      }.joined(separator: "\n")
    case .math(let span): span.tex
    case .thematicBreak, .htmlBlock: ""
    }
  }
}

extension [Inline] {
  /// Calls `visit` for each node and the nodes inside it.
  package func visit(_ visit: (Inline) -> Void) {
    for inline in self {
      visit(inline)
      switch inline {
      case .emphasis(let content), .strong(let content), .link(_, _, let content),
        .image(_, _, let content):
        content.visit(visit)
      default: break
      }
    }
  }
}

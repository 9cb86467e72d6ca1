/// Builds the value tree of a document from the steps of the walk over cmark's.
///
/// It keeps its own stack, puts back what the placeholders stand for, and counts that each comes
/// out once.
struct TreeBuilder {
  private let placeholders: Placeholders
  private let tightLists: [SourceText.ListPlace: Bool]
  private let line: (Int) -> Int
  private var preambleCount: Int
  private var frames: [Frame] = []
  private var uses: [Int]

  private(set) var blocks: [DocumentBlock] = []
  /// The contents of the paragraphs that were put before the text: footnotes, then cells.
  private(set) var preamble: [[Inline]] = []

  /// An open node and what it holds so far.
  private struct Frame {
    var node: CommonMarkNode
    var blocks: [Block] = []
    var items: [ListItem] = []
    var inlines: [Inline] = []
    var table: TableCut?
  }

  /// A builder for one walk; `line` gives the source line of a line of cmark's, both from 1.
  init(
    placeholders: Placeholders, tightLists: [SourceText.ListPlace: Bool], preambleCount: Int,
    line: @escaping (Int) -> Int
  ) {
    self.placeholders = placeholders
    self.tightLists = tightLists
    self.preambleCount = preambleCount
    self.line = line
    uses = Array(repeating: 0, count: placeholders.contents.count)
  }

  /// The placeholders that did not come out exactly once.
  var misplaced: [Int] {
    uses.indices.filter { uses[$0] != 1 && !placeholders.dropped.contains($0) }
  }

  mutating func handle(_ event: CommonMarkEvent) {
    switch event {
    case .enter(let node): enter(node)
    case .leave:
      guard let frame = frames.popLast() else { return }
      leave(frame)
    }
  }

  private mutating func enter(_ node: CommonMarkNode) {
    switch node.kind {
    case .text(let text): append(text: text)
    case .code(let text): append(.code(restored(text)))
    case .htmlInline(let text): append(.htmlInline(restored(text)))
    case .softBreak: append(.softBreak)
    case .lineBreak: append(.lineBreak)
    case .thematicBreak: append(.thematicBreak, node)
    case .htmlBlock(let text): append(.htmlBlock(restored(text)), node)
    case .codeBlock(let info, let literal):
      append(codeBlock(info: restored(info), literal: restored(literal)), node)
    default: frames.append(Frame(node: node))
    }
  }

  private mutating func leave(_ frame: Frame) {
    switch frame.node.kind {
    case .paragraph: append(paragraph(frame), frame.node)
    case .heading(let level):
      append(.heading(level: level, content: frame.inlines), frame.node)
    case .blockQuote: append(.blockQuote(frame.blocks), frame.node)
    case .list(let start, let isTight):
      let place = SourceText.ListPlace(
        line: line(frame.node.lines.lowerBound) - 1, depth: frames.count)
      let list = List(
        start: start, isTight: tightLists[place] ?? isTight, items: frame.items)
      append(.list(list), frame.node)
    case .item:
      guard !frames.isEmpty else { return }
      frames[frames.count - 1].items.append(ListItem(taskIn: frame.blocks))
    case .emphasis: append(.emphasis(frame.inlines))
    case .strong: append(.strong(frame.inlines))
    case .link(let destination, let title):
      append(
        .link(
          destination: restored(destination), title: restored(title), content: frame.inlines))
    case .image(let source, let title):
      append(
        .image(source: restored(source), title: restored(title), alternative: frame.inlines))
    default: break
    }
  }

  private mutating func append(_ inline: Inline) {
    guard !frames.isEmpty else { return }
    frames[frames.count - 1].inlines.append(inline)
  }

  /// Appends a block to its container; at the top level, to the preamble or the document.
  private mutating func append(_ block: Block, _ node: CommonMarkNode) {
    guard frames.count == 1 else {
      if !frames.isEmpty { frames[frames.count - 1].blocks.append(block) }
      return
    }
    guard preamble.count < preambleCount else {
      blocks.append(DocumentBlock(block, line: line(node.lines.lowerBound)))
      return
    }
    switch block {
    case .paragraph(let content), .heading(_, let content):
      preamble.append(content.removingOpener(placeholders.opener))
    default: break
    }
  }

  private func paragraph(_ frame: Frame) -> Block {
    if let cut = frame.table { return .table(table(cut)) }
    if frame.inlines.count == 1, case .math(let span) = frame.inlines[0], span.isDisplay {
      return .math(span)
    }
    return .paragraph(frame.inlines)
  }

  private func table(_ cut: TableCut) -> Table {
    let rows = cut.rows.map { row in
      row.map { number in
        number.flatMap { preamble.indices.contains($0) ? preamble[$0] : nil } ?? []
      }
    }
    return Table(
      alignments: cut.alignments, header: rows.first ?? [], rows: Array(rows.dropFirst()))
  }

  private func codeBlock(info: String, literal: String) -> Block {
    let code = CodeBlock(info: info, literal: literal)
    guard code.language == "math" else { return .codeBlock(code) }
    let tex = literal.hasSuffix("\n") ? String(literal.dropLast()) : literal
    return .math(MathSpan(tex: tex, source: "```\(info)\n\(literal)```", isDisplay: true))
  }

  private mutating func restored(_ text: String) -> String {
    let (restored, indices) = placeholders.restoringSource(in: text)
    for index in indices { uses[index] += 1 }
    return restored
  }

  /// Appends text, split at its placeholders, and joined with the text before it.
  private mutating func append(text: String) {
    guard Placeholders.mayOccur(in: text) else { return appendPlain(text) }
    var plain = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard let index = placeholders.index(of: scalar) else {
        plain.append(scalar)
        continue
      }
      appendPlain(String(plain))
      plain = String.UnicodeScalarView()
      uses[index] += 1
      switch placeholders.contents[index] {
      case .math(let span): append(.math(span))
      case .footnoteReference(let number, _): append(.footnoteReference(number))
      case .table(let cut): if !frames.isEmpty { frames[frames.count - 1].table = cut }
      }
    }
    appendPlain(String(plain))
  }

  private mutating func appendPlain(_ text: String) {
    guard !text.isEmpty, let frame = frames.indices.last else { return }
    if case .text(let before) = frames[frame].inlines.last {
      frames[frame].inlines[frames[frame].inlines.count - 1] = .text(before + text)
    } else {
      frames[frame].inlines.append(.text(text))
    }
  }
}

extension ListItem {
  /// An item whose first paragraph may start with `[ ]` or `[x]`.
  fileprivate init(taskIn blocks: [Block]) {
    self.init(blocks: blocks)
    guard case .paragraph(var content) = blocks.first, case .text(let text) = content.first else {
      return
    }
    switch text.prefix(4) {
    case "[ ] ": isChecked = false
    case "[x] ", "[X] ": isChecked = true
    default: return
    }
    content[0] = .text(String(text.dropFirst(4)))
    self.blocks[0] = .paragraph(content)
  }
}

extension [Inline] {
  /// The content of a cell or a footnote without the letter and the blank that open it.
  fileprivate func removingOpener(_ opener: Unicode.Scalar) -> [Inline] {
    guard case .text(let text) = first, text.unicodeScalars.first == opener else { return self }
    let rest = String(text.unicodeScalars.dropFirst().drop { $0 == " " })
    return (rest.isEmpty ? [] : [.text(rest)]) + dropFirst()
  }
}

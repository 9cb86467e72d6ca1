/// Cuts formulas and footnotes out of a text and leaves placeholders.
///
/// A display formula alone on its lines gets a blank line before and after, each with the prefix of
/// its container, so that cmark never joins it with text. The definitions of footnotes move to
/// paragraphs of their own before the text.
struct Cutter {
  private let source: SourceText
  private let cutouts: [Cutout]
  private let footnotes: Footnotes
  private var placeholders: Placeholders
  private var numbers: [String: Int] = [:]

  /// What cmark is to read, and what its placeholders stand for.
  struct Result {
    /// Paragraphs that stand before the text: the contents of the footnotes, by number; later the
    /// cells of tables too.
    var preamble: CutText
    var preambleCount: Int
    var text: CutText
    var placeholders: Placeholders
    /// The labels of the footnotes in the order of their numbers.
    var footnoteLabels: [String]
  }

  /// Scans the source; the formulas that start at the offsets in `kept` stay in the text.
  init(_ source: SourceText, keeping kept: Set<Int> = []) throws(MarkdownError) {
    self.source = source
    footnotes = Footnotes(source)
    placeholders = try Placeholders(avoiding: source.bytes)
    cutouts = MathScanner(source, footnoteLabels: Set(footnotes.definitions.map(\.label)))
      .cutouts().filter { !kept.contains($0.range.lowerBound) }
    for cutout in cutouts {
      guard case .footnoteReference(let label) = cutout.kind else { continue }
      if numbers[label] == nil { numbers[label] = numbers.count + 1 }
    }
    for definition in footnotes.definitions where numbers[definition.label] == nil {
      numbers[definition.label] = numbers.count + 1
    }
  }

  mutating func cut() throws(MarkdownError) -> Result {
    var text = CutText()
    text.reserveCapacity(source.bytes.count)
    var offset = 0
    for definition in footnotes.definitions {
      let lines =
        source.lineStarts[
          definition.lines.lowerBound]..<source.lineStarts[definition.lines.upperBound + 1]
      try copy(offset..<lines.lowerBound, to: &text)
      text.insertBreak()
      text.omit(source.bytes[lines])
      offset = lines.upperBound
    }
    try copy(offset..<source.bytes.count, to: &text)

    var preamble = CutText()
    let ordered = footnotes.definitions.sorted { number($0.label) < number($1.label) }
    for definition in ordered {
      preamble.insert(Array("\(Character(placeholders.opener)) ".utf8))
      preamble.originalLine = definition.lines.lowerBound
      try copy(trimmed(definition.content), to: &preamble, isolatesDisplay: false)
      preamble.insertBreak()
      preamble.insertBreak()
    }
    return Result(
      preamble: preamble, preambleCount: ordered.count, text: text, placeholders: placeholders,
      footnoteLabels: ordered.map(\.label))
  }

  private func number(_ label: String) -> Int {
    numbers[label] ?? 0
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var range = range
    while let first = range.first, source.bytes[first].isBlank { range.removeFirst() }
    while let last = range.last, source.bytes[last].isBlank { range.removeLast() }
    return range
  }

  /// Copies a part of the source with its cut-outs replaced.
  private mutating func copy(
    _ range: Range<Int>, to text: inout CutText, isolatesDisplay: Bool = true
  ) throws(MarkdownError) {
    var offset = range.lowerBound
    for cutout in cutouts[firstCutout(from: range.lowerBound)...] {
      guard cutout.range.upperBound <= range.upperBound else { break }
      text.append(source.bytes[offset..<cutout.range.lowerBound])
      let placeholder = try placeholder(for: cutout)
      if isolatesDisplay, let (prefix, opensLeaf) = isolation(of: cutout) {
        if !opensLeaf {
          text.insertBreak()
          text.insert(prefix)
        }
        text.insert(placeholder)
        text.insertBreak()
        text.insert(prefix)
      } else {
        text.insert(placeholder)
      }
      text.omit(source.bytes[cutout.range])
      offset = cutout.range.upperBound
    }
    text.append(source.bytes[offset..<range.upperBound])
  }

  private func firstCutout(from offset: Int) -> Int {
    var low = 0
    var high = cutouts.count
    while low < high {
      let middle = (low + high) / 2
      if cutouts[middle].range.lowerBound < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func placeholder(for cutout: Cutout) throws(MarkdownError) -> [UInt8] {
    let line = source.line(of: cutout.range.lowerBound)
    switch cutout.kind {
    case .footnoteReference(let label):
      let content = Placeholders.Content.footnoteReference(
        number(label), source: source.text(cutout.range))
      return try placeholders.insert(content, offset: cutout.range.lowerBound, line: line + 1)
    case .math(let content, let isDisplay):
      let span = MathSpan(
        tex: tex(content, line: line), source: source.text(cutout.range), isDisplay: isDisplay)
      return try placeholders.insert(
        .math(span), offset: cutout.range.lowerBound, line: line + 1)
    }
  }

  /// The TeX of a formula without the prefixes of its inner lines and with `&lt;` decoded.
  private func tex(_ content: Range<Int>, line: Int) -> String {
    var quoteDepth = 0
    if case .text(let leaf) = source.parts[line] {
      quoteDepth = source.quoteDepth(of: source.leaves[leaf])
    }
    var bytes: [UInt8] = []
    var offset = content.lowerBound
    while offset < content.upperBound {
      let byte = source.bytes[offset]
      if let (character, length) = entity(at: offset) {
        bytes.append(character)
        offset += length
        continue
      }
      bytes.append(byte)
      offset += 1
      guard byte == .newline else { continue }
      offset = source.contentStart(from: offset, to: content.upperBound, quoteDepth: quoteDepth)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func entity(at offset: Int) -> (UInt8, length: Int)? {
    guard source.bytes[offset] == UInt8(ascii: "&") else { return nil }
    let rest = source.bytes[offset...].prefix(5)
    if rest.starts(with: "&lt;".utf8) { return (UInt8(ascii: "<"), 4) }
    if rest.starts(with: "&gt;".utf8) { return (UInt8(ascii: ">"), 4) }
    return rest.starts(with: "&amp;".utf8) ? (UInt8(ascii: "&"), 5) : nil
  }

  /// For a display formula alone on its lines, the prefix of its container, and whether the formula
  /// is the first thing of its paragraph.
  private func isolation(of cutout: Cutout) -> (prefix: [UInt8], opensLeaf: Bool)? {
    guard case .math(_, isDisplay: true) = cutout.kind else { return nil }
    let firstLine = source.line(of: cutout.range.lowerBound)
    guard case .text(let number) = source.parts[firstLine] else { return nil }
    let leaf = source.leaves[number]
    let lastLine = source.line(of: cutout.range.upperBound - 1)
    guard source.contentStart(ofLine: firstLine, in: leaf) == cutout.range.lowerBound,
      source.bytes[cutout.range.upperBound..<source.lineStarts[lastLine + 1]]
        .allSatisfy(\.isBlank)
    else { return nil }
    return (source.continuationPrefix(ofLeaf: leaf), leaf.lines.lowerBound == firstLine)
  }
}

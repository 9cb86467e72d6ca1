/// Something that is cut out of the text before cmark sees it.
struct Cutout {
  /// The bytes cut out, delimiters included.
  var range: Range<Int>
  var kind: Kind

  enum Kind {
    /// A formula, with the range of its TeX.
    case math(content: Range<Int>, isDisplay: Bool)
    case footnoteReference(label: String)
  }
}

/// Finds the formulas of a text, and its footnote references, in one pass from left to right.
///
/// CommonMark eats `\\`, `\{`, `\,` and reads `_…_` as emphasis: it damages a third of all display
/// formulas, so they are found first and cut out. Every search stops at the next possible opening
/// mark, at a blank line or after 16 KiB, so that no text takes more than linear time.
///
/// The rules for dollars, which ideographs and Chinese marks may touch on either side:
/// * D1. `\$` is a literal dollar; `$$` is tried before `$`.
/// * D2. Before an opening `$` stands no ASCII letter or digit, no backslash and no dollar.
/// * D3. After a closing `$` stands no ASCII digit and no dollar.
/// * D4. Spaces just inside stand on both sides or on neither: `$5 和 $` is no formula.
/// * D5. The content is not empty, and holds no blank line and no dollar outside `\text{…}`.
/// * D6. Content that starts with a digit, holds Chinese and no sign of TeX is an amount of money.
struct MathScanner {
  private let source: SourceText
  private let footnoteLabels: Set<String>
  private let skipped: SkippedInlines
  private let bytes: [UInt8]
  /// For each line, the offset where the run of lines that a display formula may span ends.
  private let runEnds: [Int]

  init(_ source: SourceText, footnoteLabels: Set<String>) {
    self.source = source
    self.footnoteLabels = footnoteLabels
    bytes = source.bytes
    skipped = SkippedInlines(source.bytes)
    var ends = Array(repeating: source.bytes.count, count: source.lineCount)
    for line in stride(from: source.lineCount - 1, through: 0, by: -1) {
      let isBoundary = source.parts[line] == .blank || source.parts[line] == .verbatim
      if isBoundary {
        ends[line] = source.lineStarts[line]
      } else if line + 1 < source.lineCount {
        ends[line] = ends[line + 1]
      }
    }
    runEnds = ends
  }

  /// All cut-outs in the order of the text, without overlaps.
  func cutouts() -> [Cutout] {
    var found: [Cutout] = []
    var offset = 0
    while offset < bytes.count {
      let line = source.line(of: offset)
      let end = source.lineStarts[line + 1]
      guard let leafEnd = leafEnd(ofLine: line) else {
        offset = end
        continue
      }
      let place = Place(leafEnd: leafEnd, runEnd: runEnds[line], lineEnd: end)
      offset = scan(from: offset, place, into: &found)
    }
    return found
  }

  /// How far the parts that open on a line may reach.
  private struct Place {
    var leafEnd: Int
    var runEnd: Int
    var lineEnd: Int
  }

  private func leafEnd(ofLine line: Int) -> Int? {
    switch source.parts[line] {
    case .text(let leaf): source.lineStarts[source.leaves[leaf].lines.upperBound + 1]
    case .other: Footnotes.label(in: source, line: line).map { _ in source.lineStarts[line + 1] }
    default: nil
    }
  }

  /// Scans to the end of the line, or to the end of what began on it.
  private func scan(from start: Int, _ place: Place, into found: inout [Cutout]) -> Int {
    var offset = start
    while offset < place.lineEnd {
      if let cutout = cutout(at: offset, place) {
        found.append(cutout)
        offset = cutout.range.upperBound
      } else {
        offset = afterSkipped(at: offset, place)
      }
    }
    return offset
  }

  private func cutout(at offset: Int, _ place: Place) -> Cutout? {
    switch bytes[offset] {
    case .dollar:
      starts(with: "$$", at: offset) ? doubleDollar(at: offset, place) : dollar(at: offset, place)
    case .backslash: backslash(at: offset, place)
    case UInt8(ascii: "["): footnoteReference(at: offset, place)
    default: nil
    }
  }

  private func afterSkipped(at offset: Int, _ place: Place) -> Int {
    switch bytes[offset] {
    case .backslash: offset + 2
    case .dollar: offset + (starts(with: "$$", at: offset) ? 2 : 1)
    case .backtick:
      skipped.codeSpan(at: offset, end: place.leafEnd) ?? skipped.backtickRunEnd(at: offset)
    case UInt8(ascii: "<"): skipped.angleBracket(at: offset, end: place.leafEnd) ?? offset + 1
    case UInt8(ascii: "]"): skipped.linkDestination(at: offset, end: place.leafEnd) ?? offset + 1
    default: offset + 1
    }
  }

  private func starts(with text: StaticString, at offset: Int) -> Bool {
    guard offset + text.utf8CodeUnitCount <= bytes.count else { return false }
    for index in 0..<text.utf8CodeUnitCount where bytes[offset + index] != text.utf8Start[index] {
      return false
    }
    return true
  }
}

// MARK: - Dollars

extension MathScanner {
  private func doubleDollar(at offset: Int, _ place: Place) -> Cutout? {
    guard let close = closingDollar(from: offset + 2, end: place.runEnd),
      starts(with: "$$", at: close)
    else { return nil }
    return formula(offset..<close + 2, content: offset + 2..<close, isDisplay: true)
  }

  private func dollar(at offset: Int, _ place: Place) -> Cutout? {
    guard offset == 0 || allowsOpening(after: bytes[offset - 1]),
      let close = closingDollar(from: offset + 1, end: place.leafEnd), close > offset + 1,
      bytes[offset + 1].isBlank == bytes[close - 1].isBlank,
      close + 1 == bytes.count || allowsClosing(before: bytes[close + 1]),
      !isAmountOfMoney(offset + 1..<close)
    else { return nil }
    return formula(offset..<close + 1, content: offset + 1..<close, isDisplay: false)
  }

  private func allowsOpening(after byte: UInt8) -> Bool {
    !byte.isLetter && !byte.isDigit && byte != .backslash && byte != .dollar
  }

  private func allowsClosing(before byte: UInt8) -> Bool {
    !byte.isDigit && byte != .dollar
  }

  /// The next dollar that is neither escaped nor inside a `\text{…}`.
  private func closingDollar(from start: Int, end: Int) -> Int? {
    let end = min(end, start + MarkdownLimits.formulaBytes)
    var offset = start
    while offset < end {
      switch bytes[offset] {
      case .dollar: return offset
      case .backslash: offset = textGroupEnd(at: offset, end: end) ?? offset + 2
      default: offset += 1
      }
    }
    return nil
  }

  /// The end of a `\text…{…}`, `\mbox{…}` or `\hbox{…}`, of at most 1 KiB.
  private func textGroupEnd(at offset: Int, end: Int) -> Int? {
    guard
      starts(with: "\\text", at: offset) || starts(with: "\\mbox", at: offset)
        || starts(with: "\\hbox", at: offset)
    else { return nil }
    var place = offset + 5
    while place < end, bytes[place].isLetter { place += 1 }
    guard place < end, bytes[place] == UInt8(ascii: "{") else { return nil }
    var depth = 0
    let limit = min(end, place + 1024)
    while place < limit {
      switch bytes[place] {
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 { return place + 1 }
      case .backslash: place += 1
      default: break
      }
      place += 1
    }
    return nil
  }

  private func isAmountOfMoney(_ content: Range<Int>) -> Bool {
    guard bytes[content.lowerBound].isDigit,
      !bytes[content].contains(where: { "\\^_=+<>".utf8.contains($0) })
    else { return false }
    return source.text(content).unicodeScalars.contains { scalar in
      switch scalar.value {
      case 0x2014, 0x2018...0x201d, 0x2026, 0x2e80...0x9fff, 0xac00...0xd7a3, 0xf900...0xfaff,
        0xfe30...0xfe4f, 0xff00...0xffef, 0x20000...0x3ffff:
        true
      default: false
      }
    }
  }

  private func formula(_ range: Range<Int>, content: Range<Int>, isDisplay: Bool) -> Cutout? {
    guard !bytes[content].allSatisfy(\.isBlank) else { return nil }
    return Cutout(range: range, kind: .math(content: content, isDisplay: isDisplay))
  }
}

// MARK: - Backslashes and footnotes

extension MathScanner {
  private func backslash(at offset: Int, _ place: Place) -> Cutout? {
    if starts(with: "\\begin{", at: offset) { return environment(at: offset, place) }
    if starts(with: "\\eqref{", at: offset) { return reference(at: offset, name: 7, place) }
    if starts(with: "\\ref{", at: offset) { return reference(at: offset, name: 5, place) }
    if starts(with: "\\(", at: offset) {
      return bracketed(at: offset, "\\(", "\\)", end: place.lineEnd, isDisplay: false)
    }
    if starts(with: "\\\\(", at: offset) {
      return bracketed(at: offset, "\\\\(", "\\\\)", end: place.lineEnd, isDisplay: false)
    }
    if starts(with: "\\[", at: offset) {
      return bracketed(at: offset, "\\[", "\\]", end: place.runEnd, isDisplay: true)
    }
    if starts(with: "\\\\[", at: offset) {
      return bracketed(at: offset, "\\\\[", "\\\\]", end: place.runEnd, isDisplay: true)
    }
    return nil
  }

  private func bracketed(
    at offset: Int, _ opening: StaticString, _ closing: StaticString, end: Int, isDisplay: Bool
  ) -> Cutout? {
    let start = offset + opening.utf8CodeUnitCount
    let end = min(end, start + MarkdownLimits.formulaBytes)
    var place = start
    while place < end {
      guard bytes[place] == .backslash else {
        place += 1
        continue
      }
      if starts(with: closing, at: place) {
        guard looksLikeMath(start..<place) else { return nil }
        let range = offset..<place + closing.utf8CodeUnitCount
        return formula(range, content: start..<place, isDisplay: isDisplay)
      }
      if starts(with: opening, at: place) { return nil }
      place += 2
    }
    return nil
  }

  /// Whether content between brackets is a formula, and not a reference or a note in brackets.
  private func looksLikeMath(_ content: Range<Int>) -> Bool {
    var hasLetter = false
    var isAscii = true
    var hasSign = false
    for offset in content {
      let byte = bytes[offset]
      hasLetter = hasLetter || byte.isLetter
      isAscii = isAscii && byte < 0x80
      hasSign = hasSign || "_^=<>+".utf8.contains(byte)
      if byte == .backslash, offset + 1 < content.upperBound, bytes[offset + 1].isLetter {
        hasSign = true
      }
      if starts(with: "](", at: offset) || starts(with: "://", at: offset) { return false }
    }
    return hasSign || (hasLetter && isAscii && content.count <= 12)
  }

  private static let environments: Set<String> = [
    "equation", "align", "gather", "multline", "eqnarray", "alignat", "flalign",
  ]

  /// A `\begin{E}…\end{E}` without dollars, as many posts write them.
  private func environment(at offset: Int, _ place: Place) -> Cutout? {
    let nameStart = offset + "\\begin{".utf8.count
    let nameLimit = min(bytes.count, nameStart + 12)
    guard let nameEnd = bytes[nameStart..<nameLimit].firstIndex(of: UInt8(ascii: "}")) else {
      return nil
    }
    let name = source.text(nameStart..<nameEnd)
    guard MathScanner.environments.contains(name.hasSuffix("*") ? String(name.dropLast()) : name)
    else { return nil }
    let end = min(place.runEnd, offset + MarkdownLimits.formulaBytes)
    let braced = bytes[nameStart...nameEnd]
    var position = nameEnd + 1
    while position < end {
      guard bytes[position] == .backslash else {
        position += 1
        continue
      }
      if starts(with: "\\end{", at: position), bytes[(position + 5)...].starts(with: braced) {
        let range = offset..<position + 5 + braced.count
        return range.upperBound <= end ? formula(range, content: range, isDisplay: true) : nil
      }
      if starts(with: "\\begin{", at: position), bytes[(position + 7)...].starts(with: braced) {
        return nil
      }
      position += 2
    }
    return nil
  }

  /// A reference to an equation without dollars, `\eqref{eq:loss}`, as MathJax reads it.
  private func reference(at offset: Int, name: Int, _ place: Place) -> Cutout? {
    let start = offset + name
    let limit = min(place.lineEnd, start + 64)
    let isLabel = { (byte: UInt8) in byte.isLetter || byte.isDigit || ":_-.+/".utf8.contains(byte) }
    guard let end = bytes[start..<limit].firstIndex(where: { !isLabel($0) }), end > start,
      bytes[end] == UInt8(ascii: "}")
    else { return nil }
    return formula(offset..<end + 1, content: offset..<end + 1, isDisplay: false)
  }

  private func footnoteReference(at offset: Int, _ place: Place) -> Cutout? {
    guard !footnoteLabels.isEmpty,
      let (label, end) = Footnotes.bracketedLabel(bytes, at: offset, end: place.lineEnd),
      footnoteLabels.contains(label)
    else { return nil }
    let isDefinition =
      end < bytes.count && bytes[end] == UInt8(ascii: ":")
      && Footnotes.label(in: source, line: source.line(of: offset)) == label
      && bytes[source.lineStarts[source.line(of: offset)]..<offset].allSatisfy(\.isBlank)
    guard !isDefinition else { return nil }
    return Cutout(range: offset..<end, kind: .footnoteReference(label: label))
  }
}

/// The bytes of a Markdown text, its lines, and what cmark says each line is part of.
///
/// Byte offsets are used throughout: CommonMark's marks are ASCII, and offsets give spans that are
/// identical to their source byte for byte.
struct SourceText {
  let bytes: [UInt8]
  /// Offset of the first byte of each line, and one past the end of the text.
  let lineStarts: [Int]
  /// What each line belongs to.
  private(set) var parts: [LinePart]
  /// Paragraphs and headings in order, as `LinePart.text` numbers them.
  private(set) var leaves: [Leaf]
  /// For each list, by its first line and depth, whether it is tight.
  private(set) var tightLists: [ListPlace: Bool]

  /// What cmark takes a line for.
  enum LinePart: Equatable {
    case blank
    /// A line of the paragraph or heading of this number.
    case text(Int)
    /// Fenced code or HTML: nothing is cut out of it, and no formula reaches across it.
    case verbatim
    case indentedCode
    /// A link definition, a rule, or the line of an empty item.
    case other
  }

  /// A paragraph or a heading: its lines, counted from 0, and the offset where its text starts.
  struct Leaf {
    var lines: ClosedRange<Int>
    var start: Int
  }

  struct ListPlace: Hashable {
    var line: Int
    var depth: Int
  }

  init(_ bytes: [UInt8]) throws(MarkdownError) {
    self.bytes = bytes
    lineStarts = SourceText.lineStarts(of: bytes)
    leaves = []
    tightLists = [:]
    parts = []
    parts = (0..<lineCount).map { isBlank($0) ? .blank : .other }
    try checkImages()
    try classifyLines()
  }

  var lineCount: Int { lineStarts.count - 1 }

  /// The bytes of a line with its line break.
  func range(ofLine line: Int) -> Range<Int> {
    lineStarts[line]..<lineStarts[line + 1]
  }

  /// The line that holds an offset.
  func line(of offset: Int) -> Int {
    var low = 0
    var high = lineCount
    while low + 1 < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private static func lineStarts(of bytes: [UInt8]) -> [Int] {
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == .newline { starts.append(offset + 1) }
    if starts.last != bytes.count || bytes.isEmpty { starts.append(bytes.count) }
    return starts
  }

  private func isBlank(_ line: Int) -> Bool {
    bytes[range(ofLine: line)].allSatisfy(\.isBlank)
  }

  /// Counts the openings of images between blank lines, since cmark compares them pair by pair.
  private func checkImages() throws(MarkdownError) {
    var count = 0
    for line in 0..<lineCount {
      if parts[line] == .blank { count = 0 }
      let text = bytes[range(ofLine: line)]
      count += zip(text, text.dropFirst()).count {
        $0 == UInt8(ascii: "!") && $1 == UInt8(ascii: "[")
      }
      if count > MarkdownLimits.imagesInARow { throw .tooDeep(line: line + 1) }
    }
  }

  private mutating func classifyLines() throws(MarkdownError) {
    var parts = self.parts
    var leaves: [Leaf] = []
    var tightLists: [ListPlace: Bool] = [:]
    var depth = 0
    try CommonMark(includesInlines: false).walk(bytes) { event throws(MarkdownError) in
      guard case .enter(let node) = event else { return depth -= 1 }
      let first = min(max(0, node.lines.lowerBound - 1), parts.count - 1)
      let lines = first...max(first, min(node.lines.upperBound, parts.count) - 1)
      switch node.kind {
      case .paragraph, .heading:
        for line in lines where parts[line] != .blank { parts[line] = .text(leaves.count) }
        let start = lineStarts[lines.lowerBound] + node.column - 1
        leaves.append(Leaf(lines: lines, start: start))
        depth += 1
      case .codeBlock:
        let isFenced = startsWithFence(at: lineStarts[lines.lowerBound] + node.column - 1)
        for line in lines { parts[line] = isFenced ? .verbatim : .indentedCode }
      case .htmlBlock: for line in lines { parts[line] = .verbatim }
      case .thematicBreak: break
      case .list(_, let isTight):
        tightLists[ListPlace(line: lines.lowerBound, depth: depth)] = isTight
        depth += 1
      default: depth += 1
      }
    }
    self.parts = parts
    self.leaves = leaves
    self.tightLists = tightLists
  }

  private func startsWithFence(at offset: Int) -> Bool {
    let start = bytes[min(offset, bytes.count)...].prefix(3)
    return start.elementsEqual("```".utf8) || start.elementsEqual("~~~".utf8)
  }
}

extension UInt8 {
  static let newline = UInt8(ascii: "\n")
  static let backslash = UInt8(ascii: "\\")
  static let dollar = UInt8(ascii: "$")
  static let backtick = UInt8(ascii: "`")
  static let pipe = UInt8(ascii: "|")

  var isBlank: Bool { self == 0x20 || (0x09...0x0d).contains(self) }
  var isDigit: Bool { (0x30...0x39).contains(self) }
  var isLetter: Bool { (0x41...0x5a).contains(self & 0xdf) }
}

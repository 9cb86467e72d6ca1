/// Finds the definitions of footnotes, which cmark would read as link definitions and swallow.
struct Footnotes {
  /// `[^label]: content`, one paragraph at the left margin.
  struct Definition {
    var label: String
    var lines: ClosedRange<Int>
    /// Offsets of the text behind the colon.
    var content: Range<Int>
  }

  /// The definitions in the order of the text; of several for one label the first.
  let definitions: [Definition]

  init(_ source: SourceText) {
    var definitions: [Definition] = []
    var labels: Set<String> = []
    for line in 0..<source.lineCount {
      guard let label = Footnotes.label(in: source, line: line) else {
        if let last = definitions.last, last.lines.upperBound == line - 1,
          case .text(let leaf) = source.parts[line],
          source.parts[line - 1] == .text(leaf)
        {
          definitions[definitions.count - 1].lines = last.lines.lowerBound...line
          definitions[definitions.count - 1].content =
            last.content.lowerBound..<source.range(ofLine: line).upperBound
        }
        continue
      }
      guard labels.insert(label).inserted else { continue }
      let range = source.range(ofLine: line)
      let colon = source.bytes[range].firstIndex(of: UInt8(ascii: ":")) ?? range.lowerBound
      definitions.append(
        Definition(label: label, lines: line...line, content: colon + 1..<range.upperBound))
    }
    self.definitions = definitions
  }

  /// The label of the definition that starts on a line.
  static func label(in source: SourceText, line: Int) -> String? {
    switch source.parts[line] {
    case .text, .other: break
    default: return nil
    }
    let range = source.range(ofLine: line)
    let start = source.bytes[range].firstIndex { $0 != 0x20 } ?? range.upperBound
    guard start - range.lowerBound <= 3,
      let (label, end) = bracketedLabel(source.bytes, at: start, end: range.upperBound),
      end < range.upperBound, source.bytes[end] == UInt8(ascii: ":")
    else { return nil }
    return label
  }

  /// The label of a `[^label]` and the offset behind its bracket.
  static func bracketedLabel(_ bytes: [UInt8], at offset: Int, end: Int) -> (String, Int)? {
    guard offset + 3 < end, bytes[offset] == UInt8(ascii: "["),
      bytes[offset + 1] == UInt8(ascii: "^")
    else { return nil }
    let limit = min(end, offset + 66)
    let close = bytes[offset + 2..<limit].firstIndex {
      $0 == UInt8(ascii: "]") || $0 == UInt8(ascii: "[") || $0.isBlank
    }
    guard let close, bytes[close] == UInt8(ascii: "]"), close > offset + 2 else { return nil }
    return (String(decoding: bytes[offset + 2..<close], as: UTF8.self), close + 1)
  }
}

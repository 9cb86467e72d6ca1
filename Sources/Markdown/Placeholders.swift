/// The private code points that stand for what was cut out of a text.
///
/// cmark takes such a code point for a letter, so that neighbouring emphasis still closes. Each must
/// come back from cmark exactly once; `TreeBuilder` counts them.
struct Placeholders {
  /// What a code point stands for.
  enum Content {
    case math(MathSpan)
    case footnoteReference(Int, source: String)
    case table(TableCut)
  }

  private let base: UInt32
  private(set) var contents: [Content] = []
  /// Where each content starts in the source: its offset, and its line counted from 1.
  private(set) var places: [(offset: Int, line: Int)] = []

  /// Opens each cell and footnote that is given to cmark as a paragraph of its own.
  ///
  /// A paragraph that starts with a letter cannot be taken for a list, a heading or a rule.
  let opener: Unicode.Scalar

  /// - Throws: an error if the text itself uses both private planes.
  init(avoiding bytes: [UInt8]) throws(MarkdownError) {
    var isUsed = [false, false]
    for (offset, byte) in bytes.enumerated() {
      // U+F0000… starts with F3 B0…BF, U+100000… with F4 80…8F; a reference is `&#…;`.
      if byte == 0xf4 { isUsed[1] = true }
      if byte == 0xf3, offset + 1 < bytes.count, bytes[offset + 1] >= 0xb0 { isUsed[0] = true }
      if byte == UInt8(ascii: "&"), let value = Placeholders.reference(in: bytes, at: offset) {
        if value >> 16 == 15 { isUsed[0] = true }
        if value >> 16 == 16 { isUsed[1] = true }
      }
    }
    if isUsed[0] && isUsed[1] { throw .tooManyFormulas(line: 1) }
    base = isUsed[0] ? 0x100000 : 0xf0000
    opener = Unicode.Scalar(base + UInt32(MarkdownLimits.placeholders)) ?? "\u{F0000}"
  }

  /// The value of a numeric character reference.
  private static func reference(in bytes: [UInt8], at offset: Int) -> UInt32? {
    guard offset + 2 < bytes.count, bytes[offset + 1] == UInt8(ascii: "#") else { return nil }
    let isHex = bytes[offset + 2] | 0x20 == UInt8(ascii: "x")
    let digits = bytes[(offset + (isHex ? 3 : 2))...].prefix(8)
      .prefix { $0.isDigit || (isHex && (0x61...0x66).contains($0 | 0x20)) }
    return UInt32(String(decoding: digits, as: UTF8.self), radix: isHex ? 16 : 10)
  }

  /// The UTF-8 of a new code point for `content`.
  mutating func insert(
    _ content: Content, offset: Int, line: Int
  ) throws(MarkdownError) -> [UInt8] {
    guard contents.count < MarkdownLimits.placeholders else { throw .tooManyFormulas(line: line) }
    let scalar = Unicode.Scalar(base + UInt32(contents.count)) ?? opener
    contents.append(content)
    places.append((offset, line))
    return Array(String(scalar).utf8)
  }

  /// Numbers of contents that stood in the surplus cells of a table's row.
  private(set) var dropped: Set<Int> = []

  /// Gives up the placeholders in a text that is not shown.
  mutating func drop(in text: String) {
    for scalar in text.unicodeScalars {
      if let index = index(of: scalar) { dropped.insert(index) }
    }
  }

  /// The number of the content that a scalar stands for.
  func index(of scalar: Unicode.Scalar) -> Int? {
    let index = Int(scalar.value) - Int(base)
    return contents.indices.contains(index) ? index : nil
  }

  /// Whether a text may hold a placeholder: their UTF-8 starts with F3 or F4.
  static func mayOccur(in text: String) -> Bool {
    text.utf8.contains { $0 >= 0xf3 }
  }

  /// The text with the source of each formula put back, for the places that are not mathematics.
  func restoringSource(in text: String) -> (text: String, indices: [Int]) {
    guard Placeholders.mayOccur(in: text) else { return (text, []) }
    var restored = String.UnicodeScalarView()
    var indices: [Int] = []
    for scalar in text.unicodeScalars {
      guard let index = index(of: scalar) else {
        restored.append(scalar)
        continue
      }
      indices.append(index)
      switch contents[index] {
      case .math(let span): restored.append(contentsOf: span.source.unicodeScalars)
      case .footnoteReference(_, let source): restored.append(contentsOf: source.unicodeScalars)
      case .table: break
      }
    }
    return (String(restored), indices)
  }
}

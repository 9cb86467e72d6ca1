/// The two parts of a post's file.
struct PostFile {
  /// What stands above the post, without the lines around it; it begins on line 2.
  var frontMatter = ""
  var form = Form.none
  var markdown = ""
  /// Lines of the file before the Markdown.
  var linesAbove = 0

  /// Whether it may name its own day.
  var isDated: Bool { frontMatter.contains("date") }

  /// The language of the front matter, told by the line above it: `---` or, as Hugo has it, `+++`.
  enum Form {
    case none, yaml, toml
  }

  /// Bytes of the largest post (2.7).
  static let largest = 1 << 20

  /// Cuts bytes and not characters: a sync reads every file, changed or not.
  init(_ bytes: [UInt8]) throws(FrontMatter.Fault) {
    let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
    var rest = bytes.starts(with: byteOrderMark) ? bytes[3...] : bytes[...]
    let all = rest
    if let first = Self.takeLine(&rest), let fence = Self.fence(first) {
      form = fence == UInt8(ascii: "-") ? .yaml : .toml
      frontMatter = try Self.text(try takeFrontMatter(&rest, fence))
    } else {
      rest = all
    }
    markdown = try Self.text(rest)
    guard markdown.contains(where: { !$0.isWhitespace }) || form != .none else {
      throw FrontMatter.Fault(line: 0, reason: "the file is empty")
    }
  }

  /// What stands above the fence that closes the front matter.
  private mutating func takeFrontMatter(
    _ rest: inout ArraySlice<UInt8>, _ fence: UInt8
  ) throws(FrontMatter.Fault) -> ArraySlice<UInt8> {
    let whole = rest
    linesAbove = 1
    while let line = Self.takeLine(&rest) {
      linesAbove += 1
      if Self.fence(line) == fence { return whole[..<line.startIndex] }
    }
    let mark = String(repeating: Character(UnicodeScalar(fence)), count: 3)
    throw FrontMatter.Fault(line: 0, reason: "the front matter has no closing `\(mark)`")
  }

  private static func text(_ bytes: ArraySlice<UInt8>) throws(FrontMatter.Fault) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FrontMatter.Fault(line: 0, reason: "the file is not UTF-8")
    }
    return text
  }

  /// The next line without its end; nil after the last.
  private static func takeLine(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard !rest.isEmpty else { return nil }
    let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
    let line = rest[..<end]
    rest = rest[end...].dropFirst()
    return line
  }

  /// The mark of a line that opens or closes front matter.
  private static func fence(_ line: ArraySlice<UInt8>) -> UInt8? {
    guard let mark = line.first, mark == UInt8(ascii: "-") || mark == UInt8(ascii: "+"),
      line.starts(with: [mark, mark, mark]),
      line.dropFirst(3).allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0d })
    else { return nil }
    return mark
  }
}

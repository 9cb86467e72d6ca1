/// The two parts of a post's file.
struct PostFile {
  /// The YAML between the two lines of `---`; it begins on line 2.
  var frontMatter: String
  var markdown: String
  /// Lines of the file before the Markdown.
  var linesAbove: Int

  /// Bytes of the largest post (2.7).
  static let largest = 1 << 20

  /// Cuts bytes and not characters: a sync reads every file, changed or not.
  init(_ bytes: [UInt8]) throws(FrontMatter.Fault) {
    let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
    var rest = bytes.starts(with: byteOrderMark) ? bytes[3...] : bytes[...]
    guard let first = Self.takeLine(&rest), Self.isFence(first) else {
      throw FrontMatter.Fault(line: 0, reason: "no front matter: the first line must be `---`")
    }
    let start = rest.startIndex
    linesAbove = 1
    var end: Int?
    while end == nil, let line = Self.takeLine(&rest) {
      linesAbove += 1
      if Self.isFence(line) { end = line.startIndex }
    }
    guard let end else {
      throw FrontMatter.Fault(line: 0, reason: "the front matter has no closing `---`")
    }
    guard let yaml = String(validating: bytes[start..<end], as: UTF8.self),
      let markdown = String(validating: rest, as: UTF8.self)
    else { throw FrontMatter.Fault(line: 0, reason: "the file is not UTF-8") }
    frontMatter = yaml
    self.markdown = markdown
  }

  /// The next line without its end; nil after the last.
  private static func takeLine(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard !rest.isEmpty else { return nil }
    let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
    let line = rest[..<end]
    rest = rest[end...].dropFirst()
    return line
  }

  /// Whether this line opens or closes front matter.
  private static func isFence(_ line: ArraySlice<UInt8>) -> Bool {
    line.starts(with: Array("---".utf8))
      && line.dropFirst(3).allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }
  }
}

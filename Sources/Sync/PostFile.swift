/// The two parts of a post's file.
struct PostFile {
  /// The YAML between the two lines of `---`; it begins on line 2.
  var frontMatter: String
  var markdown: String
  /// Lines of the file before the Markdown.
  var linesAbove: Int

  /// Bytes of the largest post (2.7).
  static let largest = 1 << 20

  init(_ bytes: [UInt8]) throws(FrontMatter.Fault) {
    let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
    let content = bytes.starts(with: byteOrderMark) ? bytes[3...] : bytes[...]
    guard let text = String(validating: content, as: UTF8.self) else {
      throw FrontMatter.Fault(line: 0, reason: "the file is not UTF-8")
    }
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)[...]
    guard lines.popFirst()?.isFence == true else {
      throw FrontMatter.Fault(line: 0, reason: "no front matter: the first line must be `---`")
    }
    guard let end = lines.firstIndex(where: \.isFence) else {
      throw FrontMatter.Fault(line: 0, reason: "the front matter has no closing `---`")
    }
    frontMatter = lines[..<end].joined(separator: "\n")
    markdown = lines[(end + 1)...].joined(separator: "\n")
    linesAbove = end + 1
  }
}

extension Substring {
  /// Whether this line opens or closes front matter.
  fileprivate var isFence: Bool { hasPrefix("---") && dropFirst(3).allSatisfy(\.isWhitespace) }
}

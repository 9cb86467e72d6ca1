/// Why a Markdown text is refused: it is larger or deeper than any post, or hostile.
package enum MarkdownError: Error, Equatable, CustomStringConvertible {
  case tooLarge(bytes: Int)
  case tooDeep(line: Int)
  case tooManyFormulas(line: Int)
  /// A formula on this line did not come back from cmark exactly once.
  case lostFormula(line: Int)
  case outOfMemory

  package var description: String {
    switch self {
    case .tooLarge(let bytes):
      "The text has \(bytes) bytes; a post has at most \(MarkdownLimits.bytes). Split it."
    case .tooDeep(let line):
      "line \(line): quotes, lists, emphasis or images are nested over \(MarkdownLimits.depth) deep."
    case .tooManyFormulas(let line):
      "line \(line): more than \(MarkdownLimits.placeholders) formulas and tables. Split the post."
    case .lostFormula(let line):
      "line \(line): this formula stands where Markdown drops text. Move it to a paragraph."
    case .outOfMemory:
      "There is not enough memory to read the text."
    }
  }
}

/// The caps of a post; beyond them it is refused.
enum MarkdownLimits {
  static let bytes = 1 << 20
  static let depth = 64
  /// cmark 0.30 takes quadratic time for `![[]()` repeated within one paragraph.
  static let imagesInARow = 1_000
  static let placeholders = 60_000
  static let formulaBytes = 16 << 10
  static let tableColumns = 256
}

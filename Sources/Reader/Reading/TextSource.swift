import Canvas
import Markdown
import Typesetting

/// The Markdown of a post as it was written, wrapped and nothing else.
struct TextSource: PageSource {
  let open: OpenPost
  let displayWidth: DisplayWidth

  /// One item for each block, so that a place is the same place in both forms.
  static func items(of open: OpenPost) -> [Page.Item] {
    open.document.blocks.indices.map { .block($0) }
  }

  func lines(of item: Page.Item, width: Int) -> [TypesetLine] {
    guard case .block(let block) = item else { return [] }
    let source = open.lines[open.sourceLines(ofBlock: block)]
    let rows = source.flatMap { wrapped($0, width: max(2, width)) }
    return rows.enumerated().map { TypesetLine(line: $1, block: block, row: $0) }
  }

  private func wrapped(_ line: String, width: Int) -> [Line] {
    var rows: [Line] = []
    var row = ""
    var column = 0
    for character in SafeText(line).string {
      let columns = displayWidth.columns(of: character)
      if column + columns > width {
        rows.append(Line(SafeText(row)))
        (row, column) = ("", 0)
      }
      row.append(character)
      column += columns
    }
    return rows + [Line(SafeText(row))]
  }
}

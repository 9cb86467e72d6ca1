/// Cuts a snippet out of a text: within one line of it, from a sentence's start where that is
/// near, by columns, and never inside a character, a formula or a piece of code.
struct SnippetCutter {
  private let body: String
  private let fixed: [Range<Int>]

  init(body: String, fixed: [Range<Int>]) {
    self.body = body
    self.fixed = fixed
  }

  /// One piece that stays whole: a character, a match, a formula or a short piece of code.
  private struct Piece {
    var range: Range<Int>
    var width: Int
    var endsSentence: Bool
  }

  func cut(
    around anchor: Int, matches: [Range<Int>], width: Int
  ) -> SearchResult.Snippet {
    let line = line(at: anchor)
    let pieces = pieces(of: line, matches: matches, width: width)
    guard let anchored = pieces.firstIndex(where: { $0.range.upperBound > anchor }) else {
      return SearchResult.Snippet(text: "")
    }
    let first = start(before: anchored, in: pieces, width: width)
    var end = first
    var columns = 0
    while end < pieces.count, columns + pieces[end].width <= width {
      columns += pieces[end].width
      end += 1
      if end > anchored, columns > width / 2, pieces[end - 1].endsSentence { break }
    }
    guard end > first else { return SearchResult.Snippet(text: "") }
    let kept = pieces[first].range.lowerBound..<pieces[end - 1].range.upperBound
    return snippet(kept, of: line, matches: matches)
  }

  /// The whole line of the body that holds an offset.
  private func line(at offset: Int) -> Range<Int> {
    let utf8 = body.utf8
    let anchor = utf8.index(utf8.startIndex, offsetBy: min(offset, utf8.count))
    let newline = UInt8(ascii: "\n")
    let start =
      utf8[..<anchor].lastIndex(of: newline).map { utf8.index(after: $0) } ?? utf8.startIndex
    let end = utf8[anchor...].firstIndex(of: newline) ?? utf8.endIndex
    let lower = utf8.distance(from: utf8.startIndex, to: start)
    return lower..<lower + utf8.distance(from: start, to: end)
  }

  private func pieces(of line: Range<Int>, matches: [Range<Int>], width: Int) -> [Piece] {
    var pieces: [Piece] = []
    var offset = line.lowerBound
    var formulas = QueryMatcher.merged(
      (fixed + matches).filter { $0.overlaps(line) && $0.upperBound <= line.upperBound })[...]
    for character in substring(line) {
      let range = offset..<offset + character.utf8.count
      offset = range.upperBound
      while let formula = formulas.first, formula.upperBound <= range.lowerBound {
        formulas.removeFirst()
      }
      let columns = Self.columns(character)
      if let formula = formulas.first, formula.contains(range.lowerBound),
        range.lowerBound > formula.lowerBound, let last = pieces.last,
        last.width + columns <= width
      {
        pieces[pieces.count - 1].range = last.range.lowerBound..<range.upperBound
        pieces[pieces.count - 1].width += columns
      } else {
        pieces.append(
          Piece(range: range, width: columns, endsSentence: "。！？!?；;".contains(character)))
      }
    }
    return pieces
  }

  /// The start of the sentence or line if it is near enough, else a few columns before the match.
  private func start(before anchored: Int, in pieces: [Piece], width: Int) -> Int {
    var first = anchored
    var near = anchored
    var columns = 0
    while first > 0, !pieces[first - 1].endsSentence {
      first -= 1
      columns += pieces[first].width
      if columns > width / 2 { return near }
      if columns <= width / 5 { near = first }
    }
    return first
  }

  private func snippet(
    _ kept: Range<Int>, of line: Range<Int>, matches: [Range<Int>]
  ) -> SearchResult.Snippet {
    let before = kept.lowerBound > line.lowerBound ? "…" : ""
    let after = kept.upperBound < line.upperBound ? "…" : ""
    let touched = matches.filter { $0.overlaps(kept) }
    let whole = touched.filter { kept.clamped(to: $0) == $0 }
    // Only a match that is longer than a snippet is shown in part.
    let visible = whole.isEmpty ? touched.map { $0.clamped(to: kept) } : whole
    let ranges = visible.map { match in
      let start = before.count + substring(kept.lowerBound..<match.lowerBound).count
      return start..<start + substring(match).count
    }
    return SearchResult.Snippet(text: before + substring(kept) + after, matches: ranges)
  }

  private func substring(_ range: Range<Int>) -> Substring {
    let utf8 = body.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
    return body[start..<utf8.index(start, offsetBy: range.count)]
  }

  /// Columns that a character takes in a terminal, well enough to choose a length.
  private static func columns(_ character: Character) -> Int {
    character.unicodeScalars.first.map { $0.value >= 0x1100 ? 2 : 1 } ?? 0
  }
}

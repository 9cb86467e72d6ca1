package import Canvas
package import Posts
import Typesetting

/// The rows that show a search result's snippet: broken between words, with its first match in
/// sight, and with a sign where something was left out.
package struct SnippetRows {
  private let snippet: SearchResult.Snippet
  private let styles: (plain: Style, match: Style)
  private let displayWidth: DisplayWidth

  package init(
    _ snippet: SearchResult.Snippet, plain: Style = .plain, match: Style,
    displayWidth: DisplayWidth = .standard
  ) {
    self.snippet = snippet
    styles = (plain, match)
    self.displayWidth = displayWidth
  }

  /// At most so many rows of a width.
  package func lines(width: Int, count: Int) -> [Line] {
    let (all, match) = glyphs()
    guard let match else { return rows(all, from: 0, width: width, count: count).lines }
    // From the start if the match is near, else with half a row before it, else from it on.
    let half =
      LineBreaking(width: width / 2).lines(all)
      .last { $0.lowerBound <= match.lowerBound }?.lowerBound ?? 0
    let tried = [0, half].lazy.map { rows(all, from: $0, width: width, count: count) }
    return tried.first { $0.end >= match.upperBound }?.lines
      ?? rows(all, from: match.lowerBound, width: width, count: count).lines
  }

  /// The rows that begin with a glyph, and the first glyph that is not in them.
  private func rows(
    _ all: [Glyph], from start: Int, width: Int, count: Int
  ) -> (lines: [Line], end: Int) {
    let head = start > 0 ? [ellipsis] : []
    var glyphs = head + all[start...]
    if !head.isEmpty, glyphs.count > 1 { glyphs[1].joint = .glued }
    let ranges = LineBreaking(width: width).lines(glyphs)
    let kept = ranges.prefix(count)
    guard let last = kept.last, ranges.count > count else {
      return (kept.map { line(glyphs[$0]) }, all.count)
    }
    // Room for the sign that there is more.
    let rest = glyphs[last.lowerBound...]
    let row = LineBreaking(width: width - ellipsis.columns).lines(Array(rest)).first ?? 0..<0
    let lines =
      kept.dropLast().map { line(glyphs[$0]) } + [line(rest.prefix(row.count) + [ellipsis])]
    return (lines, last.lowerBound + row.count + start - head.count)
  }

  private var ellipsis: Glyph {
    Glyph("…", columns: displayWidth.columns(of: "…"), style: styles.plain)
  }

  /// Each character made safe by itself, so that the places of matches hold.
  private func glyphs() -> (glyphs: [Glyph], firstMatch: Range<Int>?) {
    var matches = snippet.matches[...]
    var wholes = snippet.wholes[...]
    var glyphs: [Glyph] = []
    var firstMatch: Range<Int>?
    for (index, character) in snippet.text.enumerated() {
      while let match = matches.first, match.upperBound <= index { matches.removeFirst() }
      while let whole = wholes.first, whole.upperBound <= index { wholes.removeFirst() }
      let isMatch = matches.first?.contains(index) == true
      let isInside = wholes.first.map { $0.lowerBound < index } ?? false
      let start = glyphs.count
      for var glyph in [Glyph].of(
        SafeText(String(character)), style: isMatch ? styles.match : styles.plain,
        width: displayWidth)
      {
        if isInside { glyph.joint = .glued }
        glyphs.append(glyph)
      }
      if isMatch, matches.startIndex == snippet.matches.startIndex {
        firstMatch = (firstMatch?.lowerBound ?? start)..<glyphs.count
      }
    }
    return (glyphs, firstMatch)
  }

  private func line(_ glyphs: some Collection<Glyph>) -> Line {
    var spans: [Span] = []
    for glyph in glyphs {
      let text = SafeText(String(glyph.character))
      if let last = spans.last, last.style == glyph.style {
        spans[spans.count - 1].text = last.text + text
      } else {
        spans.append(Span(text, glyph.style))
      }
    }
    return Line(spans)
  }
}

/// Cuts a snippet out of a text: within one line of it, from a sentence's start where that is
/// near, by columns, and never inside a character, a formula or a piece of code.
///
/// Formulas stand in it as a reader sees them in a line, unless the match is one in their TeX alone.
struct SnippetCutter {
  private let text: IndexedText
  private let matcher: QueryMatcher
  /// Columns that a snippet has at most, unless one formula has more.
  private let width: Int

  /// A formula or piece of code of more columns is cut all the same.
  private static let longestWhole = 600
  /// How much of a line is looked at before and behind a match, in bytes.
  private static let reach = 2048

  init(_ text: IndexedText, matcher: QueryMatcher, width: Int) {
    self.text = text
    self.matcher = matcher
    self.width = width
  }

  /// One piece that stays whole: a character, a match, a formula or a piece of code.
  private struct Piece {
    /// Bytes of the body.
    var range: Range<Int>
    var text: String
    /// Matches as offsets in characters of `text`.
    var marks: [Range<Int>] = []
    var isFixed = false

    /// Columns in a terminal, well enough to choose a length.
    var width: Int {
      text.unicodeScalars.count == 1
        ? Self.columns(text.unicodeScalars.first) : text.reduce(0) { $0 + Self.columns($1) }
    }

    var isClosing: Bool { text.allSatisfy("，、；：。！？）」』】》”,;:.!?) ".contains) }

    var endsSentence: Bool { text.last.map("。！？!?；;".contains) ?? false }

    private static func columns(_ character: Character) -> Int {
      columns(character.unicodeScalars.first)
    }

    private static func columns(_ scalar: Unicode.Scalar?) -> Int {
      scalar.map { $0.value >= 0x1100 && !(0x2000..<0x2e80).contains($0.value) ? 2 : 1 } ?? 0
    }
  }

  /// The snippet around an offset of the body, with those of the ranges that lie in it as matches.
  func cut(around anchor: Int, matches: [Range<Int>]) -> SearchResult.Snippet {
    let line = text.line(at: anchor)
    let pieces = pieces(of: text.stretch(of: line, around: anchor, reach: Self.reach), matches)
    guard let anchored = pieces.firstIndex(where: { $0.range.upperBound > anchor }) else {
      return SearchResult.Snippet(text: "")
    }
    var first = start(before: anchored, in: pieces)
    // A mark that ends something belongs to what is left out.
    while first < anchored, pieces[first].range.lowerBound > line.lowerBound,
      pieces[first].isClosing
    { first += 1 }
    var end = first
    var columns = 0
    while end < pieces.count, end <= anchored || columns + pieces[end].width <= width {
      columns += pieces[end].width
      end += 1
      if end > anchored, columns > width / 2, pieces[end - 1].endsSentence { break }
    }
    return snippet(pieces[first..<end], of: line)
  }

  // MARK: Pieces

  private func pieces(of stretch: Range<Int>, _ matches: [Range<Int>]) -> [Piece] {
    let matches = matches.filter { $0.overlaps(stretch) }
    var pieces: [Piece] = []
    var offset = stretch.lowerBound
    for formula in text.formulas(in: stretch) {
      guard let read = read(formula, matches) else { continue }
      pieces += written(offset..<read.range.lowerBound, matches)
      pieces.append(read)
      offset = read.range.upperBound
    }
    return pieces + written(offset..<stretch.upperBound, matches)
  }

  /// A formula as it is seen; nil where that lacks a match that its TeX has.
  private func read(
    _ formula: (range: Range<Int>, reading: String), _ matches: [Range<Int>]
  ) -> Piece? {
    var piece = Piece(range: formula.range, text: formula.reading, isFixed: true)
    let touched = matches.filter { $0.overlaps(formula.range) }
    guard !touched.isEmpty else { return piece }
    guard touched.allSatisfy({ formula.range.clamped(to: $0) == $0 }) else { return nil }
    let found = QueryMatcher.merged(
      matcher.occurrences(in: formula.reading, exactly: true).map(\.range))
    guard !found.isEmpty else { return nil }
    piece.marks = found.map { formula.reading.characters(ofBytes: $0) }
    return piece
  }

  /// The pieces of a stretch as it is written.
  private func written(_ stretch: Range<Int>, _ matches: [Range<Int>]) -> [Piece] {
    var pieces: [Piece] = []
    var offset = stretch.lowerBound
    let inside = matches.map { $0.clamped(to: stretch) }.filter { !$0.isEmpty }
    var wholes = QueryMatcher.merged(text.fixed(in: stretch) + inside)[...]
    for character in text.substring(stretch) {
      let range = offset..<offset + character.utf8.count
      offset = range.upperBound
      while let whole = wholes.first, whole.upperBound <= range.lowerBound { wholes.removeFirst() }
      if let whole = wholes.first, whole.contains(range.lowerBound),
        range.lowerBound > whole.lowerBound, let last = pieces.last,
        last.text.utf8.count < Self.longestWhole
      {
        pieces[pieces.count - 1].range = last.range.lowerBound..<range.upperBound
        pieces[pieces.count - 1].text.append(character == "\n" ? " " : character)
        pieces[pieces.count - 1].isFixed = true
      } else {
        pieces.append(Piece(range: range, text: character == "\n" ? " " : String(character)))
      }
    }
    for k in pieces.indices { pieces[k].marks = marks(inside, in: pieces[k]) }
    return pieces
  }

  private func marks(_ matches: [Range<Int>], in piece: Piece) -> [Range<Int>] {
    matches.filter { $0.overlaps(piece.range) }.map { match in
      let part = match.clamped(to: piece.range)
      let start = part.lowerBound - piece.range.lowerBound
      return piece.text.characters(ofBytes: start..<start + part.count)
    }
  }

  // MARK: Cutting

  /// The start of the sentence or line if it is near enough, else a few columns before the match.
  private func start(before anchored: Int, in pieces: [Piece]) -> Int {
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

  private func snippet(_ kept: ArraySlice<Piece>, of line: Range<Int>) -> SearchResult.Snippet {
    guard let first = kept.first, let last = kept.last else {
      return SearchResult.Snippet(text: "")
    }
    var snippet = SearchResult.Snippet(
      text: first.range.lowerBound > line.lowerBound ? "…" : "")
    for piece in kept {
      let start = snippet.text.count
      snippet.text += piece.text
      let marks = piece.marks.map { $0.lowerBound + start..<$0.upperBound + start }
      snippet.matches = QueryMatcher.merged(snippet.matches + marks)
      if piece.isFixed { snippet.wholes.append(start..<snippet.text.count) }
    }
    if last.range.upperBound < line.upperBound { snippet.text += "…" }
    return snippet
  }
}

/// What the index has of one post, to cut snippets from.
struct IndexedText {
  let body: String
  /// The readings of its formulas.
  let readings: String
  let outline: Outline

  func substring(_ range: Range<Int>) -> Substring {
    let utf8 = body.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
    return body[start..<utf8.index(start, offsetBy: range.count)]
  }

  /// The whole line of the body that holds an offset; a line's end within a formula ends none.
  func line(at offset: Int) -> Range<Int> {
    let utf8 = body.utf8
    func index(_ offset: Int) -> String.Index { utf8.index(utf8.startIndex, offsetBy: offset) }
    var start = min(offset, utf8.count)
    var end = start
    while true {
      guard let newline = utf8[..<index(start)].lastIndex(of: Self.newline) else {
        start = 0
        break
      }
      let place = utf8.distance(from: utf8.startIndex, to: newline)
      start = outline.formula(around: place)?.lowerBound ?? place + 1
      if start > place { break }
    }
    while true {
      guard let newline = utf8[index(end)...].firstIndex(of: Self.newline) else {
        end = utf8.count
        break
      }
      let place = utf8.distance(from: utf8.startIndex, to: newline)
      end = min(outline.formula(around: place)?.upperBound ?? place, utf8.count)
      if end <= place { break }
    }
    return start..<end
  }

  private static let newline = UInt8(ascii: "\n")

  /// The part of a line that lies within reach of an offset, and no formula or scalar in part.
  func stretch(of line: Range<Int>, around anchor: Int, reach: Int) -> Range<Int> {
    var start = max(line.lowerBound, anchor - reach)
    var end = min(line.upperBound, anchor + reach)
    for range in outline.fixed where range.upperBound <= line.upperBound {
      if range.contains(start) { start = max(line.lowerBound, range.lowerBound) }
      if range.contains(end) { end = range.upperBound }
    }
    while start > line.lowerBound, isContinuation(start) { start -= 1 }
    while end < line.upperBound, isContinuation(end) { end += 1 }
    return start..<end
  }

  private func isContinuation(_ offset: Int) -> Bool {
    let utf8 = body.utf8
    return utf8[utf8.index(utf8.startIndex, offsetBy: offset)] & 0xc0 == 0x80
  }

  /// Formulas and pieces of code that lie in a range.
  func fixed(in range: Range<Int>) -> [Range<Int>] {
    outline.fixed.filter { !$0.isEmpty && range.clamped(to: $0) == $0 }
  }

  /// The formulas in a range that can be read in a line, and how.
  func formulas(in range: Range<Int>) -> [(range: Range<Int>, reading: String)] {
    outline.formulas.compactMap { formula in
      guard outline.fixed.indices.contains(formula.fixed) else { return nil }
      let place = outline.fixed[formula.fixed]
      guard !place.isEmpty, range.clamped(to: place) == place else { return nil }
      let utf8 = readings.utf8.dropFirst(formula.start)
      let row = utf8.prefix { $0 != UInt8(ascii: "\t") && $0 != UInt8(ascii: "\n") }
      return row.isEmpty ? nil : (place, String(Substring(row)))
    }
  }
}

extension String {
  /// Offsets in characters for offsets in bytes; a character that is cut counts as a whole one.
  fileprivate func characters(ofBytes range: Range<Int>) -> Range<Int> {
    var bytes = 0
    var (start, end) = (0, 0)
    for (number, character) in enumerated() {
      let next = bytes + character.utf8.count
      if next <= range.lowerBound { start = number + 1 }
      if bytes < range.upperBound { end = number + 1 }
      bytes = next
    }
    return start..<Swift.max(start, end)
  }
}

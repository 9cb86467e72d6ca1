/// The place in a post that a search result shows: the densest window, at most a sentence or two,
/// and where it comes from.
struct Excerpt {
  private(set) var snippet = SearchResult.Snippet(text: "")
  /// Number of the heading it stands under, counted from 1; 0 before the first.
  private(set) var heading = 0
  /// Line of the Markdown.
  private(set) var line = 1

  /// Columns of a snippet: two rows of a terminal of 80.
  private static let width = 150

  init(_ text: IndexedText, matcher: QueryMatcher) {
    let outline = text.outline
    let occurrences = Self.occurrences(
      body: text.body, formulas: text.readings, outline, matcher)
    let best = Self.densest(occurrences, outline)?.start
    let part = best.flatMap { outline.part(at: $0) } ?? outline.parts.first
    heading = part?.heading ?? 0
    line = part?.line ?? 1
    let matches = QueryMatcher.merged(occurrences.map(\.range))
    snippet = SnippetCutter(text, matcher: matcher, width: Self.width)
      .cut(around: best ?? part?.start ?? 0, matches: matches)
  }

  /// Matches in the part of the body that has most of the words as they were typed, else in all of
  /// it.
  ///
  /// A match among the readings of a formula is the formula.
  private static func occurrences(
    body: String, formulas: String, _ outline: Outline, _ matcher: QueryMatcher
  ) -> [QueryMatcher.Occurrence] {
    if let found = nearby(body, outline, matcher) { return found }
    // A formula's reading counts for words that are written nowhere, and words without their signs
    // for those that are in no reading either.
    var found = matcher.occurrences(in: body, exactly: true)
    found += Self.missing(in: found, of: matcher) {
      matcher.occurrences(in: formulas, exactly: true).compactMap { read in
        outline.formula(at: read.range.lowerBound).map {
          QueryMatcher.Occurrence(term: read.term, range: $0)
        }
      }.filter { $0.range.upperBound <= body.utf8.count }
    }
    found += Self.missing(in: found, of: matcher) { matcher.occurrences(in: body) }
    return found.sorted(by: precedes)
  }

  /// Matches in the one part that a search without a tokenizer finds to be the densest; nil if the
  /// words do not stand there as words.
  private static func nearby(
    _ body: String, _ outline: Outline, _ matcher: QueryMatcher
  ) -> [QueryMatcher.Occurrence]? {
    guard matcher.count > 0, let rough = matcher.roughly(in: body),
      let best = densest(rough, outline), let part = outline.part(at: best.start)
    else { return nil }
    let end = outline.start(behind: part) ?? body.utf8.count
    let utf8 = body.utf8.dropFirst(part.start).prefix(end - part.start)
    let found = matcher.occurrences(in: String(Substring(utf8)), exactly: true).map {
      let range = $0.range.lowerBound + part.start..<$0.range.upperBound + part.start
      return QueryMatcher.Occurrence(term: $0.term, range: range)
    }.sorted(by: precedes)
    return (densest(found, outline)?.words ?? 0) >= best.words ? found : nil
  }

  /// Of the other occurrences those of terms that were not found.
  private static func missing(
    in found: [QueryMatcher.Occurrence], of matcher: QueryMatcher,
    _ others: () -> [QueryMatcher.Occurrence]
  ) -> [QueryMatcher.Occurrence] {
    let known = Set(found.map(\.term))
    return known.count == matcher.count ? [] : others().filter { !known.contains($0.term) }
  }

  private static func precedes(_ a: QueryMatcher.Occurrence, _ b: QueryMatcher.Occurrence) -> Bool {
    a.range.lowerBound < b.range.lowerBound
  }

  /// Where the window with most of the query's words begins; of equal ones the first.
  ///
  /// A window lies in one part, since a snippet does.
  private static func densest(
    _ occurrences: [QueryMatcher.Occurrence], _ outline: Outline
  ) -> (words: Int, start: Int)? {
    var best: (words: Int, start: Int)?
    var first = 0
    var part = -1
    for (last, occurrence) in occurrences.enumerated() {
      let start = outline.part(at: occurrence.range.lowerBound)?.start ?? 0
      if start != part {
        part = start
        first = last
      }
      while occurrence.range.upperBound - occurrences[first].range.lowerBound > width,
        first < last
      { first += 1 }
      let words = Set(occurrences[first...last].suffix(64).map(\.term)).count
      if words > best?.words ?? 0 { best = (words, occurrences[first].range.lowerBound) }
    }
    return best
  }
}

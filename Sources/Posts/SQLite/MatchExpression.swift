/// A query in FTS5's language, made of tokens only.
///
/// Tokens hold letters, digits, `+` and `#`; what a person typed never stands here, so no text
/// can be an error or an operator.
struct MatchExpression {
  /// What the index is asked for; nil where nothing is asked that it could know.
  var match: String?
  /// What the index is asked for to be left out, if it is asked for nothing else.
  var exclusion: String?

  /// With `readings`, signs are looked for in how formulas are read rather than in the text; with
  /// `prominent`, words only where they say what a post is about.
  init(_ query: SearchQuery, readings: Bool = false, prominent: Bool = false) {
    func phrases(_ terms: [SearchQuery.Term]) -> [String] {
      terms.compactMap { Self.phrase($0, readings: readings) }
    }
    let sought = phrases(query.terms).joined(separator: query.needsAny ? " OR " : " AND ")
    let columns = prominent ? "{title headings tags} : " : ""
    let required = ([sought.isEmpty ? "" : "(\(columns)(\(sought)))"] + phrases(query.restrictions))
      .filter { !$0.isEmpty }
    let excluded = phrases(query.exclusions).joined(separator: " OR ")
    guard !required.isEmpty else {
      exclusion = excluded.isEmpty ? nil : excluded
      return
    }
    let all = required.joined(separator: " AND ")
    match = excluded.isEmpty ? all : "(\(all)) NOT (\(excluded))"
  }

  private static func phrase(_ term: SearchQuery.Term, readings: Bool) -> String? {
    if term.field == .lang { return "facets : \"\(Facets.language(term.language))\"" }
    if term.words.isEmpty {
      let words = Facets.query(term.literal, isReading: readings).words
      return words.isEmpty
        ? nil : "(" + words.map { "facets : \"\($0)\"" }.joined(separator: " AND ") + ")"
    }
    let words = term.tokens.joined(separator: " ")
    let field = term.field.map { "\($0.column) : " } ?? ""
    return "(\(field)\"\(words)\"\(term.isPrefix ? " *" : ""))"
  }
}

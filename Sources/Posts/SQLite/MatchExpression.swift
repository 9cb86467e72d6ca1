/// A query in FTS5's language, made of tokens only.
///
/// Tokens hold letters, digits, `+` and `#`; what a person typed never stands here, so no text
/// can be an error or an operator.
struct MatchExpression {
  /// What the index is asked for; nil where no term has a word.
  var match: String?
  /// What the index is asked for to be left out.
  var exclusion: String?

  init(_ query: SearchQuery) {
    match = Self.join(query.terms, " AND ")
    exclusion = Self.join(query.exclusions, " OR ")
  }

  private static func join(_ terms: [SearchQuery.Term], _ joiner: String) -> String? {
    let phrases = terms.filter { !$0.words.isEmpty }.map(phrase)
    return phrases.isEmpty ? nil : phrases.joined(separator: joiner)
  }

  private static func phrase(_ term: SearchQuery.Term) -> String {
    let words = term.words.map(\.token).joined(separator: " ")
    let field = term.field.map { "\($0.column) : " } ?? ""
    return "(\(field)\"\(words)\"\(term.isPrefix ? " *" : ""))"
  }
}

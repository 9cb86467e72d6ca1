import ArgumentParser
import Canvas
import DemoKit
import Posts
import Reader

/// `downlink search`: the posts that hold what is asked for, the best first.
struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Search all posts.",
    discussion: """
      Words are joined by “and”. A "phrase" in quotes stays together, -word excludes, and tag:, \
      category:, title:, demo: and lang: (zh, en, or a language of code) restrict. The last word \
      may be the beginning of one, unless a blank follows it. Formulas are found as TeX, as \
      symbols and by the symbols' names. A word that begins with “-” goes behind “--”.

      Posts that hold another name of what was asked for come last, with that name. Where no post \
      holds it, posts are shown that may have been meant, with the words that they hold; then the \
      exit status is 1 all the same.

      With --json, an array of objects: post (as “downlink list” has it), heading, snippet, \
      matches (pairs of offsets in characters of the snippet), line (of the post's Markdown), \
      found_by (query, without_signs, alias, spelling, pinyin or any_word), found_as (the words \
      that were looked for in place of the query, or null).
      """)

  @Argument(help: "What to look for.")
  var words: [String]

  @Option(help: "The most posts to show.")
  var limit = 20

  @Flag(help: "Write JSON.")
  var json = false

  @OptionGroup var appearance: AppearanceOptions

  func validate() throws {
    guard limit > 0 else { throw ValidationError("The limit must be a positive number.") }
  }

  func run() throws {
    let settings = Settings.current()
    let query = words.joined(separator: " ")
    let library = try LibraryAccess(settings).open()
    let results = try library.search(SearchQuery(query), limit: limit)
    try Output.withStandardOutput(colors: settings.streams.colors(appearance.color)) { output in
      if json { try output.write(.array(results.map(\.json))) }
      guard !results.isEmpty else { throw CommandError.nothingFound(query: query) }
      if !json { try write(results, to: &output, width: settings.streams.size.columns) }
      guard !results.allSatisfy(\.isGuess) else {
        throw CommandError.nothingExact(query: query)
      }
    }
  }

  /// Writes the results, with a line above those that were found otherwise.
  private func write(_ results: [SearchResult], to output: inout Output, width: Int) throws {
    var last = SearchResult.Origin.query
    for result in results {
      if result.origin != last, let label = result.origin.label {
        try output.write(Line([Span(SafeText(label), .dim)]))
      }
      last = result.origin
      for line in lines(result, width: width) { try output.write(line) }
    }
  }

  private func lines(_ result: SearchResult, width: Int) -> [Line] {
    let heading = result.heading.isEmpty ? "" : " › \(result.heading)"
    let title = Line([
      Span(SafeText(result.post.slug.string), .bold),
      Span(SafeText("  \(result.post.title)\(heading)")),
    ])
    let rows = SnippetRows(result.snippet, match: .match).lines(width: width - 4, count: 2)
    return [title] + rows.map { Line([Span(SafeText("    "))] + $0.spans) }
  }
}

extension SearchResult.Origin {
  /// What stands above the results that were found so.
  fileprivate var label: String? {
    switch self {
    case .query: nil
    case .withoutSigns: "With other signs:"
    case .alias(let query): "Also called \(query):"
    case .spelling(let query), .pinyin(let query): "Did you mean \(query)?"
    case .anyWord: "Some of the words:"
    }
  }

  /// Its name in JSON, and the words in place of the query.
  fileprivate var fields: (name: String, query: String?) {
    switch self {
    case .query: ("query", nil)
    case .withoutSigns: ("without_signs", nil)
    case .alias(let query): ("alias", query)
    case .spelling(let query): ("spelling", query)
    case .pinyin(let query): ("pinyin", query)
    case .anyWord: ("any_word", nil)
    }
  }
}

extension Style {
  fileprivate static let dim = Style(attributes: [.dim])
  fileprivate static let match = Style(attributes: [.bold, .underline])
}

extension SearchResult {
  fileprivate var json: JSONValue {
    let pairs = snippet.matches.map { match in
      JSONValue.array([.integer(match.lowerBound), .integer(match.upperBound)])
    }
    return [
      "post": post.json, "heading": .string(heading), "snippet": .string(snippet.text),
      "matches": .array(pairs), "line": .integer(line), "found_by": .string(origin.fields.name),
      "found_as": origin.fields.query.map(JSONValue.string) ?? .null,
    ]
  }
}

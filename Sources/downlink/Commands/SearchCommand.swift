import ArgumentParser
import Canvas
import DemoKit
import Posts

/// `downlink search`: the posts that hold what is asked for, the best first.
struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Search all posts.",
    discussion: """
      Words are joined by “and”. A "phrase" in quotes stays together, -word excludes, and tag:, \
      category:, title: and demo: restrict. Formulas are found as TeX, as symbols and by the \
      symbols' names. A word that begins with “-” goes behind “--”.

      With --json, an array of objects: post (as “downlink list” has it), heading, snippet, \
      matches (pairs of offsets in characters of the snippet), line (of the post's Markdown).
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
      guard !json else { return }
      for line in results.flatMap({ lines($0, width: settings.streams.size.columns) }) {
        try output.write(line)
      }
    }
  }

  private func lines(_ result: SearchResult, width: Int) -> [Line] {
    let heading = result.heading.isEmpty ? "" : " › \(result.heading)"
    let title = Line([
      Span(SafeText(result.post.slug.string), .bold),
      Span(SafeText("  \(result.post.title)\(heading)")),
    ])
    return [title]
      + result.snippet.lines(width: width - 4).prefix(2).map { line in
        Line([Span(SafeText("    "))] + line.spans)
      }
  }
}

extension SearchResult.Snippet {
  /// The text with its matches underlined, in lines of at most `width` columns.
  fileprivate func lines(width: Int) -> [Line] {
    var lines = [Line()]
    var columns = 0
    for (index, character) in text.enumerated() {
      let size = DisplayWidth.standard.columns(of: character)
      if columns + size > width {
        lines.append(Line())
        columns = 0
      }
      columns += size
      let isMatch = matches.contains { $0.contains(index) }
      lines[lines.count - 1].append(character, isMatch ? .match : .plain)
    }
    return lines
  }
}

extension Style {
  fileprivate static let match = Style(attributes: [.bold, .underline])
}

extension Line {
  fileprivate mutating func append(_ character: Character, _ style: Style) {
    guard let last = spans.last, last.style == style else {
      return spans.append(Span(SafeText(String(character)), style))
    }
    spans[spans.count - 1].text = last.text + SafeText(String(character))
  }
}

extension SearchResult {
  fileprivate var json: JSONValue {
    let pairs = snippet.matches.map { match in
      JSONValue.array([.integer(match.lowerBound), .integer(match.upperBound)])
    }
    return [
      "post": post.json, "heading": .string(heading), "snippet": .string(snippet.text),
      "matches": .array(pairs), "line": .integer(line),
    ]
  }
}

import ArgumentParser
import Canvas
import DemoKit
import Posts

/// `downlink list`: the posts, the newest first.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the posts, the newest first.",
    discussion: """
      With --json, an array of objects: slug, title, title_en, date, category, tags, summary, \
      demo (null if there is none).
      """)

  @Flag(help: "Write JSON.")
  var json = false

  @OptionGroup var appearance: AppearanceOptions

  func run() throws {
    let settings = Settings.current()
    let posts = try LibraryAccess(settings).open().summaries()
    try Output.withStandardOutput(colors: settings.streams.colors(appearance.color)) { output in
      if json {
        try output.write(.array(posts.map(\.json)))
      } else {
        for line in lines(posts, width: settings.streams.size.columns) { try output.write(line) }
      }
    }
  }

  private func lines(_ posts: [PostSummary], width: Int) -> [Line] {
    var table = TextTable(width: width)
    table.rows = posts.map { post in
      [.init(post.slug.string, .bold), .init(post.date), .init(post.category), .init(post.title)]
    }
    return table.lines
  }
}

/// The options of commands that may write colours.
struct AppearanceOptions: ParsableArguments {
  @Option(help: "When to write colours.")
  var color: ColorWish = .auto
}

extension Style {
  static let bold = Style(attributes: .bold)
}

extension PostSummary {
  /// The fields of `--json`, in `list` and in `search`.
  var json: JSONValue {
    [
      "slug": .string(slug.string), "title": .string(title), "title_en": .string(titleEnglish),
      "date": .string(date), "category": .string(category), "tags": .strings(tags),
      "summary": .string(summary), "demo": demo.map { .string($0) } ?? .null,
    ]
  }
}

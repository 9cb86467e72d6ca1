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
      With more than one source, each post is shown with its own. With --json, an array \
      of objects: slug, title, title_en, date, category, tags, summary, demo (null if there is none), \
      source.
      """)

  @Flag(help: "Write JSON.")
  var json = false

  @OptionGroup var appearance: AppearanceOptions

  func run() throws {
    let settings = Settings.current()
    let library = try LibraryAccess(settings).open()
    let posts = try library.listing()
    try Output.withStandardOutput(colors: settings.streams.colors(appearance.color)) { output in
      if json {
        try output.write(
          .array(
            posts.map { post, source in post.json([.init("source", .string(source))]) }))
      } else {
        let width = settings.streams.size.columns
        for line in lines(posts, width: width) { try output.write(line) }
      }
    }
  }

  private func lines(_ posts: [(post: PostSummary, source: String)], width: Int) -> [Line] {
    var table = TextTable(width: width)
    let isMixed = Set(posts.map(\.source)).count > 1
    table.rows = posts.map { post, source in
      [.init(post.slug.string, .bold), .init(post.date), .init(post.category)]
        + (isMixed ? [.init(source)] : []) + [.init(post.title)]
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
  var json: JSONValue { json([]) }

  func json(_ more: [JSONValue.Member]) -> JSONValue {
    let members: [JSONValue.Member] = [
      .init("slug", .string(slug.string)), .init("title", .string(title)),
      .init("title_en", .string(titleEnglish)), .init("date", .string(date)),
      .init("category", .string(category)), .init("tags", .strings(tags)),
      .init("summary", .string(summary)), .init("demo", demo.map { .string($0) } ?? .null),
    ]
    return .object(members + more)
  }
}

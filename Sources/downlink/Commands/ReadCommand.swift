import ArgumentParser
import Canvas
import Markdown
import Posts
import Reader
import Typesetting

/// `downlink read`: one post as text.
struct ReadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read",
    abstract: "Show a post, or Markdown from standard input.",
    discussion: """
      On a terminal, a text that is longer than the screen goes through $PAGER, if that is set. \
      In a pipe the text is plain, 80 columns wide.
      """)

  @Argument(help: "The post's name as “downlink list” shows it, or - for standard input.")
  var post: String

  @Option(help: "Columns of the text; the default is the terminal's width, at most 80.")
  var width: Int?

  @Option(help: "The form to write: laid out, the Markdown as it was synced, or an HTML page.")
  var format = TextFormat.text

  @Flag(help: "Do not show a long text in $PAGER.")
  var noPager = false

  @OptionGroup var appearance: AppearanceOptions

  func validate() throws {
    if let width, !(10...1000).contains(width) {
      throw ValidationError("The width must be a number from 10 to 1000.")
    }
  }

  func run() throws {
    let settings = Settings.current()
    let (post, pictures) = try loaded(settings)
    let pager = noPager ? nil : Pager(settings)
    let wish = appearance.color
    let colors =
      pager?.showsStyles == false && wish == .auto ? .none : settings.streams.colors(wish)
    let lines = try lines(of: post, pictures, settings, colors)
    if let pager, lines.count >= settings.streams.size.rows {
      try pager.show(lines, colors: colors)
    } else {
      try Output.withStandardOutput(colors: colors) { output in
        for line in lines { try output.write(line) }
      }
    }
  }

  /// The post, and on a terminal that can show them its images.
  private func loaded(_ settings: Settings) throws -> (Post, Pictures) {
    guard post != "-" else { return (try StandardInput.post(), Pictures()) }
    guard let slug = Slug(post) else { throw PostError.noSuchPost(slug: post) }
    let library = try LibraryAccess(settings).open()
    let loaded = try library.post(slug)
    if let notice = loaded.notice { Output.complain(SafeText("downlink: \(notice)")) }
    let streams = settings.streams
    guard format == .text, streams.outputIsTerminal, streams.colors(.auto) != .none else {
      return (loaded.post, Pictures())
    }
    let pictures = PagePictures(library: library, slug: slug, rows: streams.size.rows)
    return (loaded.post, try pictures.drawn())
  }

  private func lines(
    of post: Post, _ pictures: Pictures, _ settings: Settings, _ colors: ColorSupport
  ) throws -> [Line] {
    switch format {
    case .markdown:
      post.markdown.split(separator: "\n", omittingEmptySubsequences: false)
        .map { Line(SafeText($0)) }
    case .html:
      HTMLPage(
        document: try MarkdownParser.parse(post.markdown), head: PageText.head(of: post),
        demo: post.summary.demo.map { "downlink run \($0)" }
      ).lines.map { Line(SafeText($0)) }
    case .text:
      PageText(
        post: post, width: width ?? min(settings.streams.size.columns, 80), colors: colors,
        language: Language(environment: settings.environment), pictures: pictures
      ).lines(of: try MarkdownParser.parse(post.markdown))
    }
  }
}

/// The value of `read --format`.
enum TextFormat: String, CaseIterable, ExpressibleByArgument {
  case text, markdown, html
}

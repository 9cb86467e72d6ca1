import ArgumentParser
import Canvas
import Posts

/// `downlink read`: one post as text.
struct ReadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read",
    abstract: "Show a post, or Markdown from standard input.")

  @Argument(help: "The post's name as “downlink list” shows it, or - for standard input.")
  var post: String

  @Option(help: "Columns of the text; the default is the terminal's width, at most 80.")
  var width: Int?

  @Option(help: "The form to write.")
  var format = TextFormat.text

  @Flag(help: "Do not show a long text in $PAGER.")
  var noPager = false

  @OptionGroup var appearance: AppearanceOptions

  func validate() throws {
    if let width, !(20...1000).contains(width) {
      throw ValidationError("The width must be a number from 20 to 1000.")
    }
  }

  func run() throws {
    let settings = Settings.current()
    guard let slug = Slug(post) else { throw PostError.noSuchPost(slug: post) }
    let loaded = try LibraryAccess(settings).open().post(slug)
    if let notice = loaded.notice { Output.complain(SafeText("downlink: \(notice)")) }
    try Output.withStandardOutput { output in
      for line in loaded.post.markdown.split(separator: "\n", omittingEmptySubsequences: false) {
        try output.write(SafeText(line))
      }
    }
  }
}

/// The value of `read --format`.
enum TextFormat: String, CaseIterable, ExpressibleByArgument {
  case text, markdown
}

import Canvas
import Markdown
import Posts
import Reader
import Typesetting

/// A post laid out for standard output: the rows that the reader shows, and a command line where
/// it has a card to run.
struct PageText {
  let post: Post
  let width: Int
  let colors: ColorSupport
  let language: Language
  /// None in a pipe, where images are their text.
  var pictures = Pictures()

  func lines(of document: Document) -> [Line] {
    let typesetter = Typesetter(
      document: document,
      options: .init(
        width: width, theme: Theme(colors: colors.themeColors),
        fitsWidth: true, labels: language == .chinese ? .chinese : .english,
        pictures: pictures, head: Self.head(of: post)))
    return typesetter.lines.flatMap(lines)
  }

  /// What stands above a post; nothing above Markdown from a pipe.
  static func head(of post: Post) -> Typesetter.Head? {
    let summary = post.summary
    guard !summary.title.isEmpty else { return nil }
    return Typesetter.Head(
      title: summary.title, category: summary.category, date: summary.date, tags: summary.tags)
  }

  private func lines(_ row: TypesetLine) -> [Line] {
    for target in row.targets {
      guard case .demo(let settings) = target.kind else { continue }
      return SafeText(command(settings)).wrapped(columns: width).map { Line($0, .bold) }
    }
    return [row.line.trimmed]
  }

  private func command(_ settings: String) -> String {
    let assignments = settings.split(whereSeparator: \.isNewline).map { line in
      " --set " + line.filter { $0 != " " }
    }
    return "▶ downlink run \(post.summary.demo ?? "demo")" + assignments.joined()
  }
}

extension ColorSupport {
  var themeColors: Theme.Colors {
    switch self {
    case .none, .attributes: .none
    case .indexed: .indexed
    case .trueColor: .trueColor
    }
  }
}

extension Line {
  /// The line without the blanks at its end.
  var trimmed: Line {
    var line = self
    while let last = line.spans.last, last.style.background == .standard {
      var text = last.text.string[...]
      while text.last == " " { text.removeLast() }
      line.spans.removeLast()
      guard text.isEmpty else {
        line.spans.append(Span(SafeText(text), last.style))
        break
      }
    }
    return line
  }
}

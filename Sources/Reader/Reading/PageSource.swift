import Canvas
import DemoKit
import Markdown
import Posts
import Typesetting

/// What makes the rows of a page: the typeset post, and what the reader adds to it.
struct PageSource: Sendable {
  private let open: OpenPost
  private let context: ReadingContext
  private let appearance: Appearance
  private let typesetter: Typesetter
  /// Rows of a plot within the demo's card.
  private let pictureHeight: Int
  /// Formulas that are shown the other way than the rest, by block.
  private let switched: [Int: Set<String>]
  private var width: Int { typesetter.options.width }

  /// The rows of a post for so many columns of text and rows of the window, with its formulas
  /// drawn or as they were written.
  init(
    _ open: OpenPost, context: ReadingContext, appearance: Appearance,
    size: (columns: Int, rows: Int), showsSource: Bool, switched: [Int: Set<String>] = [:]
  ) {
    self.switched = switched
    self.open = open
    self.context = context
    self.appearance = appearance
    pictureHeight = min(max(size.rows * 6 / 10, 4), 14)
    typesetter = Typesetter(
      document: open.document,
      options: appearance.layout(
        width: size.columns,
        pictures: Pictures(open.pictures, mostRows: max(3, size.rows * 6 / 10)),
        showsSource: showsSource))
  }

  /// The items of a post; the demo's card stands where the text puts it, else at the end.
  static func items(of open: OpenPost) -> [Page.Item] {
    var items: [Page.Item] = [.head]
    var hasCard = false
    for (index, entry) in open.document.blocks.enumerated() {
      if case .codeBlock(let code) = entry.block, code.language == "demo" {
        items.append(.card(settings: code.literal, block: index))
        hasCard = true
      } else {
        items.append(.block(index))
      }
    }
    if !hasCard, open.post.summary.demo != nil { items.append(.card(settings: "", block: nil)) }
    let count = open.document.blocks.count
    items += open.document.footnotes.indices.map { .block(count + $0) }
    if !open.post.references.isEmpty { items.append(.references) }
    return items + [.related]
  }

  func lines(of item: Page.Item) -> [TypesetLine] {
    switch item {
    case .head: return headLines
    case .block(let block):
      guard block < typesetter.blockCount else { return [] }
      return typesetter.lines(ofBlock: block, switched: switched[block, default: []])
    case .card(let settings, _): return cardLines(settings)
    case .references: return plain([Line()] + referenceLines)
    case .related: return relatedLines
    }
  }

  private func plain(_ lines: [Line]) -> [TypesetLine] {
    lines.enumerated().map { TypesetLine(line: $1, block: -1, row: $0) }
  }

  /// The head stands alone, since the first block may be the demo's card.
  private var headLines: [TypesetLine] {
    let summary = open.post.summary
    var options = typesetter.options
    options.head = Typesetter.Head(
      title: summary.title, category: summary.category, date: summary.date, tags: summary.tags)
    return Typesetter(document: Document(), options: options).lines(ofBlock: 0)
  }

  private func cardLines(_ settings: String) -> [TypesetLine] {
    guard let name = open.post.summary.demo else { return [] }
    let demo = DemoID(name)
    guard let description = context.demos.description(of: demo) else {
      return plain([Line(), Line(appearance.messages(.demoUnknown, name), appearance.style(.bad))])
    }
    let card = DemoCard(
      description, outcome: context.demos.outcome(of: demo), appearance: appearance,
      pictureHeight: pictureHeight)
    let target = TypesetLine.Target(
      id: PageSource.cardTarget, kind: .demo(settings: settings), columns: 0..<width)
    let rows = card.lines(width: width).enumerated().map { row, line in
      TypesetLine(line: line, block: -1, row: row + 1, targets: [target])
    }
    return plain([Line()]) + rows
  }

  private var referenceLines: [Line] {
    let title = Line(appearance.messages(.references), Style(attributes: .bold))
    let style = appearance.style(.dim)
    return [title]
      + open.post.references.flatMap { reference in
        Paragraph(SafeText(reference), style: style)
          .lines(width: max(1, width - 2), displayWidth: appearance.displayWidth)
          .enumerated().map { row, line in
            Line([Span(SafeText(row == 0 ? "· " : "  "), style)] + line.spans)
          }
      }
  }

  /// Other posts as links: those this one links to, those that link to it, those of its category,
  /// each in the first of these lists that it belongs to.
  private var relatedLines: [TypesetLine] {
    let summary = open.post.summary
    let bySlug = Dictionary(context.posts.map { ($0.slug.string, $0) }) { first, _ in first }
    let lists: [(title: Message, posts: [PostSummary])] = [
      (.linksTo, open.linkedSlugs.compactMap { bySlug[$0] }),
      (.linkedFrom, open.backlinks),
      (.sameCategory, context.posts.filter { $0.category == summary.category }),
    ]
    var seen: Set<Slug> = [summary.slug]
    var rows: [TypesetLine] = []
    for list in lists {
      let posts = list.posts.filter { seen.insert($0.slug).inserted }
      guard !posts.isEmpty else { continue }
      rows += plain([Line(), Line(appearance.messages(list.title), Style(attributes: .bold))])
      for post in posts { rows.append(link(to: post, row: rows.count)) }
    }
    return rows
  }

  /// A row that leads to another post; its number tells it from the other rows of the item.
  private func link(to post: PostSummary, row: Int) -> TypesetLine {
    let text = SafeText("· " + post.title(in: appearance.messages.language))
      .shortened(toColumns: width, displayWidth: appearance.displayWidth)
    let target = TypesetLine.Target(
      id: PageSource.cardTarget + 1 + row, kind: .link(destination: post.slug.string + ".md"),
      columns: 0..<appearance.displayWidth.columns(of: text))
    return TypesetLine(
      line: Line(text, appearance.style(.heading5)), block: -1, row: row, targets: [target])
  }

  /// The number of the card among the targets of its item.
  private static let cardTarget = 0
}

import Canvas
import DemoKit
import Markdown
import Posts
import Typesetting

/// The typeset post with what the reader adds: head, demo card, references, related posts.
struct TypesetSource: PageSource {
  let open: OpenPost
  var context: ReadingContext
  let appearance: Appearance
  /// Rows of a plot within the demo's card.
  let pictureHeight: Int
  let width: Int

  init(
    _ open: OpenPost, context: ReadingContext, appearance: Appearance, width: Int, height: Int
  ) {
    self.open = open
    self.context = context
    self.appearance = appearance
    self.width = width
    pictureHeight = min(max(height * 6 / 10, 4), 14)
  }

  /// The items of a post; the demo's card stands where the text puts it, else at the end.
  static func items(of open: OpenPost, context: ReadingContext) -> [Page.Item] {
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

  func lines(of item: Page.Item, width: Int) -> [TypesetLine] {
    switch item {
    case .head: return plain(headLines)
    case .block: return TextSource(open: open, displayWidth: appearance.displayWidth).lines(of: item, width: width)
    case .card(let settings, _): return cardLines(settings)
    case .references: return plain(referenceLines)
    case .related: return relatedLines
    }
  }

  private func plain(_ lines: [Line]) -> [TypesetLine] {
    lines.enumerated().map { TypesetLine(line: $1, block: -1, row: $0) }
  }

  private var headLines: [Line] {
    let summary = open.post.summary
    let title = Paragraph(SafeText(summary.title), style: appearance.style(.heading))
    let details = [summary.category, summary.date] + summary.tags.map { "#\($0)" }
    let faint = appearance.style(.faint)
    let rule = String(repeating: "━", count: width / appearance.displayWidth.columns(of: "━"))
    return title.lines(width: width, displayWidth: appearance.displayWidth)
      + Paragraph(SafeText(details.joined(separator: "  ")), style: faint)
      .lines(width: width, displayWidth: appearance.displayWidth)
      + [Line(SafeText(rule), appearance.style(.border))]
  }

  private func cardLines(_ settings: String) -> [TypesetLine] {
    guard let name = open.post.summary.demo else { return [] }
    let demo = DemoID(name)
    guard let description = context.demos.description(of: demo) else {
      return plain([Line(appearance.messages(.demoUnknown, name), appearance.style(.bad))])
    }
    let card = DemoCard(
      description, outcome: context.demos.outcome(of: demo), appearance: appearance,
      pictureHeight: pictureHeight)
    let target = TypesetLine.Target(
      id: TypesetSource.cardTarget, kind: .demo(settings: settings), columns: 0..<width)
    return card.lines(width: width).enumerated().map { row, line in
      TypesetLine(line: line, block: -1, row: row, targets: [target])
    }
  }

  private var referenceLines: [Line] {
    let title = Line(appearance.messages(.references), Style(attributes: .bold))
    return [title]
      + open.post.references.flatMap { reference in
        Paragraph(SafeText("· " + reference), style: appearance.style(.faint))
          .lines(width: width, displayWidth: appearance.displayWidth)
      }
  }

  /// Posts of the same category, as links.
  private var relatedLines: [TypesetLine] {
    let summary = open.post.summary
    let others = context.posts.filter { $0.category == summary.category && $0.slug != summary.slug }
    guard !others.isEmpty else { return [] }
    let title = Line(appearance.messages(.sameCategory), Style(attributes: .bold))
    let rows = others.enumerated().map { index, post in
      let text = SafeText("· " + post.title)
        .shortened(toColumns: width, displayWidth: appearance.displayWidth)
      let target = TypesetLine.Target(
        id: TypesetSource.cardTarget + 1 + index, kind: .link(destination: post.slug.string + ".md"),
        columns: 0..<appearance.displayWidth.columns(of: text))
      return TypesetLine(
        line: Line(text, appearance.style(.accent)), block: -1, row: index + 1, targets: [target])
    }
    return [TypesetLine(line: title, block: -1, row: 0)] + rows
  }

  /// Beyond the numbers that the typesetter gives.
  private static let cardTarget = 1_000_000
}

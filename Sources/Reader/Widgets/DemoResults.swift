package import Canvas
import DemoKit
import Markdown
import Typesetting

/// What a run gave, as rows: texts, plots, tables and pictures in their order, then the claims.
package struct DemoResults: Sendable {
  package var outcome: DemoOutcome
  package var appearance: Appearance
  package var pictureHeight: Int
  /// Texts beyond so many are left out, the oldest first.
  package var textLimit: Int
  package var isZoomed: Bool

  package init(
    _ outcome: DemoOutcome, appearance: Appearance, pictureHeight: Int, textLimit: Int,
    isZoomed: Bool = false
  ) {
    self.outcome = outcome
    self.appearance = appearance
    self.pictureHeight = pictureHeight
    self.textLimit = textLimit
    self.isZoomed = isZoomed
  }

  package func lines(width: Int) -> [Line] {
    let texts = outcome.parts.indices.filter { index in
      if case .text = outcome.parts[index] { true } else { false }
    }
    let hidden = Set(texts.dropLast(textLimit))
    var rows: [Line] = hidden.isEmpty ? [] : [Line(SafeText("…"), appearance.style(.dim))]
    for (index, part) in outcome.parts.enumerated() where !hidden.contains(index) {
      rows += lines(of: part, width: width)
    }
    return rows + claimLines(width)
  }

  private func lines(of part: DemoOutcome.Part, width: Int) -> [Line] {
    switch part {
    case .text(let text):
      return lines(ofMarkdown: text, width: width)
    case .plot(let plot):
      let view = PlotView(plot, appearance: appearance)
      return drawn(width, pictureHeight) { view.render(into: &$0, in: $1) }
    case .table(let table):
      let view = TableView(table, appearance: appearance)
      return drawn(width, view.height) { view.render(into: &$0, in: $1) }
    case .image(let image):
      return lines(of: image, width: width)
    }
  }

  /// One line of Markdown, typeset like the post around it.
  private func lines(ofMarkdown text: String, width: Int) -> [Line] {
    guard let document = try? MarkdownParser.parse(text) else {
      // Beyond the caps of Markdown it is still text.
      return Paragraph(SafeText(text)).lines(width: width, displayWidth: appearance.displayWidth)
    }
    let options = Typesetter.Options(
      width: width, displayWidth: appearance.displayWidth, theme: appearance.theme,
      labels: appearance.labels)
    return Typesetter(document: document, options: options).lines.map { line in
      line.visibleLine(offset: 0, width: width, displayWidth: appearance.displayWidth)
    }
  }

  private func lines(of image: Image, width: Int) -> [Line] {
    let view = ImageView(image, appearance: appearance)
    let size = view.size(within: width, rows: pictureHeight, zoomed: isZoomed)
    let picture = drawn(width, size.rows) { grid, _ in
      view.render(into: &grid, in: Rect(width: size.columns, height: size.rows))
    }
    return picture + [Line(SafeText(image.title), appearance.style(.dim))]
  }

  private func drawn(
    _ width: Int, _ height: Int, _ draw: (inout CellGrid, Rect) -> Void
  ) -> [Line] {
    var grid = CellGrid(width: width, height: height, displayWidth: appearance.displayWidth)
    draw(&grid, grid.bounds)
    return (0..<grid.height).map { grid.line($0) }
  }

  private func claimLines(_ width: Int) -> [Line] {
    guard !outcome.claims.isEmpty else { return [] }
    let title = Line(appearance.messages(.claims), Style(attributes: .bold))
    return [title] + outcome.claims.flatMap { lines(of: $0, width: width) }
  }

  private func lines(of claim: Claim, width: Int) -> [Line] {
    let displayWidth = appearance.displayWidth
    let messages = appearance.messages
    let mark = SafeText(claim.holds ? "✓ " : "✗ ")
    let indent = displayWidth.columns(of: mark)
    let details =
      messages(.claimExpected, claim.expected) + SafeText("  ")
      + messages(.claimMeasured, claim.measured)
    let statement = Paragraph(SafeText(claim.statement))
    let rows =
      statement.lines(width: max(1, width - indent), displayWidth: displayWidth)
      + Paragraph(details, style: appearance.style(.dim))
      .lines(width: max(1, width - indent), displayWidth: displayWidth)
    return rows.enumerated().map { index, line in
      let lead =
        index == 0
        ? Span(mark, appearance.style(claim.holds ? .good : .bad))
        : Span(SafeText(String(repeating: " ", count: indent)))
      return Line([lead] + line.spans)
    }
  }
}

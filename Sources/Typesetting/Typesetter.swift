package import Canvas
package import Formula
package import Markdown

/// Lays out a document block by block, as far as a screen needs.
///
/// Laying out a block needs no other block: an index gives the same lines at any time, so a screen
/// keeps what it has and asks for more as it scrolls. The head of the post belongs to the first
/// block; each footnote is a block behind the last one.
package struct Typesetter: Sendable {
  package let document: Document
  package let options: Options
  private let page: Page

  /// What the layout depends on besides the document.
  package struct Options: Hashable, Sendable {
    /// Columns of the text.
    package var width: Int
    package var displayWidth: DisplayWidth
    package var theme: Theme
    /// Whether formulas are shown as their source.
    package var showsSource: Bool
    /// Whether all rows must fit: for paper and pipes, which cannot move a page sideways.
    package var fitsWidth: Bool
    /// Whether the lines of code blocks are numbered.
    package var numbersLines: Bool
    package var labels: PageLabels
    /// The images that are drawn, and why others are not.
    package var pictures: Pictures
    /// How formulas have their scripts, and what their bars and brackets are made of.
    package var scripts: FormulaOptions.Scripts
    package var glyphs: GlyphProfile
    /// What stands above the text; nil for a text without a head.
    package var head: Head?

    package init(
      width: Int = 80, displayWidth: DisplayWidth = .standard, theme: Theme = Theme(),
      showsSource: Bool = false, fitsWidth: Bool = false, numbersLines: Bool = false,
      labels: PageLabels = .chinese,
      pictures: Pictures = Pictures(), scripts: FormulaOptions.Scripts = .unicode,
      glyphs: GlyphProfile = .unicode,
      head: Head? = nil
    ) {
      self.width = max(1, width)
      self.displayWidth = displayWidth
      self.theme = theme
      self.showsSource = showsSource
      self.fitsWidth = fitsWidth
      self.numbersLines = numbersLines
      self.labels = labels
      self.pictures = pictures
      self.scripts = scripts
      self.glyphs = glyphs
      self.head = head
    }
  }

  /// The front matter that readers see.
  package struct Head: Hashable, Sendable {
    package var title: String
    package var category: String
    package var date: String
    package var tags: [String]

    package init(title: String, category: String = "", date: String = "", tags: [String] = []) {
      self.title = title
      self.category = category
      self.date = date
      self.tags = tags
    }
  }

  package init(document: Document, options: Options = Options()) {
    self.document = document
    self.options = options
    page = Page(
      width: options.width, displayWidth: options.displayWidth, theme: options.theme,
      labels: options.labels, showsSource: options.showsSource, fitsWidth: options.fitsWidth,
      numbersLines: options.numbersLines, pictures: options.pictures,
      formulas: FormulaLines(
        document,
        FormulaOptions(scripts: options.scripts, glyphs: options.glyphs)))
  }

  /// The blocks of the document, at least one for the head, and its footnotes.
  package var blockCount: Int {
    bodyCount + document.footnotes.count
  }

  private var bodyCount: Int { max(1, document.blocks.count) }

  /// The block that holds a footnote's text; notes count from 1.
  package func block(ofFootnote number: Int) -> Int {
    bodyCount + number - 1
  }

  /// The rows of one block, with the blank row that parts it from the block before.
  ///
  /// The formulas whose source is in `switched` are drawn where the others are shown as source, and
  /// the other way round.
  package func lines(
    ofBlock index: Int, switched: Set<String> = []
  ) -> [TypesetLine] {
    precondition(
      index >= 0 && index < blockCount, "block \(index) of a document of \(blockCount) blocks")
    var page = page
    page.block = index
    page.switched = switched
    var layout = BlockLayout()
    var rows: [Row] = []
    if index >= bodyCount {
      rows = layout.footnote(document.footnotes[index - bodyCount], index - bodyCount, on: page)
    } else if index < document.blocks.count {
      rows = layout.rows(document.blocks[index].block, on: page)
    }
    if index > 0 && !rows.isEmpty { rows.insert(Row(), at: 0) }
    if index == 0, let head = options.head { rows = layout.head(head, on: page) + rows }
    return rows.enumerated().map { number, row in
      line(row, block: index, number: number, kinds: layout.targets)
    }
  }

  /// All rows of the document.
  package var lines: [TypesetLine] {
    (0..<blockCount).flatMap { lines(ofBlock: $0) }
  }

  private func line(
    _ row: Row, block: Int, number: Int, kinds: [TypesetLine.Kind]
  ) -> TypesetLine {
    let targets = row.targets.map { place in
      TypesetLine.Target(
        id: block * Typesetter.targetsPerBlock + place.target, kind: kinds[place.target],
        columns: place.columns)
    }
    return TypesetLine(
      line: row.line, block: block, row: number, targets: targets,
      fixedColumns: row.fixedColumns, continuation: row.continuation)
  }

  /// More than a block can have: a post has at most 2^20 bytes.
  private static let targetsPerBlock = 1 << 20
}

extension BlockLayout {
  /// Title, then category, date and tags, as the front matter has them.
  mutating func head(_ head: Typesetter.Head, on page: Page) -> [Row] {
    let title = paragraph([.text(head.title)], style: page.style(.title), on: page)
    let rule = Row(Line(page.rule("━", columns: page.width), page.style(.rule)))
    let facts = [head.category, head.date] + head.tags.map { "#\($0)" }
    let text = facts.filter { !$0.isEmpty }.joined(separator: "  ")
    return title + [rule] + paragraph([.text(text)], style: page.style(.dim), on: page) + [Row()]
  }

  /// A note with its number in a hanging indent.
  mutating func footnote(_ note: Footnote, _ index: Int, on page: Page) -> [Row] {
    let marker = "[\(index + 1)] "
    let rows = paragraph(
      note.content, style: page.style(.body), on: page.narrowed(by: marker.count))
    return rows.enumerated().map { number, row in
      let text = number == 0 ? marker : String(repeating: " ", count: marker.count)
      return row.prefixed(
        by: Span(SafeText(text), page.style(.footnote)), columns: marker.count)
    }
  }
}

import Canvas
import Markdown

/// Turns the inline nodes of a paragraph into graphemes, ready to be broken into lines.
struct InlineFlow {
  private let page: Page
  private var finished: [Part] = []
  private var glyphs: [Glyph] = []
  private var endsWithSoftBreak = false
  /// What the graphemes' target numbers stand for; grows with each link, formula and image.
  private(set) var targets: [TypesetLine.Kind]
  /// Formulas too tall for a row, by their target: a marker stands for each in the text.
  private(set) var hoisted: [Int: MathSpan] = [:]

  /// A paragraph is lines of text, with display formulas between them.
  enum Part {
    case text([Glyph])
    case display(MathSpan)
  }

  init(page: Page, targets: [TypesetLine.Kind]) {
    self.page = page
    self.targets = targets
  }

  /// All parts; lines of text that are empty between two others are lines too.
  mutating func finish() -> [Part] {
    endLine()
    return finished
  }

  private mutating func endLine() {
    endsWithSoftBreak = false
    finished.append(.text(glyphs))
    glyphs = []
  }

  private mutating func endPart(with span: MathSpan) {
    endsWithSoftBreak = false
    if !glyphs.isEmpty { endLine() }
    finished.append(.display(span))
  }

  mutating func append(_ content: [Inline], style: Style, target: Int? = nil) {
    for inline in content { append(inline, style: style, target: target) }
  }

  private mutating func append(_ inline: Inline, style: Style, target: Int?) {
    switch inline {
    case .text(let text): append(text: text, style: style, target: target)
    case .emphasis(let content):
      append(content, style: style.overlaid(by: page.style(.emphasis)), target: target)
    case .strong(let content):
      append(content, style: style.overlaid(by: page.style(.strong)), target: target)
    case .code(let code): append(code: code, style: style, target: target)
    case .link(let destination, _, let content):
      let link = add(.link(destination: destination))
      append(content, style: style.overlaid(by: page.style(.link)), target: link)
    case .image(let source, _, let alternative):
      append(image: source, alternative: alternative.plainText, target: target)
    case .math(let span): append(span, style: style, target: target)
    case .htmlInline(let html): append(html: html, style: style, target: target)
    case .footnoteReference(let number): append(footnote: number)
    case .softBreak: endsWithSoftBreak = true
    case .lineBreak: endLine()
    }
  }

  private mutating func add(_ kind: TypesetLine.Kind) -> Int {
    targets.append(kind)
    return targets.count - 1
  }

  /// Puts the blank of a line break of the source: none between two wide characters.
  private mutating func settleSoftBreak(before next: Character) {
    guard endsWithSoftBreak else { return }
    endsWithSoftBreak = false
    guard let last = glyphs.last, !last.isBlank, next != " " else { return }
    if InlineFlow.isWide(last.character) && InlineFlow.isWide(next) { return }
    glyphs.append(Glyph(" ", columns: 1))
  }

  /// Ideographs, their marks, and the Chinese quotes, dashes and dots that count as narrow.
  static func isWide(_ character: Character) -> Bool {
    DisplayWidth.standard.columns(of: character) == 2 || "“”‘’…—·".contains(character)
  }

  private mutating func append(text: String, style: Style, target: Int?) {
    append(
      .of(SafeText(text), style: style, target: target, width: page.displayWidth))
  }

  private mutating func append(_ more: [Glyph]) {
    guard let first = more.first else { return }
    settleSoftBreak(before: first.character)
    glyphs += more
  }

  private mutating func append(code: String, style: Style, target: Int?) {
    var word = [Glyph].of(
      SafeText(code), style: style.overlaid(by: page.style(.code)), target: target,
      width: page.displayWidth)
    if word.columns <= page.width {
      for index in word.indices.dropFirst() { word[index].joint = .glued }
    }
    append(word)
  }

  private mutating func append(footnote number: Int) {
    let target = add(.footnote(number))
    appendGlued("[\(number)]", style: page.style(.footnote), target: target)
  }

  /// A mark that stays with what is before it.
  private mutating func appendGlued(_ text: String, style: Style, target: Int) {
    var mark = [Glyph].of(
      SafeText(text), style: style, target: target, width: page.displayWidth)
    for index in mark.indices { mark[index].joint = .glued }
    glyphs += mark
  }

  private mutating func append(image source: String, alternative: String, target: Int?) {
    let image = target ?? add(.image(source: source))
    append(
      text: page.label(ofImage: source, alternative), style: page.style(.image), target: image)
  }

  private mutating func append(html: String, style: Style, target: Int?) {
    for part in HTMLText.parts(of: html) {
      switch part {
      case .text(let text): append(text: text, style: style, target: target)
      case .lineBreak: endLine()
      case .image(let source, let alternative):
        append(image: source, alternative: alternative, target: target)
      }
    }
  }

  private mutating func append(_ span: MathSpan, style: Style, target: Int?) {
    if span.isDisplay && page.separatesDisplay { return endPart(with: span) }
    let math = target ?? add(page.formulas.target(of: span))
    guard let pieces = page.formulas.pieces(of: span, page: page) else {
      hoisted[math] = span
      return appendGlued("⟦\(hoisted.count)⟧", style: page.style(.mathTag), target: math)
    }
    append(
      pieces.joinedAsPieces(target: math).map { glyph in
        var glyph = glyph
        glyph.style = style.overlaid(by: glyph.style)
        return glyph
      })
  }
}

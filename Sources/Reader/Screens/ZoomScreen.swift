package import Canvas
import Markdown
import Posts
import Typesetting

/// One formula, table, code block or picture of a post alone in the whole window, moved in both
/// directions where it is larger.
package struct ZoomScreen: Screen {
  package static let name = Message.nameZoom
  package static let keys: [KeyBinding] =
    .motion + [
      KeyBinding(.character("h"), .left, command: .left, .keyScrollLeft),
      KeyBinding(.character("l"), .right, command: .right, .keyScrollRight),
      KeyBinding(.character("Y"), command: .copySource, .keyCopySource),
      KeyBinding(.character("z"), .character("q"), .escape, command: .close, .keyLeaveZoom),
    ]

  private var appearance: Appearance
  private let target: TypesetLine.Target
  private let block: Int
  private var open: OpenPost
  private var rows: [TypesetLine] = []
  /// Rows that stay at the top: the header of a table.
  private var headerCount = 0
  private var top = 0
  private var offset = 0
  private var window = (width: 80, height: 24)
  private var count = CountPrefix()

  init(
    _ target: TypesetLine.Target, ofBlock block: Int, in open: OpenPost, appearance: Appearance
  ) {
    self.target = target
    self.block = block
    self.open = open
    self.appearance = appearance
  }

  package mutating func update(_ event: Event) -> [Effect] {
    switch event {
    case .key(let key): return pressed(key)
    case .resized(let width, let height):
      window = (width, height)
      layOut()
    case .appearanceChanged(let appearance):
      self.appearance = appearance
      layOut()
    case .imageLoaded(let slug, let name, let result) where slug == open.post.summary.slug:
      open.take(result, of: name)
      layOut()
    default: break
    }
    return []
  }

  private mutating func pressed(_ key: Key) -> [Effect] {
    if count.take(key) { return [] }
    let times = count.use() ?? 1
    guard let command = Self.keys.command(for: key) else { return [] }
    switch command {
    case .close: return [.close]
    case .copySource: return copySource()
    case .left: offset -= 8 * times
    case .right: offset += 8 * times
    case .lineDown: top += times
    case .lineUp: top -= times
    case .pageDown: top += bodyHeight * times
    case .pageUp: top -= bodyHeight * times
    case .halfDown: top += max(1, bodyHeight / 2) * times
    case .halfUp: top -= max(1, bodyHeight / 2) * times
    case .first: top = 0
    case .last: top = rows.count
    default: break
    }
    clamp()
    return []
  }

  private func copySource() -> [Effect] {
    let excerpt: Excerpt
    switch target.kind {
    case .math(let source), .equation(_, let source):
      excerpt = Excerpt(.wordFormula, source, file: "")
    case .code(let source): excerpt = Excerpt(.wordCode, source, file: "")
    case .table where block < open.document.blocks.count:
      excerpt = Excerpt(.wordTable, open.source(ofBlock: block), file: "")
    default: return [.tell(.noticed(appearance.messages(.nothingToCopy)))]
    }
    return excerpt.copied(appearance.messages)
  }

  private mutating func clamp() {
    let widest = rows.map { $0.line.width(appearance.displayWidth) }.max() ?? 0
    offset = min(max(0, offset), max(0, widest - window.width))
    top = min(max(0, top), max(0, rows.count - headerCount - bodyHeight))
  }

  private var bodyHeight: Int { max(1, window.height - 1 - headerCount) }
}

// MARK: Layout

extension ZoomScreen {
  /// The rows of the target alone, for the whole width of the window.
  private mutating func layOut() {
    var document = open.document
    if block < document.blocks.count, let span = formula {
      // An inline formula is drawn as a display: that is what one zooms it for.
      document.blocks[block].block = .math(span)
    }
    let typesetter = Typesetter(
      document: document,
      options: appearance.layout(
        width: max(1, window.width),
        pictures: Pictures(open.pictures, mostRows: max(1, window.height - 2))))
    rows = typesetter.lines(ofBlock: block).filter { line in
      line.targets.contains { $0.id == target.id || $0.kind == mathKind }
    }
    headerCount = 0
    if target.kind == .table, let rule = rows.firstIndex(where: { $0.line.text.hasPrefix("─") }),
      rule + 2 < window.height - 1
    {
      headerCount = rule + 1
    }
    clamp()
  }

  /// The kind of a formula; nil for others, whose number stays the same at every width.
  private var mathKind: TypesetLine.Kind? {
    target.kind.formulaSource.map { .math(source: $0) }
  }

  private var formula: MathSpan? {
    guard let source = target.kind.formulaSource else { return nil }
    var found: MathSpan?
    open.document.visitInlines { inline, number in
      if number == block, case .math(let span) = inline, span.source == source { found = span }
    }
    found?.isDisplay = true
    return found
  }

  package func render(into grid: inout CellGrid, in area: Rect) {
    let displayWidth = grid.displayWidth
    let body = Rect(x: area.x, y: area.y, width: area.width, height: max(0, area.height - 1))
    let shown = Array(rows.prefix(headerCount)) + rows.dropFirst(headerCount + top)
    // What is smaller than the window stands in the middle of it.
    let above = top == 0 ? max(0, (body.height - rows.count) / 2) : 0
    let widest = rows.map { $0.line.width(displayWidth) }.max() ?? 0
    let isNarrow = rows.allSatisfy { $0.fixedColumns == nil }
    let isFormula = mathKind != nil
    let left = isNarrow && !isFormula ? max(0, (body.width - widest) / 2) : 0
    for (row, line) in shown.prefix(max(0, body.height - above)).enumerated() {
      let visible = line.visibleLine(
        offset: offset, width: body.width, displayWidth: displayWidth,
        mark: appearance.style(.heading5))
      grid.draw(visible, column: body.x + left, row: body.y + above + row, in: body)
    }
    let last = min(rows.count, headerCount + top + bodyHeight)
    StatusBar(
      left: appearance.messages(.keyLeaveZoom) + SafeText(": z"),
      right: SafeText("\(last)/\(rows.count)"), appearance: appearance
    ).render(into: &grid, in: area)
  }
}

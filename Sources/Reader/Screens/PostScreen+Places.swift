import Canvas
import Markdown
import Posts
import Typesetting

// Loading, laying out, and moving about.
extension PostScreen {
  /// Rows of text in the window.
  var height: Int { max(1, window.height - 1) }

  /// Columns of text: at most the measure, with margins where there is room.
  var textWidth: Int {
    window.width >= 60 ? min(appearance.measure, window.width - 4) : max(1, window.width)
  }

  mutating func take(_ opened: OpenPost) -> [Effect] {
    summary = opened.post.summary
    open = opened
    wantedImages = []
    drawnImages = []
    page = nil
    sideways = [:]
    switched = [:]
    focus = nil
    anchor = nil
    layOut()
    arrive()
    return []
  }

  /// Makes the page for the width of the window; the block at the top stays there.
  mutating func layOut() {
    guard let open else { return }
    let kept = anchor ?? position
    page = Page(items: PageSource.items(of: open), source: pageSource(open))
    if let kept { go(to: kept) }
    findFocusAgain()
    if !find.isEmpty { runFind(from: top, moves: false) }
  }

  func pageSource(_ open: OpenPost) -> PageSource {
    PageSource(
      open, context: context, appearance: appearance, size: (textWidth, window.height),
      showsSource: isSource, switched: switched)
  }

  /// What had the focus has it still where the rows were laid out anew.
  private mutating func findFocusAgain() {
    guard let old = focus, var page else { return }
    focus = nil
    for (row, line) in page.lines(of: old.place.item).enumerated() where focus == nil {
      focus = line.targets.first { $0.id == old.target.id }.map {
        Focus(place: Page.Place(item: old.place.item, row: row), target: $0)
      }
    }
    self.page = page
  }

  mutating func refreshCard() {
    guard isCardStale, let open else { return }
    isCardStale = false
    let source = pageSource(open)
    page?.replace(source) { item in
      if case .card = item { true } else { false }
    }
  }

  private mutating func arrive() {
    let arrival = self.arrival
    self.arrival = .start
    top = .start
    switch arrival {
    case .start: break
    case .whereLeft: if let place = context.states[summary.slug]?.position { go(to: place) }
    case .position(let place): go(to: place)
    case .anchor(let name):
      if let heading = open?.headings.first(where: { $0.anchor == name }) {
        goTo(block: heading.block)
      }
    case .line(let line):
      if let open { goTo(block: open.document.block(atLine: line)) }
    }
    if !find.isEmpty { runFind(from: top, moves: true) }
  }

  mutating func goTo(block: Int) {
    guard let item = page?.item(ofBlock: block) else { return }
    setTop(Page.Place(item: item, row: 0))
  }

  mutating func setTop(_ place: Page.Place) {
    let rows = height
    top = page?.clamped(place, height: rows) ?? place
  }

  /// Scrolls as little as needed to show a row, a third down when it was out of sight.
  mutating func reveal(_ place: Page.Place) {
    guard var page else { return }
    let bottom = page.place(top, down: height - 1)
    if place < top || place > bottom {
      let start = page.place(place, up: height / 3)
      self.page = page
      setTop(start)
    }
  }
}

// MARK: Positions that last

extension PostScreen {
  /// The top of the window, in a form that survives another width and an edited post.
  var position: ReadingPosition? {
    guard let open, var page, page.items.indices.contains(top.item) else { return nil }
    let rows = max(1, page.height(of: top.item))
    let fraction = Double(top.row) / Double(rows)
    switch page.items[top.item] {
    case .head: return nil
    case .block(let block), .card(_, let block?):
      let name = open.identity(ofBlock: block) ?? ""
      return ReadingPosition(block: name, index: block, fraction: fraction)
    case .card, .references, .related:
      return ReadingPosition(
        block: "", index: open.document.blocks.count + top.item, fraction: fraction)
    }
  }

  /// Goes to a remembered place: its block, or where it stood if the block is gone.
  mutating func go(to position: ReadingPosition) {
    guard let open, var page else { return }
    let known = open.block(ofIdentity: position.block)
    let block = known ?? min(max(0, position.index), max(0, open.document.blocks.count - 1))
    let beyond = known == nil && position.block.isEmpty
    guard let item = beyond ? lastItem(from: position.index) : page.item(ofBlock: block) else {
      return
    }
    let fraction = position.fraction.isFinite ? min(max(position.fraction, 0), 1) : 0
    let row = Int((fraction * Double(page.height(of: item))).rounded())
    self.page = page
    setTop(Page.Place(item: item, row: row))
  }

  /// The item of a position behind the text, which counts on from the last block.
  private func lastItem(from index: Int) -> Int? {
    guard let open, let page else { return nil }
    return min(max(0, index - open.document.blocks.count), page.items.count - 1)
  }

  func rememberPlace() -> [Effect] {
    guard open != nil else { return [] }
    let place = position ?? ReadingPosition(block: "", index: 0, fraction: 0)
    guard context.states[summary.slug]?.position != place else { return [] }
    return [.remember(.position(summary.slug, place))]
  }

  /// A post is read when its end has been on the screen.
  mutating func noteEnd() -> [Effect] {
    guard var page, open != nil, context.states[summary.slug]?.isRead != true else { return [] }
    guard page.place(top, down: height - 1) >= page.lastTextRow() else { return [] }
    self.page = page
    return [.remember(.read(summary.slug, true))]
  }
}

extension Page {
  /// The last row of the text itself: lists at the end need not be seen.
  mutating func lastTextRow() -> Place {
    for item in items.indices.reversed() {
      if case .block = items[item], height(of: item) > 0 {
        return Place(item: item, row: height(of: item) - 1)
      }
    }
    return .start
  }
}

// MARK: Moving

extension PostScreen {
  /// - Returns: whether the command is a motion.
  mutating func move(_ command: Command, _ times: Int, isCounted: Bool, isWheel: Bool) -> Bool {
    guard var page else { return [KeyBinding].motion.contains { $0.command == command } }
    let half = max(1, height / 2)
    let rows = isWheel ? 3 : times
    switch command {
    case .lineDown: top = page.place(top, down: rows)
    case .lineUp: top = page.place(top, up: rows)
    case .pageDown: top = page.place(top, down: max(1, height - 1) * times)
    case .pageUp: top = page.place(top, up: max(1, height - 1) * times)
    case .halfDown: top = page.place(top, down: half * times)
    case .halfUp: top = page.place(top, up: half * times)
    case .first: top = page.place(.start, down: times - 1)
    case .last: top = isCounted ? page.place(.start, down: times - 1) : page.lastTop(height: height)
    case .percent: top = place(atPercent: isCounted ? times : 0, in: &page)
    case .left, .right: return scrollSideways(command == .right ? times : -times)
    default: return false
    }
    self.page = page
    setTop(top)
    return true
  }

  /// How far through the source each item begins; the last entry is the whole.
  private var weights: [Double] {
    guard let open, let page else { return [0] }
    return page.items.reduce(into: [0]) { sums, item in
      if case .block(let block) = item {
        sums.append(sums[sums.count - 1] + Double(open.sourceLines(ofBlock: block).count) + 0.1)
      } else {
        sums.append(sums[sums.count - 1] + 2)
      }
    }
  }

  private func place(atPercent percent: Int, in page: inout Page) -> Page.Place {
    let weights = self.weights
    let wanted = Double(min(percent, 100)) / 100 * (weights.last ?? 0)
    let item = max(0, (weights.firstIndex { $0 > wanted } ?? weights.count) - 1)
    guard item < page.items.count else { return page.lastTop(height: height) }
    let fraction = (wanted - weights[item]) / (weights[item + 1] - weights[item])
    return Page.Place(item: item, row: Int(fraction * Double(page.height(of: item))))
  }

  /// How far the bottom of the window is through the post, from 0 to 100.
  func percent(_ page: inout Page) -> Int {
    let weights = self.weights
    let bottom = page.place(top, down: height - 1)
    if bottom == page.place(bottom, down: 1) { return 100 }
    let rows = Double(max(1, page.height(of: bottom.item)))
    let within = Double(bottom.row + 1) / rows
    let reached = weights[bottom.item] + within * (weights[bottom.item + 1] - weights[bottom.item])
    return min(99, Int(100 * reached / max(1, weights.last ?? 1)))
  }

  private mutating func scrollSideways(_ steps: Int) -> Bool {
    guard var page else { return true }
    let width = textWidth
    let shown = page.window(from: top, height: height)
    self.page = page
    let displayWidth = appearance.displayWidth
    let wide = shown.first { $0.line.fixedColumns != nil }
    let chosen = focus.flatMap { focus in
      shown.first { $0.place.item == focus.place.item && $0.line.fixedColumns != nil }
    }
    guard let item = (chosen ?? wide)?.place.item else { return true }
    let widest = page.lines(of: item).map { $0.line.width(displayWidth) }.max() ?? 0
    let offset = sideways[item, default: 0] + 8 * steps
    sideways[item] = min(max(0, offset), max(0, widest - width))
    return true
  }

  /// The focused formula, or else all of them, as source or drawn.
  mutating func toggleSource() -> [Effect] {
    guard let focus, let formula = focus.target.kind.formulaSource, let open, let page,
      case .block(let block) = page.items[focus.place.item]
    else {
      isSource.toggle()
      switched = [:]
      layOut()
      return []
    }
    switched[block, default: []].formSymmetricDifference([formula])
    let source = pageSource(open)
    self.page?.replace(source) { $0 == .block(block) }
    setTop(top)
    findFocusAgain()
    if let place = self.focus?.place { reveal(place) }
    if !find.isEmpty { runFind(from: top, moves: false) }
    let isShown = isSource != switched[block, default: []].contains(formula)
    return notice(isShown ? .formulaSource : .formulaDrawn)
  }

  /// The list at the end: what the post links to, what links to it, and its category.
  mutating func goToRelated() -> [Effect] {
    guard var page, let item = page.items.lastIndex(of: .related), page.height(of: item) > 0 else {
      return notice(.noBacklinks)
    }
    self.page = page
    pushHistory()
    setTop(Page.Place(item: item, row: 0))
    return []
  }

  func openContents() -> [Effect] {
    guard let open, !open.headings.isEmpty else { return notice(.noHeadings) }
    return [
      .open(
        ContentsScreen(open.headings, current: currentHeading ?? 0, appearance: appearance))
    ]
  }

  /// The block of the text at the top of the window.
  private var topBlock: Int {
    guard let page, page.items.indices.contains(top.item) else { return 0 }
    switch page.items[top.item] {
    case .head: return -1
    case .block(let block), .card(_, let block?): return block
    case .card, .references, .related: return Int.max
    }
  }

  /// The heading that the top of the window stands under.
  private var currentHeading: Int? {
    open?.headings.lastIndex { $0.block <= topBlock }
  }

  mutating func goToHeading(forwards: Bool) -> [Effect] {
    guard let headings = open?.headings, !headings.isEmpty else { return notice(.noHeadings) }
    let block = topBlock
    let next =
      forwards
      ? headings.first { $0.block > block }
      : headings.last { $0.block < block || ($0.block == block && top.row > 0) }
    if let next {
      goTo(block: next.block)
    } else {
      setTop(forwards ? Page.Place(item: Int.max - 1, row: 0) : .start)
    }
    return []
  }

  mutating func typedMark(_ key: Key) -> [Effect] {
    mode = .reading
    guard case .character(let letter) = key, letter.isLetter, letter.isASCII else { return [] }
    let place = position ?? ReadingPosition(block: "", index: 0, fraction: 0)
    open?.marks[String(letter)] = place
    return [.remember(.mark(summary.slug, letter: String(letter), place))]
      + notice(.markSet, String(letter))
  }

  mutating func typedGoTo(_ key: Key) -> [Effect] {
    mode = .reading
    guard case .character(let letter) = key else { return [] }
    guard let place = open?.marks[String(letter)] else {
      return notice(.markMissing, String(letter))
    }
    pushHistory()
    go(to: place)
    return []
  }
}

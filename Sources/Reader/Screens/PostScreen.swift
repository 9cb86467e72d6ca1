import Canvas
import DemoKit
import Images
package import Posts
import Typesetting

/// A post, read: scrolling, finding, following links, and its demo inline.
///
/// The place is the item at the top of the window and a row in it; so it survives another width and
/// whatever happens above. The rows of an item are laid out when it comes into view.
package struct PostScreen: Screen {
  package static let name = Message.namePost
  package static let keys: [KeyBinding] =
    .motion + [
      KeyBinding(.character("h"), .left, command: .left, .keyLeft),
      KeyBinding(.character("l"), .right, command: .right, .keyRight),
      KeyBinding(.tab, command: .nextFocus, .keyNextFocus),
      KeyBinding(.backTab, command: .previousFocus, .keyPreviousFocus),
      KeyBinding(.enter, command: .open, .keyFollow),
      KeyBinding(.character("U"), command: .hints, .keyHints),
      KeyBinding(.backspace, .character("<"), command: .historyBack, .keyHistoryBack),
      KeyBinding(.character(">"), command: .historyForward, .keyHistoryForward),
      KeyBinding(.character("/"), command: .find, .keyFind),
      KeyBinding(.character("n"), command: .findNext, .keyFindNext),
      KeyBinding(.character("N"), command: .findPrevious, .keyFindPrevious),
      KeyBinding(.escape, command: .cancel, .keyClearFind),
      KeyBinding(.character("S"), command: .search, .keySearch),
      KeyBinding(.character("t"), command: .contents, .keyContents),
      KeyBinding(.character("]"), command: .nextHeading, .keyNextHeading),
      KeyBinding(.character("["), command: .previousHeading, .keyPreviousHeading),
      KeyBinding(.character("J"), command: .nextPost, .keyNextPost),
      KeyBinding(.character("K"), command: .previousPost, .keyPreviousPost),
      KeyBinding(.character("m"), command: .setMark, .keySetMark),
      KeyBinding(.character("'"), command: .goToMark, .keyGoToMark),
      KeyBinding(.character("*"), command: .star, .keyStar),
      KeyBinding(.character("a"), command: .toggleRead, .keyToggleRead),
      KeyBinding(.character("M"), command: .source, .keySource),
      KeyBinding(.character("y"), command: .copyLink, .keyCopyLink),
      KeyBinding(.character("Y"), command: .copySource, .keyCopySource),
      KeyBinding(.character("s"), command: .save, .keySave),
      KeyBinding(.character("v"), command: .view, .keyView),
      KeyBinding(.character("|"), command: .pipe, .keyPipe),
      KeyBinding(.character("o"), command: .browse, .keyBrowse),
      KeyBinding(.character("x"), command: .runDemo, .keyRunDemo),
      KeyBinding(.character("X"), command: .editDemo, .keyEditDemo),
      KeyBinding(.character("z"), command: .zoom, .keyZoom),
      KeyBinding(.character("r"), command: .reload, .keyReload),
      KeyBinding(.character("q"), command: .close, .keyClose),
    ]

  var appearance: Appearance
  var context: ReadingContext
  /// The post that is shown or being loaded.
  var summary: PostSummary
  /// Where to go once the post is loaded.
  var arrival: Arrival
  var open: OpenPost?
  var page: Page?
  var top = Page.Place.start
  var window = (width: 80, height: 24)
  /// Where the window was before it changed its size: the same place while only its size changes.
  var anchor: ReadingPosition?
  /// Formulas are shown as they were written.
  var isSource = false
  /// Formulas that are shown the other way, by block.
  var switched: [Int: Set<String>] = [:]
  var mode = Mode.reading
  var find = FindState()
  var focus: Focus?
  /// Columns scrolled to the right, by item.
  var sideways: [Int: Int] = [:]
  var back: [Visit] = []
  var forward: [Visit] = []
  /// The search that led here, whose results `n` and `N` go on through.
  var trail: SearchTrail?
  var count = CountPrefix()
  /// Images that were asked for, so that each is decoded once, and those that came, oldest first.
  var wantedImages: Set<String> = []
  var drawnImages: [String] = []
  /// The demo said something since its card was laid out.
  var isCardStale = false

  /// What keys mean at the moment.
  enum Mode: Hashable, Sendable {
    case reading, finding, settingMark, goingToMark
    /// Links are numbered; the digits typed so far.
    case hinting(digits: String)
  }

  /// Where in a post to arrive.
  enum Arrival: Hashable, Sendable {
    case whereLeft, start
    case position(ReadingPosition)
    case anchor(String)
    /// The first match at or after a line of the source.
    case line(Int)
  }

  /// A place in some post, for the history.
  struct Visit: Hashable, Sendable {
    var slug: Slug
    var position: ReadingPosition?
  }

  /// Something on the page that Enter acts on.
  struct Focus: Hashable, Sendable {
    var place: Page.Place
    var target: TypesetLine.Target
  }

  package init(_ post: PostSummary, appearance: Appearance, context: ReadingContext) {
    self.appearance = appearance
    self.context = context
    summary = post
    arrival = .whereLeft
  }

  /// A post opened at a result of a search.
  init(trail: SearchTrail, appearance: Appearance, context: ReadingContext) {
    self.init(trail.result.post, appearance: appearance, context: context)
    arrival = .line(trail.result.line)
    self.trail = trail
    find.words = trail.words
  }

  package var isTyping: Bool { mode == .finding }

  package mutating func opened() -> [Effect] { [.loadPost(summary.slug)] }

  package mutating func update(_ event: Event) -> [Effect] {
    let effects = react(to: event)
    return effects + loadImages()
  }

  private mutating func react(to event: Event) -> [Effect] {
    switch event {
    case .key(let key):
      refreshCard()
      anchor = nil
      return taken(key) + noteEnd()
    case .pasted(let text):
      if mode == .finding { changeFind { $0.insert(text) } }
    case .resized(let width, let height):
      anchor = anchor ?? position
      window = (width, height)
      layOut()
    case .postLoaded(let post, let marks, let backlinks, let images):
      guard post.summary.slug == summary.slug else { break }
      do {
        return take(try OpenPost(post, marks: marks, backlinks: backlinks, images: images))
          + noteEnd()
      } catch {
        return [.tell(.failed(SafeText("\(error)")))]
      }
    case .imageLoaded(let slug, let name, let result):
      if slug == summary.slug { take(result, of: name) }
    case .headingChosen(let block):
      goTo(block: block)
      return noteEnd()
    case .backlinksAsked:
      return goToRelated()
    case .appearanceChanged(let appearance):
      self.appearance = appearance
      context.update(event)
      layOut()
    case .closing:
      return rememberPlace()
    default:
      context.update(event)
      if event.isOfDemo { isCardStale = true }
    }
    return []
  }

  private mutating func taken(_ key: Key) -> [Effect] {
    switch mode {
    case .finding: return typedFind(key)
    case .hinting(let digits): return typedHint(key, after: digits)
    case .settingMark: return typedMark(key)
    case .goingToMark: return typedGoTo(key)
    case .reading: return pressed(key)
    }
  }

  private mutating func pressed(_ key: Key) -> [Effect] {
    if count.take(key) { return [] }
    let times = count.use()
    if case .click(let column, let row) = key { return clicked(column: column, row: row) }
    guard let command = Self.keys.command(for: key) else { return [] }
    if move(command, times ?? 1, isCounted: times != nil, isWheel: key.isWheel) { return [] }
    return perform(command)
  }

  private mutating func perform(_ command: Command) -> [Effect] {
    switch command {
    case .close: return rememberPlace() + [.close]
    case .search:
      return [.open(SearchScreen(appearance: appearance, context: context))]
    case .nextFocus: return moveFocus(forwards: true)
    case .previousFocus: return moveFocus(forwards: false)
    case .open: return follow()
    case .hints: return showHints()
    case .historyBack: return goBack()
    case .historyForward: return goForward()
    case .find:
      mode = .finding
      find.begin()
    case .findNext: return findNext(forwards: true)
    case .findPrevious: return findNext(forwards: false)
    case .cancel:
      find = FindState()
      focus = nil
      trail = nil
    case .contents: return openContents()
    case .nextHeading: return goToHeading(forwards: true)
    case .previousHeading: return goToHeading(forwards: false)
    case .nextPost: return goToNeighbour(1)
    case .previousPost: return goToNeighbour(-1)
    case .setMark:
      mode = .settingMark
      return notice(.typeMark)
    case .goToMark:
      mode = .goingToMark
      return notice(.typeGoTo)
    case .source: return toggleSource()
    case .copyLink, .copySource, .browse, .view, .pipe, .save: return handOn(command)
    case .zoom: return zoom()
    case .reload:
      arrival = position.map { .position($0) } ?? .start
      return [.loadPost(summary.slug)]
    case .star, .toggleRead: return changeState(command)
    case .runDemo, .editDemo: return performOnDemo(command)
    default: break
    }
    return []
  }

  func notice(_ message: Message, _ values: String...) -> [Effect] {
    let text: SafeText
    switch values.count {
    case 0: text = appearance.messages(message)
    case 1: text = appearance.messages(message, values[0])
    default: text = appearance.messages(message, values[0], values[1])
    }
    return [.tell(.noticed(text))]
  }

  private func changeState(_ command: Command) -> [Effect] {
    let state = context.states[summary.slug] ?? ReadingState()
    if command == .star {
      return [.remember(.starred(summary.slug, !state.isStarred))]
        + notice(state.isStarred ? .unstarred : .starred)
    }
    return [.remember(.read(summary.slug, !state.isRead))]
      + notice(state.isRead ? .markedUnread : .markedRead)
  }

  func performOnDemo(_ command: Command) -> [Effect] {
    guard let name = summary.demo else { return notice(.demoNone) }
    let demo = DemoID(name)
    guard let description = context.demos.description(of: demo) else {
      return notice(.demoUnknown, name)
    }
    if command == .runDemo {
      return context.demos.toggle(demo, settings: cardSettings(description)).map { [$0] } ?? []
    }
    return [
      .open(
        DemoScreen(
          description, settings: cardSettings(description), isZoomed: command == .zoom,
          appearance: appearance, demos: context.demos))
    ]
  }

  /// The parameters that the post sets at its card: of the focused one, or of the first.
  private func cardSettings(_ description: DemoDescription) -> [DemoRequest.Setting] {
    if case .demo(let settings)? = focus?.target.kind {
      return description.settings(from: settings)
    }
    for case .card(let settings, _) in page?.items ?? [] {
      return description.settings(from: settings)
    }
    return []
  }
}

extension DemoDescription {
  /// The lines `name = value` of a demo block; what is no value within its bounds is left out,
  /// since `downlink check` has told the author.
  func settings(from text: String) -> [DemoRequest.Setting] {
    text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "=", maxSplits: 1).map { part in
        part.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      }
      guard parts.count == 2, let parameter = parameters.first(where: { $0.name == parts[0] }),
        let value = parameter.bounds.value(from: parts[1])
      else { return nil }
      return DemoRequest.Setting(name: parts[0], value: value)
    }
  }
}

extension Event {
  /// Whether a demo's card may look different now.
  var isOfDemo: Bool {
    switch self {
    case .demo, .demoRequested, .runLoaded: true
    default: false
    }
  }
}

extension Key {
  var isWheel: Bool { self == .wheelUp || self == .wheelDown }
}

import Canvas
import DemoKit
import Foundation
import Markdown
import Posts
import Typesetting

// Focus, links, history, neighbours.
extension PostScreen {
  /// The targets on the screen, each once, at the row where it begins.
  var visibleTargets: [Focus] {
    guard var page else { return [] }
    return targets(in: page.window(from: top, height: height))
  }

  private func targets(in rows: [(place: Page.Place, line: TypesetLine)]) -> [Focus] {
    var seen: Set<[Int]> = []
    return rows.flatMap { row in
      row.line.targets.filter { seen.insert([row.place.item, $0.id]).inserted }
        .map { Focus(place: row.place, target: $0) }
    }
  }

  private func targets(ofItem item: Int, in page: inout Page) -> [Focus] {
    targets(
      in: page.lines(of: item).enumerated().map { (Page.Place(item: item, row: $0), $1) })
  }

  mutating func moveFocus(forwards: Bool) -> [Effect] {
    guard var page else { return [] }
    defer { self.page = page }
    let start = focus ?? Focus(place: top, target: .init(id: -1, kind: .table, columns: -1..<0))
    let items =
      forwards ? Array(start.place.item..<page.items.count) : Array(0...start.place.item).reversed()
    for item in items {
      let found = targets(ofItem: item, in: &page)
      let next =
        forwards
        ? found.first { $0.isAfter(start) } : found.last { start.isAfter($0) }
      if let next {
        focus = next
        self.page = page
        reveal(next.place)
        page = self.page ?? page
        return []
      }
    }
    return notice(.noLink)
  }

  mutating func follow() -> [Effect] {
    guard let focus else {
      // Without a chosen target Enter takes the first link on the screen.
      guard let first = visibleTargets.first(where: \.isFollowed) else { return notice(.noLink) }
      self.focus = first
      return []
    }
    return follow(focus)
  }

  mutating func follow(_ chosen: Focus) -> [Effect] {
    focus = chosen
    switch chosen.target.kind {
    case .link(let destination): return follow(destination)
    case .footnote(let number):
      guard let open else { return [] }
      pushHistory()
      goTo(block: open.document.blocks.count + number - 1)
    case .equation(let block, _):
      pushHistory()
      goTo(block: block)
    case .demo(let settings):
      guard let description = summary.demo.flatMap({ context.demos.description(of: DemoID($0)) })
      else { return notice(.demoNone) }
      return context.demos.toggle(description.id, settings: description.settings(from: settings))
        .map { [$0] } ?? []
    case .math, .code, .table, .image: return notice(.noLink)
    }
    return []
  }

  /// Links lead to a heading of this post, to another post, or out of reach.
  private mutating func follow(_ destination: String) -> [Effect] {
    let parts = destination.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let anchor = parts.count > 1 ? String(parts[1]).removingPercentEncoding ?? "" : ""
    let path = String(parts.first ?? "")
    if path.isEmpty { return follow(anchor: anchor) }
    if path.contains(":") { return notice(.linkOutside, destination) }
    let file = path.split(separator: "/").last ?? ""
    let name = file.hasSuffix(".md") ? String(file.dropLast(3)) : String(file)
    guard let slug = Slug(name), let post = context.posts.first(where: { $0.slug == slug }) else {
      return notice(.postMissing, name)
    }
    pushHistory()
    if slug == summary.slug { return follow(anchor: anchor) }
    return leave(for: post, arrival: anchor.isEmpty ? .start : .anchor(anchor))
  }

  private mutating func follow(anchor: String) -> [Effect] {
    guard let heading = open?.headings.first(where: { $0.anchor == anchor }) else {
      return notice(.headingMissing, anchor)
    }
    pushHistory()
    goTo(block: heading.block)
    return []
  }

  /// Loads another post in place of this one.
  mutating func leave(for post: PostSummary, arrival: Arrival) -> [Effect] {
    let effects = rememberPlace()
    summary = post
    self.arrival = arrival
    open = nil
    page = nil
    focus = nil
    if trail == nil { find = FindState() }
    return effects + [.loadPost(post.slug)]
      + (post.demo.map { [.loadRun(DemoID($0))] } ?? [])
  }

  mutating func goToNeighbour(_ step: Int) -> [Effect] {
    guard let index = context.posts.firstIndex(where: { $0.slug == summary.slug }),
      context.posts.indices.contains(index + step)
    else { return notice(step > 0 ? .noNext : .noPrevious) }
    pushHistory()
    trail = nil
    return leave(for: context.posts[index + step], arrival: .whereLeft)
  }
}

// MARK: History

extension PostScreen {
  private static let historyLimit = 200

  private var visit: Visit { Visit(slug: summary.slug, position: position) }

  mutating func pushHistory() {
    if back.last != visit { back.append(visit) }
    if back.count > PostScreen.historyLimit { back.removeFirst() }
    forward = []
  }

  mutating func goBack() -> [Effect] {
    guard let last = back.popLast() else { return notice(.noHistory) }
    forward.append(visit)
    return revisit(last)
  }

  mutating func goForward() -> [Effect] {
    guard let next = forward.popLast() else { return notice(.noForward) }
    back.append(visit)
    return revisit(next)
  }

  private mutating func revisit(_ visit: Visit) -> [Effect] {
    focus = nil
    if visit.slug == summary.slug {
      if let position = visit.position { go(to: position) } else { setTop(.start) }
      return []
    }
    guard let post = context.posts.first(where: { $0.slug == visit.slug }) else {
      return notice(.postMissing, visit.slug.string)
    }
    return leave(for: post, arrival: visit.position.map { .position($0) } ?? .start)
  }
}

// MARK: Hints

extension PostScreen {
  /// The links that hints number, in the order of their numbers.
  var hintTargets: [Focus] { visibleTargets.filter(\.isFollowed) }

  mutating func showHints() -> [Effect] {
    guard !hintTargets.isEmpty else { return notice(.noHintsHere) }
    mode = .hinting(digits: "")
    return []
  }

  mutating func typedHint(_ key: Key, after digits: String) -> [Effect] {
    let hints = hintTargets
    guard case .character(let character) = key, character.isASCII, character.isNumber else {
      mode = .reading
      guard key == .enter, let number = Int(digits) else { return [] }
      return hints.indices.contains(number - 1) ? follow(hints[number - 1]) : []
    }
    let typed = digits + String(character)
    guard let number = Int(typed), hints.indices.contains(number - 1) else {
      mode = .reading
      return []
    }
    // One more digit could name another link only if there are that many.
    if number * 10 <= hints.count {
      mode = .hinting(digits: typed)
      return []
    }
    mode = .reading
    return follow(hints[number - 1])
  }

  mutating func clicked(column: Int, row: Int) -> [Effect] {
    guard var page, row < height else { return [] }
    let shown = page.window(from: top, height: height)
    guard shown.indices.contains(row) else { return [] }
    let place = shown[row].place
    let textColumn = column - (window.width - textWidth) / 2 + sideways[place.item, default: 0]
    let target = shown[row].line.targets.first { $0.columns.contains(textColumn) }
    guard let target else { return [] }
    let clicked = Focus(place: place, target: target)
    return clicked.isFollowed ? follow(clicked) : []
  }
}

extension PostScreen.Focus {
  /// Whether Enter leads somewhere from here.
  var isFollowed: Bool {
    switch target.kind {
    case .link, .footnote, .equation, .demo: true
    case .math, .code, .table, .image: false
    }
  }

  /// Whether this one comes later in the text.
  func isAfter(_ other: PostScreen.Focus) -> Bool {
    if place.item == other.place.item, target.id == other.target.id { return false }
    return place == other.place
      ? target.columns.lowerBound > other.target.columns.lowerBound : place > other.place
  }
}

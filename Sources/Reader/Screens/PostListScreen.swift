import Canvas
package import DemoKit
import Posts

/// All posts, by category and the newest first: what is unread, starred, and what the demos gave.
package struct PostListScreen: Screen {
  package static let name = Message.nameList
  package static let keys: [KeyBinding] =
    .motion + [
      KeyBinding(.enter, .character("l"), .right, command: .open, .keyOpen),
      KeyBinding(.character("/"), .character("S"), command: .search, .keySearch),
      KeyBinding(.character("F"), command: .filter, .keyFilter),
      KeyBinding(.character("t"), command: .contents, .keyTags),
      KeyBinding(.escape, command: .cancel, .keyClearFilter),
      KeyBinding(.character("n"), command: .nextUnread, .keyNextUnread),
      KeyBinding(.character("p"), command: .previousUnread, .keyPreviousUnread),
      KeyBinding(.character("a"), command: .toggleRead, .keyToggleRead),
      KeyBinding(.character("A"), command: .markAllRead, .keyMarkAllRead),
      KeyBinding(.character("*"), command: .star, .keyStar),
      KeyBinding(.character("x"), command: .runDemo, .keyRunDemo),
      KeyBinding(.character("X"), command: .editDemo, .keyEditDemo),
      KeyBinding(.character("y"), command: .copyLink, .keyCopyLink),
      KeyBinding(.character("r"), command: .reload, .keyReload),
      KeyBinding(.character("q"), command: .quit, .keyQuit),
    ]

  var appearance: Appearance
  private(set) var demos: DemoShelf
  private(set) var order = PostOrder.category
  private var searches: [String] = []
  /// In the order of the list.
  private(set) var posts: [PostSummary] = []
  private(set) var states: [Slug: ReadingState] = [:]
  private(set) var isLoaded = false
  /// Rows of the list after filtering: headers of categories, and posts by their place in `posts`.
  private(set) var rows: [Row] = []
  private(set) var list = ListView()
  private(set) var filter: TextField?
  private(set) var isTypingFilter = false
  private var count = CountPrefix()

  enum Row: Hashable, Sendable {
    case category(String, posts: Int)
    case post(Int)
  }

  package init(appearance: Appearance, demos: [DemoDescription]) {
    self.appearance = appearance
    self.demos = DemoShelf(demos)
  }

  package var isTyping: Bool { isTypingFilter }

  package mutating func opened() -> [Effect] { [.loadPosts, .loadSearches] }

  package mutating func update(_ event: Event) -> [Effect] {
    switch event {
    case .key(let key):
      return isTypingFilter ? typed(key) : pressed(key)
    case .pasted(let text):
      if isTypingFilter { changeFilter { $0.insert(text) } }
    case .resized(_, let height):
      list.resize(height: height - 2)
      revealHeader()
    case .postsLoaded(let posts, let states):
      return take(posts, states)
    case .changed(.searched(let text)):
      searches.recall(text)
    case .changed(let change):
      states.update(change)
    case .searchesLoaded(let searches):
      self.searches = searches
    case .sorted(let order):
      return sort(by: order)
    case .filterChosen(let text):
      filter = TextField(text)
      arrange(keeping: nil)
    case .appearanceChanged(let appearance):
      self.appearance = appearance
      sortAgain()
    default:
      demos.update(event)
    }
    return []
  }
}

extension PostListScreen {
  private mutating func take(
    _ loaded: [PostSummary], _ states: [Slug: ReadingState]
  ) -> [Effect] {
    let chosen = selectedPost?.slug
    posts = loaded.sorted(by: order, states: states, language: appearance.messages.language)
    self.states = states
    arrange(keeping: chosen)
    let isFirst = !isLoaded
    isLoaded = true
    return isFirst ? posts.compactMap { $0.demo.map { .loadRun(DemoID($0)) } } : []
  }

  var selectedPost: PostSummary? {
    guard rows.indices.contains(list.selection), case .post(let index) = rows[list.selection]
    else { return nil }
    return posts[index]
  }

  /// Makes the rows anew, after the posts or the filter changed.
  private mutating func arrange(keeping chosen: Slug?) {
    let query = PostFilter(filter?.text ?? "", messages: appearance.messages)
    let shown = posts.indices.filter { query.admits(posts[$0], states[posts[$0].slug]) }
    rows = []
    var category: String?
    for index in shown {
      if order == .category, posts[index].category != category {
        category = posts[index].category
        let size = shown.count { posts[$0].category == posts[index].category }
        rows.append(.category(posts[index].category, posts: size))
      }
      rows.append(.post(index))
    }
    list.resize(count: rows.count)
    let kept = rows.firstIndex { row in
      if case .post(let index) = row { posts[index].slug == chosen } else { false }
    }
    list.select(kept ?? 0)
    skipHeader(downwards: true)
  }

  private mutating func sort(by order: PostOrder) -> [Effect] {
    self.order = order
    sortAgain()
    let name = appearance.messages(order.name).string
    return [.tell(.noticed(appearance.messages(.sortedBy, name)))]
  }

  private mutating func sortAgain() {
    let chosen = selectedPost?.slug
    posts = posts.sorted(by: order, states: states, language: appearance.messages.language)
    arrange(keeping: chosen)
  }

  private mutating func typed(_ key: Key) -> [Effect] {
    switch key {
    case .enter, .tab: isTypingFilter = false
    case .down, .up:
      isTypingFilter = false
      return pressed(key)
    case .escape:
      isTypingFilter = false
      clearFilter()
    default: changeFilter { _ = $0.take(key) }
    }
    return []
  }

  private mutating func changeFilter(_ change: (inout TextField) -> Void) {
    var field = filter ?? TextField()
    change(&field)
    filter = field
    arrange(keeping: selectedPost?.slug)
  }

  private mutating func clearFilter() {
    let chosen = selectedPost?.slug
    filter = nil
    arrange(keeping: chosen)
  }

  private mutating func pressed(_ key: Key) -> [Effect] {
    if count.take(key) { return [] }
    if case .click(_, let row) = key { return clicked(row) }
    guard let command = Self.keys.command(for: key) else {
      _ = count.use()
      return []
    }
    let times = count.use()
    if move(command, times) { return [] }
    return perform(command)
  }

  private mutating func clicked(_ row: Int) -> [Effect] {
    let index = list.visible.lowerBound + row - 1
    guard row > 0, list.visible.contains(index), case .post = rows[index] else { return [] }
    if list.selection == index { return perform(.open) }
    list.select(index)
    return []
  }

  /// Moves among posts; `<n>G` counts posts and not headers.
  private mutating func move(_ command: Command, _ times: Int?) -> Bool {
    if let times, command == .first || command == .last {
      let places = rows.indices.filter { if case .post = rows[$0] { true } else { false } }
      if !places.isEmpty { list.select(places[min(max(times, 1), places.count) - 1]) }
      revealHeader()
      return true
    }
    let before = list.selection
    guard list.move(command, count: times) else { return false }
    skipHeader(downwards: list.selection >= before)
    return true
  }

  /// Headers are never chosen.
  private mutating func skipHeader(downwards: Bool) {
    if rows.indices.contains(list.selection), case .category = rows[list.selection] {
      list.select(downwards || list.selection == 0 ? list.selection + 1 : list.selection - 1)
    }
    revealHeader()
  }

  private mutating func revealHeader() {
    let above = list.selection - 1
    if rows.indices.contains(above), case .category = rows[above] { list.reveal(above) }
  }

  private mutating func perform(_ command: Command) -> [Effect] {
    switch command {
    case .quit: return [.quit]
    case .search: return [.open(SearchScreen(appearance: appearance, context: context))]
    case .filter:
      filter = filter ?? TextField()
      isTypingFilter = true
    case .cancel: clearFilter()
    case .contents: return [.open(TagsScreen(posts, appearance: appearance))]
    case .nextUnread: return goToUnread(from: rows.indices.dropFirst(list.selection + 1))
    case .previousUnread: return goToUnread(from: rows.indices.prefix(list.selection).reversed())
    case .markAllRead: return markAllRead()
    case .reload: return [.loadPosts]
    default:
      if let post = selectedPost { return perform(command, on: post) }
    }
    return []
  }

  private func perform(_ command: Command, on post: PostSummary) -> [Effect] {
    let state = states[post.slug] ?? ReadingState()
    let messages = appearance.messages
    switch command {
    case .open:
      return [.open(PostScreen(post, appearance: appearance, context: context))]
    case .copyLink:
      return Excerpt(.wordLink, post.slug.string + ".md", file: "").copied(messages)
    case .toggleRead:
      let notice = messages(state.isRead ? .markedUnread : .markedRead)
      return [.remember(.read(post.slug, !state.isRead)), .tell(.noticed(notice))]
    case .star:
      let notice = messages(state.isStarred ? .unstarred : .starred)
      return [.remember(.starred(post.slug, !state.isStarred)), .tell(.noticed(notice))]
    case .runDemo, .editDemo:
      guard let demo = post.demo.map({ DemoID($0) }) else {
        return [.tell(.noticed(messages(.demoNone)))]
      }
      guard let description = demos.description(of: demo) else {
        return [.tell(.failed(messages(.demoUnknown, demo.string)))]
      }
      if command == .runDemo { return demos.toggle(demo).map { [$0] } ?? [] }
      return [.open(DemoScreen(description, appearance: appearance, demos: demos))]
    default: return []
    }
  }

  /// What a screen opened from here has to know of the posts around its own.
  private var context: ReadingContext {
    ReadingContext(
      posts: posts, states: states, demos: demos, order: order,
      language: appearance.messages.language,
      searches: searches)
  }

  private mutating func goToUnread(from candidates: some Sequence<Int>) -> [Effect] {
    let next = candidates.first { row in
      guard case .post(let index) = rows[row] else { return false }
      return states[posts[index].slug]?.isRead != true
    }
    guard let next else { return [.tell(.noticed(appearance.messages(.noUnread)))] }
    list.select(next)
    revealHeader()
    return []
  }

  private func markAllRead() -> [Effect] {
    let shown = rows.compactMap { row -> Slug? in
      if case .post(let index) = row { posts[index].slug } else { nil }
    }
    let notice = appearance.messages(.allMarkedRead, "\(shown.count)")
    return [.remember(.allRead(shown)), .tell(.noticed(notice))]
  }
}

extension PostOrder {
  /// What the order is called.
  fileprivate var name: Message {
    switch self {
    case .category: .orderCategory
    case .date: .orderDate
    case .title: .orderTitle
    case .unread: .orderUnread
    }
  }
}

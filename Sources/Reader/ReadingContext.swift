import DemoKit
package import Posts

/// What a screen knows of the library around its own post.
package struct ReadingContext: Hashable, Sendable {
  /// In the order of the list, which `J` and `K` follow.
  package var posts: [PostSummary]
  package var states: [Slug: ReadingState]
  package var demos: DemoShelf
  package var order: PostOrder
  package var language: Language
  /// What was searched for before, the latest first.
  package var searches: [String]

  package init(
    posts: [PostSummary], states: [Slug: ReadingState], demos: DemoShelf,
    order: PostOrder = .category, language: Language, searches: [String] = []
  ) {
    self.posts = posts
    self.states = states
    self.demos = demos
    self.order = order
    self.language = language
    self.searches = searches
  }

  /// Takes in what concerns posts, states and demos.
  package mutating func update(_ event: Event) {
    switch event {
    case .postsLoaded(let posts, let states):
      self.posts = posts.sorted(by: order, states: states, language: language)
      self.states = states
    case .sorted(let order):
      self.order = order
      posts = posts.sorted(by: order, states: states, language: language)
    case .appearanceChanged(let appearance):
      language = appearance.messages.language
      posts = posts.sorted(by: order, states: states, language: language)
    case .searchesLoaded(let searches): self.searches = searches
    case .changed(.searched(let text)): searches.recall(text)
    case .changed(let change): states.update(change)
    default: demos.update(event)
    }
  }
}

extension [Slug: ReadingState] {
  /// Takes in a change that was asked for, so that screens show it at once.
  package mutating func update(_ change: StateChange) {
    switch change {
    case .read(let slug, let isRead): self[slug, default: ReadingState()].isRead = isRead
    case .allRead(let slugs):
      for slug in slugs { self[slug, default: ReadingState()].isRead = true }
    case .starred(let slug, let isStarred):
      self[slug, default: ReadingState()].isStarred = isStarred
    case .position(let slug, let position):
      self[slug, default: ReadingState()].position = position
    case .mark, .ran, .searched: break
    }
  }
}

extension [String] {
  /// Puts what was searched for in front of what was before.
  package mutating func recall(_ text: String) {
    removeAll { $0 == text }
    insert(text, at: 0)
  }
}

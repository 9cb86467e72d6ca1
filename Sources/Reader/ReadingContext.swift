import DemoKit
package import Posts

/// What a screen knows of the library around its own post.
package struct ReadingContext: Hashable, Sendable {
  /// In the order of the list, which `J` and `K` follow.
  package var posts: [PostSummary]
  package var states: [Slug: ReadingState]
  package var demos: DemoShelf

  package init(posts: [PostSummary], states: [Slug: ReadingState], demos: DemoShelf) {
    self.posts = posts
    self.states = states
    self.demos = demos
  }

  /// Takes in what concerns posts, states and demos.
  package mutating func update(_ event: Event) {
    switch event {
    case .postsLoaded(let posts, let states):
      self.posts = posts.grouped
      self.states = states
    case .changed(let change): states.update(change)
    default: demos.update(event)
    }
  }
}

extension [PostSummary] {
  /// The order of the list: categories by their newest post, within one the newest first.
  package var grouped: [PostSummary] {
    let groups = Dictionary(grouping: self, by: \.category)
    let newest = groups.mapValues { $0.map(\.date).max() ?? "" }
    return sorted { one, other in
      let dates = (newest[one.category, default: ""], newest[other.category, default: ""])
      if one.category != other.category {
        return dates.0 == dates.1 ? one.category < other.category : dates.0 > dates.1
      }
      return one.date == other.date ? one.slug.string < other.slug.string : one.date > other.date
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

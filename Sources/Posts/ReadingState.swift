/// What the reader knows of one post: kept apart from the post, by its slug.
package struct ReadingState: Hashable, Sendable {
  package var isRead: Bool
  package var isStarred: Bool
  package var position: ReadingPosition?

  package init(isRead: Bool = false, isStarred: Bool = false, position: ReadingPosition? = nil) {
    self.isRead = isRead
    self.isStarred = isStarred
    self.position = position
  }
}

/// A place in a post that survives another width and an edited text.
package struct ReadingPosition: Hashable, Sendable {
  /// Identity of the block at the top of the window: a hash of its content, with the number of
  /// equal blocks before it.
  package var block: String
  /// Order of that block in the post, for when the block itself is gone.
  package var index: Int
  /// How far into the block the top of the window is, from 0 to 1.
  package var fraction: Double

  package init(block: String, index: Int, fraction: Double) {
    self.block = block
    self.index = index
    self.fraction = fraction
  }
}

/// The last run of a demo: its parameters and the lines of its wire form.
package struct DemoRun: Hashable, Sendable {
  package var demo: String
  /// ISO 8601 date and time of its end.
  package var date: String
  package var settings: [String: String]
  package var lines: [String]

  package init(demo: String, date: String, settings: [String: String], lines: [String]) {
    self.demo = demo
    self.date = date
    self.settings = settings
    self.lines = lines
  }
}

/// One change of the reader's own state; each is one short transaction.
package enum StateChange: Hashable, Sendable {
  case read(Slug, Bool)
  case allRead([Slug])
  case starred(Slug, Bool)
  case position(Slug, ReadingPosition)
  case mark(Slug, letter: String, ReadingPosition)
  case ran(DemoRun)
  case searched(String)
}

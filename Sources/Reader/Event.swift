package import Canvas
package import DemoKit
package import Posts

/// Something that happened.
package enum Event: Sendable {
  case key(Key)
  case pasted(SafeText)
  case resized(width: Int, height: Int)
  /// Something outside went wrong, with the sentence to show.
  case failed(SafeText)
  /// Something worth a word in the status bar.
  case noticed(SafeText)
  case postsLoaded([PostSummary], states: [Slug: ReadingState])
  case postLoaded(Post, marks: [String: ReadingPosition])
  /// The results for exactly this query, so that those of an overtaken search are dropped.
  case searched(SearchQuery, [SearchResult])
  /// A screen asked for a run; its messages follow.
  case demoRequested(RunID, DemoRequest)
  case demo(RunID, DemoMessage)
  /// The last run of a demo, kept from an earlier session.
  case runLoaded(DemoRun, [DemoMessage])
  /// The reader's own state changed, by an effect of any screen.
  case changed(StateChange)
  /// The reader is about to end: the last chance to remember a place.
  case closing
  /// A heading was chosen from the contents: its block, counted from 0.
  case headingChosen(block: Int)
}

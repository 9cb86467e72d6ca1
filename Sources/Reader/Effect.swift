package import DemoKit
package import Posts

/// Something to be done outside, described but not done here.
///
/// Effects are data and not closures: tests look at the cases, and all input and output is in one
/// `switch`.
package enum Effect: Sendable {
  // Carried out by `App`.
  case open(any Screen)
  case close
  /// Hand an event to the other screens.
  case tell(Event)
  case quit
  /// Put a question into the lowest row.
  case ask(Prompt)

  // Carried out by `Runtime`.
  case loadPosts
  case loadPost(Slug)
  /// Decode an image of a post.
  case loadImage(Slug, name: String)
  /// Load what the last run of a demo said.
  case loadRun(DemoID)
  case search(SearchQuery)
  case startDemo(RunID, DemoRequest)
  case stopDemo(RunID)
  case remember(StateChange)
  /// Load what was searched for in earlier sessions.
  case loadSearches
  /// Send text to the terminal's clipboard.
  case copy(String)
  /// Write text into a new file of the user's choice.
  case save(String, path: String)
  /// Give the terminal to another program until that ends.
  case host(Guest)
  case setMouse(Bool)
  case redraw
  case suspend
}

package import Canvas
package import DemoKit
package import Images
package import Posts
package import Typesetting

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
  /// A post with its marks, the posts that link to it and what is known of its images.
  case postLoaded(
    Post, marks: [String: ReadingPosition], backlinks: [PostSummary],
    images: [String: PostImage.State] = [:])
  /// An image of a post was decoded, or could not be.
  case imageLoaded(Slug, name: String, Result<Raster, ImageProblem>)
  /// What was searched for before, the latest first.
  case searchesLoaded([String])
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
  /// A tag or a category was chosen: what the list is to be filtered by.
  case filterChosen(String)
  /// The list takes another order, which `J` and `K` follow.
  case sorted(PostOrder)
  /// What refers to the post is asked for.
  case backlinksAsked
  /// Language, theme or measure changed.
  case appearanceChanged(Appearance)
  /// The terminal has said what its background is.
  case backgroundKnown(Theme.Background)
}

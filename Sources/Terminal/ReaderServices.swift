package import DemoKit
package import Images
package import Posts
package import Reader

/// Everything that the reader may ask of the world, given by whoever starts it.
///
/// All of it is called off the main thread and may block. What throws is shown as one sentence in
/// the status bar.
package struct ReaderServices: Sendable {
  package var posts: @Sendable () throws -> (posts: [PostSummary], states: [Slug: ReadingState])
  package var post: @Sendable (Slug) throws -> OpenedPost
  /// Decodes an image of a post.
  package var image: @Sendable (Slug, _ name: String) async -> Result<Raster, ImageProblem>
  package var search: @Sendable (SearchQuery) throws -> [SearchResult]
  /// Ends the search that another thread is in, because a newer one waits.
  package var interruptSearch: @Sendable () -> Void
  package var remember: @Sendable (StateChange) throws -> Void
  /// Earlier searches, the latest first.
  package var searches: @Sendable () throws -> [String]
  /// Writes text into a new file, and returns its path.
  package var save: @Sendable (_ text: String, _ path: String) throws -> String
  /// Runs another program on the terminal until it ends.
  package var host: @Sendable (Guest) async throws -> Void
  package var lastRun: @Sendable (DemoID) throws -> DemoRun?
  /// Starts a demo, hands over its messages from any thread, and returns what stops it.
  package var startDemo:
    @Sendable (DemoRequest, @escaping @Sendable (DemoMessage) -> Void) -> @Sendable () -> Void

  package init(
    posts: @escaping @Sendable () throws -> (posts: [PostSummary], states: [Slug: ReadingState]),
    post: @escaping @Sendable (Slug) throws -> OpenedPost,
    image:
      @escaping @Sendable (Slug, _ name: String) async -> Result<Raster, ImageProblem> = { _, _ in
        .failure(.missing)
      },
    search: @escaping @Sendable (SearchQuery) throws -> [SearchResult],
    interruptSearch: @escaping @Sendable () -> Void = {},
    remember: @escaping @Sendable (StateChange) throws -> Void = { _ in },
    searches: @escaping @Sendable () throws -> [String] = { [] },
    save: @escaping @Sendable (_ text: String, _ path: String) throws -> String = { $1 },
    host: @escaping @Sendable (Guest) async throws -> Void = { _ in },
    lastRun: @escaping @Sendable (DemoID) throws -> DemoRun? = { _ in nil },
    startDemo:
      @escaping @Sendable (DemoRequest, @escaping @Sendable (DemoMessage) -> Void)
      -> @Sendable () -> Void
  ) {
    self.posts = posts
    self.post = post
    self.image = image
    self.search = search
    self.interruptSearch = interruptSearch
    self.remember = remember
    self.searches = searches
    self.save = save
    self.host = host
    self.lastRun = lastRun
    self.startDemo = startDemo
  }
}

/// A post with what the reader keeps about it.
package struct OpenedPost: Sendable {
  package var post: Post
  /// Places in it by the letter they were marked with.
  package var marks: [String: ReadingPosition]
  /// The posts that link to it.
  package var backlinks: [PostSummary]
  /// What is known of its images.
  package var images: [String: PostImage.State]
  /// What to tell about the post, when it is not as it was synced.
  package var notice: String?

  package init(
    post: Post, marks: [String: ReadingPosition] = [:], backlinks: [PostSummary] = [],
    images: [String: PostImage.State] = [:], notice: String? = nil
  ) {
    self.post = post
    self.images = images
    self.marks = marks
    self.backlinks = backlinks
    self.notice = notice
  }
}

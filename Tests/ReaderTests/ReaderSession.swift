import Canvas
import DemoKit
import Posts
import Reader
import Typesetting

/// The app with a library in memory: plays keys, answers effects at once, keeps what was asked for.
struct ReaderSession {
  private(set) var app: App
  /// Effects that were performed, in order.
  private(set) var effects: [Effect] = []
  private(set) var hasQuit = false
  var posts: [Post]
  var states: [Slug: ReadingState] = [:]
  /// What the library knows of the images of its posts, by their names.
  var images: [String: PostImage.State] = [:]

  init(
    width: Int = 80, height: Int = 24, posts: [Post] = Fixtures.posts,
    states: [Slug: ReadingState] = [:],
    images: [String: PostImage.State] = [:],
    appearance: Appearance = Appearance(theme: .plain)
  ) {
    self.images = images
    self.posts = posts
    self.states = states
    app = App(appearance: appearance, demos: Fixtures.demos)
    send(.resized(width: width, height: height))
    perform(app.start())
  }

  /// The screen as text.
  var screen: String { app.render().text }

  /// The last row of the screen.
  var status: String {
    screen.split(separator: "\n", omittingEmptySubsequences: false).dropLast().last.map {
      $0.trimmingBlanks
    } ?? ""
  }

  /// All changes of the reader's state that were asked for.
  var changes: [StateChange] {
    effects.compactMap { if case .remember(let change) = $0 { change } else { nil } }
  }

  /// Texts that were sent to the clipboard.
  var copied: [String] {
    effects.compactMap { if case .copy(let text) = $0 { text } else { nil } }
  }

  /// Files that were to be written, by the path that was typed.
  var saved: [String: String] {
    Dictionary(
      effects.compactMap { if case .save(let text, let path) = $0 { (path, text) } else { nil } }
    ) { $1 }
  }

  /// Programs that were given the terminal.
  var guests: [Guest] {
    effects.compactMap { if case .host(let guest) = $0 { guest } else { nil } }
  }

  /// The request of the last demo that was started.
  var lastRequest: (RunID, DemoRequest)? {
    effects.compactMap {
      if case .startDemo(let run, let request) = $0 { (run, request) } else { nil }
    }
    .last
  }

  mutating func send(_ event: Event) { perform(app.update(event)) }

  mutating func press(_ keys: Key...) {
    for key in keys { send(.key(key)) }
  }

  /// Presses the key of each character.
  mutating func type(_ text: String) {
    for character in text { send(.key(.character(character))) }
  }

  private mutating func perform(_ wanted: [Effect]) {
    effects += wanted
    for effect in wanted {
      switch effect {
      case .loadPosts: send(.postsLoaded(posts.map(\.summary), states: states))
      case .loadPost(let slug):
        if let post = posts.first(where: { $0.summary.slug == slug }) {
          let link = "(\(slug.string).md"
          let backlinks = posts.filter { $0.summary.slug != slug && $0.markdown.contains(link) }
          send(
            .postLoaded(post, marks: [:], backlinks: backlinks.map(\.summary), images: images))
        }
      case .search(let query): send(.searched(query, Fixtures.results(of: query, in: posts)))
      case .remember(let change): remember(change)
      case .quit: hasQuit = true
      default: break
      }
    }
  }

  private mutating func remember(_ change: StateChange) {
    switch change {
    case .read(let slug, let isRead): states[slug, default: ReadingState()].isRead = isRead
    case .starred(let slug, let isStarred):
      states[slug, default: ReadingState()].isStarred = isStarred
    case .position(let slug, let position):
      states[slug, default: ReadingState()].position = position
    default: break
    }
  }
}

extension Substring {
  fileprivate var trimmingBlanks: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

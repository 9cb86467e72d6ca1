import Dispatch
import Posts
import Synchronization

/// Parses posts on a second core while the database takes in earlier ones.
///
/// They come out in the order in which they went in, and never are more than a few: the database is
/// the slower of the two.
struct EntryQueue {
  private let queue = DispatchQueue(label: "downlink.entries")
  private var pending: [Pending] = []

  /// Posts that are parsed or wait for the database.
  private static let most = 6

  /// A post that is being parsed.
  private final class Pending: Sendable {
    let slug: String
    private let entry = Mutex<Result<LibraryEntry, any Error>?>(nil)
    private let isDone = DispatchSemaphore(value: 0)

    init(slug: String) { self.slug = slug }

    func run(_ make: () throws -> LibraryEntry) {
      let made = Result(catching: make)
      entry.withLock { $0 = made }
      isDone.signal()
    }

    func wait() -> Result<LibraryEntry, any Error>? {
      isDone.wait()
      return entry.withLock { $0 }
    }
  }

  var isFull: Bool { pending.count >= Self.most }

  /// Whether a post of this name is on its way.
  func holds(_ slug: String) -> Bool { pending.contains { $0.slug == slug } }

  mutating func add(_ slug: String, _ make: @escaping @Sendable () throws -> LibraryEntry) {
    let one = Pending(slug: slug)
    pending.append(one)
    queue.async { one.run(make) }
  }

  /// The name of the first of them.
  var first: String? { pending.first?.slug }

  /// Waits for the first of them; nil if there is none.
  mutating func next() -> (slug: String, entry: Result<LibraryEntry, any Error>)? {
    guard !pending.isEmpty else { return nil }
    let first = pending.removeFirst()
    return first.wait().map { (first.slug, $0) }
  }
}

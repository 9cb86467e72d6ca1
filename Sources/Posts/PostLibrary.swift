package import Foundation
import GRDB
import Synchronization

/// The posts, as a sync left them: listed, read and searched, never changed.
///
/// Every call is one short transaction, so each sees one revision. They block their caller; the
/// reader makes them off the main actor.
package final class PostLibrary: Sendable {
  private let opened: Mutex<Opened>
  let path: String
  let aids: SearchAids

  /// A connection, and the file that it was made to; nil for a library in memory.
  private struct Opened {
    var queue: DatabaseQueue
    var file: FileIdentity?
  }

  private init(_ opened: sending Opened, path: String, aids: SearchAids) {
    self.opened = Mutex(opened)
    self.path = path
    self.aids = aids
  }

  /// Opens a library for reading; where a sync was killed its rollback is finished first.
  package convenience init(at url: URL, aids: SearchAids = .none) throws(PostError) {
    let file = FileIdentity(path: url.path)
    let queue = try LibraryFile.openForReading(url)
    self.init(Opened(queue: queue, file: file), path: url.path, aids: aids)
  }

  /// The connection: a new one where a rebuilt library has taken the place of the old (R26).
  ///
  /// Until the new one is whole the old is read on, whose file is still there under no name.
  var queue: DatabaseQueue {
    let (old, oldFile) = opened.withLock { ($0.queue, $0.file) }
    guard oldFile != nil, let file = FileIdentity(path: path), file != oldFile,
      let queue = try? LibraryFile.openIfWhole(URL(fileURLWithPath: path))
    else { return old }
    opened.withLock { $0 = Opened(queue: queue, file: file) }
    return queue
  }

  /// An empty library that is gone with the process: for tests, and for a home that cannot be
  /// written to.
  package static func inMemory(aids: SearchAids = .none) throws(PostError) -> PostLibrary {
    do {
      let queue = try DatabaseQueue(configuration: Connection.writing())
      try queue.write { try LibrarySchema.create(in: $0) }
      return PostLibrary(
        Opened(queue: queue, file: nil), path: "the library in memory", aids: aids)
    } catch {
      throw PostError(error, path: "the library in memory")
    }
  }

  /// All posts, the newest first.
  package func summaries() throws(PostError) -> [PostSummary] { try listing().map(\.post) }

  /// All posts with the names of their sources, the newest first.
  package func listing() throws(PostError) -> [(post: PostSummary, source: String)] {
    try read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: "SELECT \(PostRow.summaryColumns), source FROM post ORDER BY date DESC, slug")
      var posts: [(PostSummary, String)] = []
      while let row = try rows.next() {
        if let post = PostRow.summary(row) { posts.append((post, row.text("source"))) }
      }
      return posts
    }
  }

  /// A whole post, compared with its hash: one that does not match is shown all the same, with a
  /// notice (R24).
  package func post(_ slug: Slug) throws(PostError) -> LoadedPost {
    try read { database in
      let sql = "SELECT \(PostRow.postColumns) FROM \(PostRow.posts) WHERE slug = ?"
      guard let row = try Row.fetchOne(database, sql: sql, arguments: [slug.string]),
        let post = PostRow.post(row)
      else { throw PostError.noSuchPost(slug: slug.string) }
      return LoadedPost(post: post, isIntact: post.hash == row.bytes("sha256"))
    }
  }

  /// What is known of the images of a post, by their names in it.
  package func images(of slug: Slug) throws(PostError) -> [String: PostImage.State] {
    try read { try ImageTable($0).states(ofPost: slug.string) }
  }

  /// The file of an image; nil if it is not as it was synced.
  package func image(_ name: String, of slug: Slug) throws(PostError) -> [UInt8]? {
    try read { try ImageTable($0).bytes(of: name, inPost: slug.string) }
  }

  /// The posts that link to this one, the newest first.
  package func posts(linkingTo slug: Slug) throws(PostError) -> [PostSummary] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT \(PostRow.summaryColumns) FROM post
          WHERE id IN (SELECT post FROM link WHERE target = ?) AND slug <> ?
          ORDER BY date DESC, slug
          """, arguments: [slug.string, slug.string]
      ).compactMap(PostRow.summary)
    }
  }

  /// Ends a search that runs on another thread; it throws `interrupted`.
  package func interrupt() { opened.withLock(\.queue).interrupt() }

  func read<T>(_ body: (Database) throws -> T) throws(PostError) -> T {
    do {
      do {
        return try queue.read(body)
      } catch let error as DatabaseError where LibraryFile.needsRollback(error, path: path) {
        return try reopened().read(body)
      }
    } catch {
      throw PostError(error, path: path)
    }
  }

  /// A new connection, after a sync was killed while this library was open (R22).
  private func reopened() throws(PostError) -> DatabaseQueue {
    let queue = try LibraryFile.openForReading(URL(fileURLWithPath: path))
    let file = FileIdentity(path: path)
    opened.withLock { $0 = Opened(queue: queue, file: file) }
    return queue
  }
}

/// A post as it came out of the library.
package struct LoadedPost: Hashable, Sendable {
  package var post: Post
  /// Whether it still has the hash that sync gave it.
  package var isIntact: Bool

  package init(post: Post, isIntact: Bool) {
    self.post = post
    self.isIntact = isIntact
  }

  /// What to tell the reader above a damaged post.
  package var notice: String? {
    isIntact ? nil : "This post is not as it was synced; run `downlink sync --rebuild`."
  }
}

package import Foundation
import GRDB

/// The posts, as a sync left them: listed, read and searched, never changed.
///
/// Every call is one short transaction, so each sees one revision. They block their caller; the
/// reader makes them off the main actor.
package final class PostLibrary: Sendable {
  let queue: DatabaseQueue
  let path: String
  let aids: SearchAids

  init(queue: DatabaseQueue, path: String, aids: SearchAids) {
    self.queue = queue
    self.path = path
    self.aids = aids
  }

  /// Opens a library for reading; where a sync was killed its rollback is finished first.
  package convenience init(at url: URL, aids: SearchAids = .none) throws(PostError) {
    self.init(queue: try LibraryFile.openForReading(url), path: url.path, aids: aids)
  }

  /// An empty library that is gone with the process: for tests, and for a home that cannot be
  /// written to.
  package static func inMemory(aids: SearchAids = .none) throws(PostError) -> PostLibrary {
    do {
      let queue = try DatabaseQueue(configuration: Connection.writing())
      try queue.write { try LibrarySchema.create(in: $0) }
      return PostLibrary(queue: queue, path: "the library in memory", aids: aids)
    } catch {
      throw PostError(error, path: "the library in memory")
    }
  }

  /// All posts, the newest first.
  package func summaries() throws(PostError) -> [PostSummary] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT \(PostRow.summaryColumns) FROM post ORDER BY date DESC, slug"
      ).compactMap(PostRow.summary)
    }
  }

  /// The name of the source of each post.
  package func sources() throws(PostError) -> [Slug: String] {
    try read { database in
      let rows = try Row.fetchAll(database, sql: "SELECT slug, source FROM post")
      return Dictionary(
        rows.compactMap { row in Slug(row.text("slug")).map { ($0, row.text("source")) } },
        uniquingKeysWith: { first, _ in first })
    }
  }

  /// A whole post, compared with its hash: one that does not match is shown all the same, with a
  /// notice (R24).
  package func post(_ slug: Slug) throws(PostError) -> LoadedPost {
    try read { database in
      let sql = "SELECT \(PostRow.postColumns), sha256 FROM post WHERE slug = ?"
      guard let row = try Row.fetchOne(database, sql: sql, arguments: [slug.string]),
        let post = PostRow.post(row)
      else { throw PostError.noSuchPost(slug: slug.string) }
      return LoadedPost(post: post, isIntact: post.hash == row.bytes("sha256"))
    }
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
  package func interrupt() { queue.interrupt() }

  func read<T>(_ body: (Database) throws -> T) throws(PostError) -> T {
    do {
      return try queue.read(body)
    } catch {
      throw PostError(error, path: path)
    }
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

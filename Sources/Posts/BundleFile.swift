package import Foundation
import GRDB

/// A bundle: the posts of a library with their images as one verified file, to be carried to a
/// machine with no network.
package enum BundleFile {
  /// The caps of a bundle (2.7).
  private enum Limit {
    static let bytes = 1 << 30
    static let posts = 100_000
    static let post = 4 << 20
    static let text = 64 << 10
    static let check = Duration.seconds(30)
  }

  // MARK: Writing

  /// Writes the posts of a library to `url`, where a whole bundle appears or none.
  ///
  /// It is verified as a stranger would verify it before it takes its name.
  package static func write(_ library: PostLibrary, to url: URL) throws(PostError) -> Int {
    let partial = url.deletingLastPathComponent().appending(
      path: ".\(url.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier)")
    defer {
      for ending in ["", "-journal"] {
        try? FileManager.default.removeItem(atPath: partial.path + ending)
      }
    }
    do {
      try LibraryFile.make(partial)
      let count = try fill(partial, from: library)
      _ = try verified(partial)
      guard rename(partial.path, url.path) == 0 else {
        throw PostError.notAllowed(path: url.path, reason: FileAccess.reason(errno))
      }
      return count
    } catch {
      throw PostError(error, path: url.path)
    }
  }

  /// All posts in one read: between two of them a sync could change the library.
  private static func fill(_ url: URL, from library: PostLibrary) throws -> Int {
    let queue = try DatabaseQueue(path: url.path, configuration: Connection.writing())
    var count = 0
    try library.read { source in
      try queue.writeWithoutTransaction { database in
        try database.execute(
          sql: """
            PRAGMA application_id = \(BundleSchema.applicationID);
            PRAGMA user_version = \(BundleSchema.version)
            """)
        try database.inTransaction(.immediate) {
          for statement in BundleSchema.statements { try database.execute(sql: statement) }
          let rows = try Row.fetchCursor(
            source, sql: "SELECT \(PostRow.postColumns) FROM \(PostRow.posts) ORDER BY slug")
          while let row = try rows.next() {
            try insert(row, into: database)
            count += 1
          }
          try BundleImages.copy(from: source, to: database)
          try MetaTable(database).set("list", Data(try listHash(database)))
          return .commit
        }
      }
    }
    try queue.close()
    return count
  }

  /// A damaged post is not passed on.
  private static func insert(_ row: Row, into database: Database) throws {
    guard let post = PostRow.post(row), post.hash == row.bytes("sha256") else {
      throw PostError.damaged(path: row.text("slug"), reason: "it is not as it was synced")
    }
    let summary = post.summary
    let texts = [
      summary.slug.string, summary.title, summary.titleEnglish, summary.date, summary.category,
      summary.tags.joined(separator: "\n"), summary.summary, summary.demo ?? "",
      post.references.joined(separator: "\n"), post.markdown,
    ]
    let names = BundleSchema.textColumns.joined(separator: ", ")
    try database.cachedStatement(
      sql: "INSERT INTO post(\(names), sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ).execute(arguments: StatementArguments(texts) + [Data(post.hash)])
  }

  /// The SHA-256 over the sorted list of slugs and hashes, and that of images (R24).
  private static func listHash(_ database: Database) throws -> [UInt8] {
    var hasher = SHA256()
    let rows = try Row.fetchCursor(database, sql: "SELECT slug, sha256 FROM post ORDER BY slug")
    while let row = try rows.next() {
      hasher.updateField(row.text("slug"))
      hasher.updateField(row.bytes("sha256"))
    }
    try BundleImages.update(&hasher, from: database)
    return hasher.finalized()
  }

  // MARK: Reading

  /// A bundle that was found whole, open for reading.
  package struct Verified: Sendable {
    fileprivate let queue: DatabaseQueue
    fileprivate let path: String
    /// The posts in it, in order.
    package let slugs: [Slug]
    fileprivate let images: BundleImages

    /// The file of an image that a post shows; nil if there is none.
    package func image(_ name: String, inPost slug: String) throws(PostError) -> [UInt8]? {
      do {
        return try queue.read { try images.bytes(of: name, inPost: slug, $0) }
      } catch {
        throw PostError(error, path: path)
      }
    }

    /// One post, compared with its hash once more.
    package func post(_ slug: Slug) throws(PostError) -> Post {
      do {
        return try queue.read { database in
          let sql = "SELECT * FROM post WHERE slug = ?"
          guard let row = try Row.fetchOne(database, sql: sql, arguments: [slug.string]) else {
            throw PostError.notABundle(path: path, reason: "it changed while it was read")
          }
          return try BundleFile.post(row, path)
        }
      } catch {
        throw PostError(error, path: path)
      }
    }
  }

  /// Opens a bundle after everything about it was checked (R34).
  ///
  /// That is its file, header, schema and pages, every value and every hash. Nothing beside it is
  /// read or made.
  package static func verified(_ url: URL) throws(PostError) -> Verified {
    try checkFile(url)
    do {
      let queue = try open(url)
      let (slugs, images) = try queue.read { database in
        try database.limited(until: .now + Limit.check) {
          try BundleSchema.check(database, path: url.path)
          let problems = try String.fetchAll(database, sql: "PRAGMA quick_check(1)")
          guard problems == ["ok"] else {
            throw PostError.notABundle(path: url.path, reason: "it is damaged")
          }
          return (
            try checkPosts(database, url.path), try BundleImages(checking: database, url.path)
          )
        }
      }
      return Verified(queue: queue, path: url.path, slugs: slugs, images: images)
    } catch let error as PostError {
      throw error
    } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
      throw .notABundle(path: url.path, reason: "checking it takes over 30 s")
    } catch {
      throw .notABundle(path: url.path, reason: "it is damaged")
    }
  }

  /// Looks at the file before SQLite does.
  private static func checkFile(_ url: URL) throws(PostError) {
    let path = url.path
    let descriptor = Foundation.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .notABundle(path: path, reason: FileAccess.reason(errno))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .notABundle(path: path, reason: "it is no regular file")
    }
    guard status.st_size <= Limit.bytes else {
      throw .notABundle(path: path, reason: "it is larger than \(Limit.bytes >> 20) MiB")
    }
    var header = [UInt8](repeating: 0, count: 100)
    guard pread(descriptor, &header, header.count, 0) == header.count else {
      throw .notABundle(path: path, reason: "it is too short")
    }
    guard let reason = DatabaseHeader(header).fault(ofFileWith: Int(status.st_size)) else { return }
    throw .notABundle(path: path, reason: reason)
  }

  /// Read-only and immutable: neither a journal nor a log beside it is obeyed or made.
  private static func open(_ url: URL) throws -> DatabaseQueue {
    let unreserved = CharacterSet(charactersIn: "/-_.").union(.alphanumerics)
    let name = url.path.addingPercentEncoding(withAllowedCharacters: unreserved) ?? url.path
    return try DatabaseQueue(path: "file:\(name)?immutable=1", configuration: Connection.reading())
  }

  private static func checkPosts(_ database: Database, _ path: String) throws -> [Slug] {
    var slugs: [Slug] = []
    let rows = try Row.fetchCursor(database, sql: "SELECT * FROM post ORDER BY slug")
    while let row = try rows.next() {
      slugs.append(try post(row, path).summary.slug)
      guard slugs.count <= Limit.posts else {
        throw PostError.notABundle(path: path, reason: "it has over \(Limit.posts) posts")
      }
    }
    guard try MetaTable(database).bytes("list") == listHash(database) else {
      throw PostError.notABundle(
        path: path, reason: "its list of posts is not the one it was made with")
    }
    return slugs
  }

  /// A row as a post: each value of the right type, not too long, without NUL, and all of them
  /// together with the hash they came with.
  private static func post(_ row: Row, _ path: String) throws -> Post {
    for name in BundleSchema.textColumns {
      let limit = name == "markdown" ? Limit.post : Limit.text
      guard let text = row.optionalText(name), text.utf8.count <= limit, !text.utf8.contains(0)
      else { throw PostError.notABundle(path: path, reason: "a post in it has a bad `\(name)`") }
    }
    guard let post = PostRow.post(row) else {
      throw PostError.notABundle(path: path, reason: "the name of a post in it is none")
    }
    guard post.hash == row.bytes("sha256") else {
      throw PostError.notABundle(path: path, reason: "the post \(post.summary.slug) was changed")
    }
    return post
  }
}

/// The first hundred bytes of an SQLite database.
private struct DatabaseHeader {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 << 8 | Int($1) } }

  /// What keeps it from being a bundle's.
  func fault(ofFileWith size: Int) -> String? {
    guard bytes.starts(with: Array("SQLite format 3\0".utf8)) else { return "it is no database" }
    guard number(68..<72) == BundleSchema.applicationID else {
      return "it is another program's database"
    }
    guard number(60..<64) == BundleSchema.version else {
      return "it was written by another version of downlink"
    }
    let pageSize = number(16..<18) == 1 ? 65_536 : number(16..<18)
    guard pageSize * number(28..<32) == size else { return "its end is missing" }
    guard bytes[18] == 1, bytes[19] == 1 else { return "it has a write-ahead log" }
    return number(56..<60) == 1 ? nil : "its text is not UTF-8"
  }
}

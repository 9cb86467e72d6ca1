import Foundation
import GRDB
package import Images

/// The library while one sync changes it.
package struct LibraryTransaction {
  private let database: Database
  private let path: String
  private let index: SearchIndexWriter
  private let list: LibraryList
  private let links: LinkCheck
  private let images: ImageTable
  /// Rows that this connection had changed when the transaction began.
  private let changesBefore: Int

  init(_ database: Database, path: String) {
    self.database = database
    self.path = path
    index = SearchIndexWriter(database)
    list = LibraryList(database)
    links = LinkCheck(database)
    images = ImageTable(database)
    changesBefore = database.totalChangesCount
  }

  private var hasChanges: Bool { database.totalChangesCount != changesBefore }

  // MARK: Asking

  /// What is known of a source's file without reading it.
  package struct Known: Hashable, Sendable {
    package var path: String
    package var slug: String
    package var stamp: Int
  }

  /// The file of each post of a source, in the order of paths.
  package func known(ofSource source: String) throws(PostError) -> [Known] {
    try run {
      // One index holds all of it.
      var known: [Known] = []
      let sql = "SELECT path, slug, stamp FROM post WHERE source = ? ORDER BY path"
      try database.forEachRow(sql, arguments: [source]) { row in
        known.append(Known(path: row.text(0), slug: row.text(1), stamp: row.integer(2)))
      }
      return known
    }
  }

  /// What a post of the library was made from.
  package struct Origin: Hashable, Sendable {
    package var source: String
    package var path: String
    package var input: [UInt8]
    package var stamp: Int
  }

  /// The origin of the post with this slug, if there is one.
  package func origin(of slug: String) throws(PostError) -> Origin? {
    try run {
      try Row.fetchOne(
        statement("SELECT source, path, input, stamp FROM post WHERE slug = ?"), arguments: [slug]
      ).map { row in
        Origin(
          source: row.text("source"), path: row.text("path"), input: row.bytes("input"),
          stamp: row.integer("stamp"))
      }
    }
  }

  /// The first links of a source's posts that lead nowhere, in the order of files and lines, and
  /// the number of all of them, as far as they are counted.
  package func brokenLinks(
    ofSource source: String, limit: Int, countingTo most: Int
  ) throws(PostError) -> (first: [BrokenLink], count: Int) {
    try run { try links.broken(ofSource: source, limit: limit, countingTo: most) }
  }

  /// The demos that a source's posts name, with the file that does.
  package func demos(
    ofSource source: String
  ) throws(PostError) -> [(path: String, demo: String)] {
    try run {
      try Row.fetchAll(
        database,
        sql: "SELECT path, demo FROM post WHERE source = ? AND demo IS NOT NULL ORDER BY path",
        arguments: [source]
      ).map { ($0.text("path"), $0.text("demo")) }
    }
  }

  /// An image of a post, with what the last sync found of its file.
  package struct ShownImage: Hashable, Sendable {
    let row: Int
    package let slug: String
    /// The post's file.
    package let post: String
    /// The image as the post has it.
    package let name: String
    /// Its file within the source.
    package let path: String
    package let stamp: Int
    package let problem: ImageProblem?
  }

  /// The images of a source's posts that lie in the source, in the order of their paths; without
  /// `andMissing` those only that were there or were not looked for yet.
  package func shownImages(
    ofSource source: String, andMissing: Bool
  ) throws(PostError) -> [ShownImage] {
    try run { try images.shown(bySource: source, andMissing: andMissing) }
  }

  /// What told at the last sync which files the source has; 0 if nothing did.
  package func layout(ofSource source: String) throws(PostError) -> Int {
    try run { try MetaTable(database).integer(MetaTable.layoutPrefix + source) }
  }

  /// Notes what tells the next time that the source has the same files.
  package func noteLayout(_ layout: Int, ofSource source: String) throws(PostError) {
    try run {
      let meta = MetaTable(database)
      let name = MetaTable.layoutPrefix + source
      if try meta.integer(name) != layout { try meta.set(name, layout) }
    }
  }

  // MARK: Changing

  /// The place of a post that was taken out, which a new version of it may have.
  package struct Place: Hashable, Sendable {
    let id: Int64
  }

  /// Puts a post in, in the place of an earlier version that was taken out, if there was one.
  ///
  /// In its old place the index writes what went and what came of a word at once; and the places
  /// of many changed posts are in order, or else FTS5 begins one more segment for each.
  package func put(_ entry: LibraryEntry, in place: Place? = nil) throws(PostError) {
    try run {
      let id = try insertPost(entry, in: place)
      try index.add(entry, id: id)
      for link in entry.links {
        try statement("INSERT INTO link(post, target, anchor, line, fault) VALUES (?, ?, ?, ?, 0)")
          .execute(arguments: [id, link.target, link.anchor, link.line])
      }
      try images.add(entry.images, of: id)
    }
  }

  /// Takes in the file of an image, or why there is none to show.
  package func set(
    _ image: ShownImage, stamp: Int, _ file: PostImage.File
  ) throws(PostError) {
    try run { try images.set(image, stamp: stamp, file) }
  }

  /// Notes what tells, the next time, that the file of an unchanged post is still the same.
  package func restamp(slug: String, _ stamp: Int) throws(PostError) {
    try run {
      try statement("UPDATE post SET stamp = ? WHERE slug = ?")
        .execute(arguments: [stamp, slug])
    }
  }

  /// Makes the full-text index anew from the texts it stands for.
  package func rebuildIndex() throws(PostError) {
    try run {
      try index.rebuild()
    }
  }

  /// Notes when a source was synced, ISO 8601 in UTC.
  ///
  /// A sync that changed nothing is noted once an hour only, since it would write nothing else.
  package func noteSync(of source: String, at time: String) throws(PostError) {
    try run {
      let meta = MetaTable(database)
      let name = MetaTable.syncedPrefix + source
      let hour = "2026-01-11T08".utf8.count
      guard try hasChanges || !meta.bytes(name).starts(with: time.utf8.prefix(hour)) else { return }
      try meta.set(name, Data(time.utf8))
    }
  }

  /// Takes every post of a source out; gives their number.
  package func removePosts(ofSource source: String) throws(PostError) -> Int {
    try run {
      let slugs = try Row.fetchAll(
        database, sql: "SELECT slug FROM post WHERE source = ?", arguments: [source])
      for row in slugs { try delete(slug: row.text("slug")) }
      for prefix in [MetaTable.syncedPrefix, MetaTable.layoutPrefix] {
        try MetaTable(database).remove(prefix + source)
      }
      return slugs.count
    }
  }

  /// Takes a post out; gives the place where it was, nil if there is none.
  @discardableResult
  package func remove(slug: String) throws(PostError) -> Place? {
    try run { try delete(slug: slug) }
  }

  /// Finishes what many posts have in common, and records which posts this revision holds (R24).
  func seal() throws {
    try index.finish()
    try links.settle()
    if hasChanges { try images.sweep() }
    try list.seal()
  }

  private func insertPost(_ entry: LibraryEntry, in place: Place?) throws -> Int64 {
    let post = entry.post
    let summary = post.summary
    try statement(
      """
      INSERT INTO post(id, slug, source, path, input, stamp, title, title_english, date, category,
        tags, summary, demo, citations, unknown_keys, words, formulas, sha256)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).execute(arguments: [
      place?.id, summary.slug.string, entry.source, entry.path, Data(entry.input), entry.stamp,
      summary.title, summary.titleEnglish, summary.date, summary.category,
      summary.tags.joined(separator: "\n"), summary.summary, summary.demo,
      post.references.joined(separator: "\n"), entry.unknownKeys.joined(separator: "\n"),
      entry.wordCount, entry.searchText.outline.formulas.count, Data(entry.hash),
    ])
    let id = database.lastInsertedRowID
    try statement("INSERT INTO markdown(post, text) VALUES (?, ?)")
      .execute(arguments: [id, post.markdown])
    list.touch(entry.hash)
    links.touch(summary.slug.string)
    return id
  }

  @discardableResult
  private func delete(slug: String) throws -> Place? {
    let known = try Row.fetchOne(
      statement("SELECT id, sha256 FROM post WHERE slug = ?"), arguments: [slug])
    guard let known else { return nil }
    let id = Int64(known.integer("id"))
    try index.remove(id)
    try images.remove(ofPost: id)
    for sql in [
      "DELETE FROM link WHERE post = ?", "DELETE FROM markdown WHERE post = ?",
      "DELETE FROM post WHERE id = ?",
    ] { try statement(sql).execute(arguments: [id]) }
    list.touch(known.bytes("sha256"))
    links.touch(slug)
    return Place(id: id)
  }

  private func statement(_ sql: String) throws -> Statement {
    try database.cachedStatement(sql: sql)
  }

  private func run<T>(_ body: () throws -> T) throws(PostError) -> T {
    do {
      return try body()
    } catch {
      throw PostError(error, path: path)
    }
  }
}

import Foundation
import GRDB
import Images

/// The images of posts: who shows what, and the files, each kept once under its hash (R24).
struct ImageTable {
  private let database: Database

  static let statements = [
    """
    CREATE TABLE image(post INTEGER NOT NULL, name TEXT NOT NULL, path TEXT NOT NULL, \
    stamp INTEGER NOT NULL, problem TEXT NOT NULL, sha256 BLOB)
    """,
    "CREATE INDEX image_of_post ON image(post)",
    "CREATE INDEX image_to_look_at ON image(path) WHERE \(toLookAt)",
    "CREATE INDEX image_of_asset ON image(sha256)",
    """
    CREATE TABLE asset(id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE, \
    width INTEGER NOT NULL, height INTEGER NOT NULL, bytes BLOB NOT NULL)
    """,
  ]

  /// Images of a source that are there, or whose files were not looked for yet.
  private static let toLookAt = "path <> '' AND (problem <> 'missing' OR stamp = 0)"
  /// The stamp of an image that was looked for and is not there.
  private static let lookedFor = 1

  init(_ database: Database) { self.database = database }

  // MARK: Writing

  /// Notes what a new post shows; the files are still to be read.
  func add(_ images: [PostImage], of post: Int64) throws {
    for image in images {
      let problem: ImageProblem = image.path.isEmpty ? .elsewhere : .missing
      try execute(
        "INSERT INTO image(post, name, path, stamp, problem) VALUES (?, ?, ?, 0, ?)",
        [post, image.name, image.path, problem.rawValue])
    }
  }

  func remove(ofPost post: Int64) throws {
    try execute("DELETE FROM image WHERE post = ?", [post])
  }

  /// Takes the file of an image in, or why there is none.
  func set(_ image: LibraryTransaction.ShownImage, stamp: Int, _ file: PostImage.File) throws {
    switch file {
    case .refused(let problem):
      let stamp = problem == .missing ? Self.lookedFor : stamp
      guard problem != image.problem || stamp != image.stamp else { return }
      try execute(
        "UPDATE image SET stamp = ?, problem = ?, sha256 = NULL WHERE rowid = ?",
        [stamp, problem.rawValue, image.row])
    case .read(let bytes, let header):
      let hash = Data(SHA256.hash(bytes))
      try execute(
        "INSERT OR IGNORE INTO asset(sha256, width, height, bytes) VALUES (?, ?, ?, ?)",
        [hash, header.width, header.height, Data(bytes)])
      try execute(
        """
        UPDATE image SET stamp = ?1, problem = '', sha256 = ?2
        WHERE rowid = ?3 AND (stamp, problem, sha256) IS NOT (?1, '', ?2)
        """, [stamp, hash, image.row])
    }
  }

  /// Drops the files that no post shows any more.
  func sweep() throws {
    try execute(
      """
      DELETE FROM asset WHERE NOT EXISTS (SELECT 1 FROM image WHERE image.sha256 = asset.sha256)
      """, [])
  }

  private func execute(_ sql: String, _ arguments: StatementArguments) throws {
    try database.cachedStatement(sql: sql).execute(arguments: arguments)
  }

  // MARK: Reading

  /// What a source's posts show, with what was known of each file, in the order of paths.
  func shown(
    bySource source: String, andMissing: Bool
  ) throws -> [LibraryTransaction.ShownImage] {
    let condition =
      andMissing
      ? "image.path <> ''"
      : "image.path <> '' AND (image.problem <> 'missing' OR image.stamp = 0)"
    return try Row.fetchAll(
      database,
      sql: """
        SELECT image.rowid AS row, slug, post.path AS post, name, image.path AS path,
          image.stamp AS stamp, problem
        FROM image CROSS JOIN post ON post.id = image.post
        WHERE \(condition) AND source = ? ORDER BY image.path
        """, arguments: [source]
    ).map { row in
      LibraryTransaction.ShownImage(
        row: row.integer("row"), slug: row.text("slug"), post: row.text("post"),
        name: row.text("name"), path: row.text("path"), stamp: row.integer("stamp"),
        problem: ImageProblem(rawValue: row.text("problem")))
    }
  }

  /// What is known of the images of a post, by their names in it.
  func states(ofPost slug: String) throws -> [String: PostImage.State] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT name, problem, width, height FROM image JOIN post ON post.id = image.post
        LEFT JOIN asset ON asset.sha256 = image.sha256 WHERE slug = ?
        """, arguments: [slug])
    return Dictionary(
      rows.map { row in
        let size = (width: row.integer("width"), height: row.integer("height"))
        let state: PostImage.State =
          size.width > 0 && size.height > 0
          ? .sized(width: size.width, height: size.height)
          : .refused(ImageProblem(rawValue: row.text("problem")) ?? .damaged)
        return (row.text("name"), state)
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The file of an image, if it still has its hash.
  func bytes(of name: String, inPost slug: String) throws -> [UInt8]? {
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT asset.sha256 AS sha256, bytes FROM image JOIN post ON post.id = image.post
        JOIN asset ON asset.sha256 = image.sha256 WHERE slug = ? AND name = ?
        """, arguments: [slug, name])
    guard let row else { return nil }
    let bytes = row.bytes("bytes")
    return SHA256.hash(bytes) == row.bytes("sha256") ? bytes : nil
  }

  /// What is not as a sync left it.
  func faults() throws -> [String] {
    var faults: [String] = []
    let assets = try Row.fetchCursor(
      database, sql: "SELECT sha256, bytes FROM asset ORDER BY sha256")
    while let row = try assets.next() {
      if SHA256.hash(row.bytes("bytes")) != row.bytes("sha256") {
        faults.append("an image is not as it was synced")
      }
    }
    let lost = try Row.fetchAll(
      database,
      sql: """
        SELECT name, slug FROM image LEFT JOIN post ON post.id = image.post
        LEFT JOIN asset ON asset.sha256 = image.sha256
        WHERE image.sha256 IS NOT NULL AND asset.id IS NULL
        """)
    return faults + lost.map { "the image \($0.text("name")) of \($0.text("slug")) is missing" }
  }
}

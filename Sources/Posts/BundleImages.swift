import Foundation
import GRDB
import Images

/// The images of a bundle: each file once, and the posts that show it.
struct BundleImages: Sendable {
  /// The row of the file of each image.
  private var rows: [Name: Int] = [:]

  private struct Name: Hashable {
    var slug: String
    var name: String
  }

  // MARK: Writing

  /// Copies the images of a library; a damaged one is not passed on.
  static func copy(from library: Database, to bundle: Database) throws {
    let assets = try Row.fetchCursor(
      library, sql: "SELECT sha256, bytes FROM asset ORDER BY sha256")
    while let row = try assets.next() {
      let (hash, bytes) = (row.bytes("sha256"), row.bytes("bytes"))
      guard SHA256.hash(bytes) == hash else {
        throw PostError.damaged(path: "an image", reason: "it is not as it was synced")
      }
      try bundle.cachedStatement(sql: "INSERT INTO asset(sha256, bytes) VALUES (?, ?)")
        .execute(arguments: [Data(hash), Data(bytes)])
    }
    let images = try Row.fetchCursor(
      library,
      sql: """
        SELECT slug, name, image.sha256 AS sha256 FROM image JOIN post ON post.id = image.post
        WHERE image.sha256 IS NOT NULL ORDER BY slug, name
        """)
    while let row = try images.next() {
      try bundle.cachedStatement(sql: "INSERT INTO image(slug, name, sha256) VALUES (?, ?, ?)")
        .execute(arguments: [row.text("slug"), row.text("name"), Data(row.bytes("sha256"))])
    }
  }

  /// Adds who shows what to the hash of a bundle's list; the hashes cover the files.
  static func update(_ hasher: inout SHA256, from bundle: Database) throws {
    let rows = try Row.fetchCursor(
      bundle, sql: "SELECT slug, name, sha256 FROM image ORDER BY slug, name")
    while let row = try rows.next() {
      hasher.updateField(row.text("slug"))
      hasher.updateField(row.text("name"))
      hasher.updateField(row.bytes("sha256"))
    }
  }

  // MARK: Reading

  /// Checks every file and every image: types, sizes and hashes (R34).
  init(checking bundle: Database, _ path: String) throws {
    var places: [[UInt8]: Int] = [:]
    let assets = try Row.fetchCursor(bundle, sql: "SELECT id, sha256, bytes FROM asset")
    while let row = try assets.next() {
      let (hash, bytes) = (row.bytes("sha256"), row.bytes("bytes"))
      guard bytes.count <= ImageHeader.Limit.bytes, SHA256.hash(bytes) == hash else {
        throw PostError.notABundle(path: path, reason: "an image in it was changed")
      }
      places[hash] = row.integer("id")
    }
    let images = try Row.fetchCursor(bundle, sql: "SELECT slug, name, sha256 FROM image")
    while let row = try images.next() {
      guard let slug = row.optionalText("slug"), let name = row.optionalText("name"),
        name.utf8.count <= 1024, !name.utf8.contains(0), let place = places[row.bytes("sha256")]
      else { throw PostError.notABundle(path: path, reason: "an image in it has no file") }
      rows[Name(slug: slug, name: name)] = place
    }
  }

  /// The file of an image; nil if the bundle has none.
  func bytes(of name: String, inPost slug: String, _ bundle: Database) throws -> [UInt8]? {
    guard let place = rows[Name(slug: slug, name: name)] else { return nil }
    let sql = "SELECT bytes FROM asset WHERE id = ?"
    return try Row.fetchOne(bundle, sql: sql, arguments: [place])?.bytes("bytes")
  }
}

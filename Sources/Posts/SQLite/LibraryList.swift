import Foundation
import GRDB

/// The library's own statement of which posts it holds (R24): a tree of hashes over the posts' own,
/// each of which covers the slug.
///
/// A leaf is the SHA-256 over the sorted hashes of the posts whose hash begins with the same byte,
/// and the list's hash is that over the 256 leaves. So a sync that changed one post of many hashes
/// two leaves and not all.
final class LibraryList {
  private let database: Database
  private let meta: MetaTable
  /// First bytes of the hashes that came or went.
  private var touched: Set<UInt8> = []

  private static let leaf = 32
  private static let size = 256 * leaf

  init(_ database: Database) {
    self.database = database
    meta = MetaTable(database)
  }

  /// Notes that a post with this hash came or went.
  func touch(_ hash: [UInt8]) {
    if let first = hash.first { touched.insert(first) }
  }

  /// Records the posts of this revision, under the next number if they are others than before.
  func seal() throws {
    var leaves = try meta.bytes("leaves")
    if leaves.count != Self.size {
      leaves = try allLeaves()
    } else {
      guard !touched.isEmpty else { return }
      for byte in touched {
        let start = Int(byte) * Self.leaf
        leaves.replaceSubrange(start..<start + Self.leaf, with: try hash(ofLeaf: byte))
      }
    }
    touched = []
    let list = SHA256.hash(leaves)
    guard try list != meta.bytes("list") else { return }
    try meta.set("leaves", Data(leaves))
    try meta.set("list", Data(list))
    try meta.set("revision", meta.integer("revision") + 1)
  }

  /// Whether the posts are those that the last sync left.
  func isIntact() throws -> Bool {
    let list = try meta.bytes("list")
    guard !list.isEmpty else { return try Row.fetchOne(database, sql: "SELECT 1 FROM post") == nil }
    let leaves = try allLeaves()
    return try meta.bytes("leaves") == leaves && SHA256.hash(leaves) == list
  }

  private func hash(ofLeaf byte: UInt8) throws -> [UInt8] {
    // No hash is longer than 32 bytes, so the second bound is above all that begin with 0xff.
    let end = byte < 0xff ? Data([byte + 1]) : Data(repeating: 0xff, count: Self.leaf + 1)
    let rows = try Row.fetchCursor(
      database.cachedStatement(
        sql: "SELECT sha256 FROM post WHERE sha256 >= ? AND sha256 < ? ORDER BY sha256"),
      arguments: [Data([byte]), end])
    var hasher = SHA256()
    while let row = try rows.next() { hasher.updateField(row.bytes("sha256")) }
    return hasher.finalized()
  }

  private func allLeaves() throws -> [UInt8] {
    try (0...UInt8.max).flatMap { try hash(ofLeaf: $0) }
  }
}

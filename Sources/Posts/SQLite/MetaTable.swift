import Foundation
import GRDB

/// The table `meta`: what a library or a bundle says of itself, by name.
struct MetaTable {
  private let database: Database

  /// Stands before the name of a source: when that was synced.
  static let syncedPrefix = "synced "
  /// Stands before the name of a source: what tells that it has the same files.
  static let layoutPrefix = "layout "

  init(_ database: Database) { self.database = database }

  func bytes(_ name: String) throws -> [UInt8] { try row(name)?.bytes("value") ?? [] }

  func integer(_ name: String) throws -> Int { try row(name)?.integer("value") ?? 0 }

  func set(_ name: String, _ value: some DatabaseValueConvertible) throws {
    try database.cachedStatement(sql: "INSERT OR REPLACE INTO meta(name, value) VALUES (?, ?)")
      .execute(arguments: [name, value])
  }

  func remove(_ name: String) throws {
    try database.cachedStatement(sql: "DELETE FROM meta WHERE name = ?").execute(arguments: [name])
  }

  private func row(_ name: String) throws -> Row? {
    try Row.fetchOne(
      database.cachedStatement(sql: "SELECT value FROM meta WHERE name = ?"), arguments: [name])
  }
}

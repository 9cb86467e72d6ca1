import Foundation

/// The tables beside the library that help a search: other names, and how ideographs are read.
package struct SearchAids: Sendable {
  let aliases: Aliases
  private let folder: String?

  /// No tables: what is typed is all that is searched for.
  package static let none = SearchAids(folder: nil)

  /// Reads the tables in a folder; one that is missing helps with nothing.
  package init(folder: String?) {
    self.folder = folder
    aliases = Aliases(table: Self.text("aliases.txt", in: folder))
  }

  /// Read when nothing else was found, which is seldom.
  func pinyin() -> Pinyin { Pinyin(table: Self.text("pinyin.txt", in: folder)) }

  private static func text(_ name: String, in folder: String?) -> String {
    guard let folder, let bytes = FileManager.default.contents(atPath: folder + "/" + name) else {
      return ""
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

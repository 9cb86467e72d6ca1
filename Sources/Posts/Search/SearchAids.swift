import Foundation
import Synchronization

/// The tables beside the library that help a search: other names, and how ideographs are read.
package struct SearchAids: Sendable {
  private let folder: String?
  private let cache = Cache()

  private final class Cache: Sendable {
    let aliases = Mutex<Aliases?>(nil)
  }

  /// No tables: what is typed is all that is searched for.
  package static let none = SearchAids(folder: nil)

  /// The tables in a folder; one that is missing helps with nothing.
  package init(folder: String?) { self.folder = folder }

  /// Read with the first search, so that the reader's first screen does not wait for it.
  var aliases: Aliases {
    cache.aliases.withLock { known in
      let aliases = known ?? Aliases(table: Self.text("aliases.txt", in: folder))
      known = aliases
      return aliases
    }
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

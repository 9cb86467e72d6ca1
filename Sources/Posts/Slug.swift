import Foundation

/// The name of a post, by which everything refers to it: `[a-z0-9-]{1,64}` (R31).
///
/// Keys of both databases are slugs and never row numbers, so that the reader's state outlives a
/// rebuilt library.
package struct Slug: Hashable, Sendable, CustomStringConvertible {
  package let string: String

  /// Nil if the text is no slug.
  package init?(_ string: String) {
    let isWellFormed = string.utf8.allSatisfy { byte in
      (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2d
    }
    guard isWellFormed, (1...64).contains(string.utf8.count) else { return nil }
    self.string = string
  }

  package var description: String { string }

  /// The name of the post in a file, by the file's path within its source.
  ///
  /// A name that is a slug is kept. Else letters become small, whatever is neither letter nor digit
  /// of ASCII becomes `-`, and where letters were lost a part of the name's hash stands for them.
  /// The date in front, as Jekyll has it, is no part of the name; `index.md` and `README.md` have
  /// that of their folder.
  package init(path: String) {
    var components = path.split(separator: "/").map(String.init)
    if let dot = components.last?.lastIndex(of: "."), let last = components.popLast() {
      components.append(String(last[..<dot]))
    }
    if let last = components.last?.lowercased(), ["index", "readme"].contains(last),
      components.count > 1
    {
      components.removeLast()
    }
    let stem = (components.last ?? "").precomposedStringWithCanonicalMapping
    let name = DatedName(stem).map(\.rest) ?? ""
    self.init(name: name.isEmpty ? stem : String(name))
  }

  private init(name: String) {
    if let slug = Slug(name) {
      self = slug
      return
    }
    let words = name.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
    let plain = words.joined(separator: "-")
    let isLost = name.contains { !$0.isASCII } || plain.isEmpty || plain.utf8.count > 64
    let digest = SHA256.hash(Array(name.utf8)).prefix(4)
    let mark = digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    let parts = isLost ? [String(plain.prefix(48)), mark] : [plain]
    string = parts.filter { !$0.isEmpty }.joined(separator: "-")
  }
}

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
}

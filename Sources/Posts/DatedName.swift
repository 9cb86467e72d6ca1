/// The date in front of a file's name, as Jekyll has it: `2026-01-11-name.md`.
package struct DatedName: Hashable, Sendable {
  package let day: Substring
  package let rest: Substring

  /// Nil if the name does not begin with a date and a hyphen.
  package init?(_ name: String) {
    let pattern = "dddd-dd-dd-".utf8
    let front = name.utf8.prefix(pattern.count)
    let isDated = zip(front, pattern).allSatisfy { byte, kind in
      kind == UInt8(ascii: "d") ? (0x30...0x39).contains(byte) : byte == kind
    }
    guard front.count == pattern.count, isDated else { return nil }
    day = name.prefix(pattern.count - 1)
    rest = name.dropFirst(pattern.count)
  }
}

import Foundation

/// Where in a source the file of an image lies, by what a post has for it.
enum ImagePath {
  /// Bytes of the longest name that is kept; an image written out in its address is longer.
  static let longestName = 1024

  /// The path below the source's root; nil for an address elsewhere and for what would leave the
  /// source or is hidden in it (R31).
  ///
  /// A path from the root is one from that of the source, as generators have it.
  static func resolved(_ name: String, fromPost path: String) -> String? {
    guard !isElsewhere(name) else { return nil }
    let file = name.prefix { $0 != "?" && $0 != "#" }
    guard let decoded = String(file).removingPercentEncoding, !decoded.utf8.contains(0) else {
      return nil
    }
    var components = decoded.hasPrefix("/") ? [] : path.split(separator: "/").dropLast()
    for component in decoded.split(separator: "/") {
      switch component {
      case ".": break
      case "..":
        guard components.popLast() != nil else { return nil }
      case let hidden where hidden.hasPrefix("."): return nil
      default: components.append(component)
      }
    }
    return components.isEmpty ? nil : components.joined(separator: "/")
  }

  /// An address with a scheme or a host.
  static func isElsewhere(_ name: String) -> Bool {
    if name.hasPrefix("//") { return true }
    let scheme = name.utf8.prefix { $0 != UInt8(ascii: ":") }
    guard let first = scheme.first, isLetter(first), scheme.endIndex < name.endIndex else {
      return false
    }
    return scheme.allSatisfy { isLetter($0) || "0123456789+.-".utf8.contains($0) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }
}

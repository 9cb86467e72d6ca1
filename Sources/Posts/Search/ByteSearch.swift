/// Finds bytes in a text, capitals of ASCII for small letters, many times as fast as by words.
enum ByteSearch {
  static func small(_ byte: UInt8) -> UInt8 {
    (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
  }

  /// Whether a text without capitals occurs.
  static func contains(_ needle: [UInt8], in text: String) -> Bool {
    var text = text
    return text.withUTF8 { !offsets(of: needle, in: $0, limit: 1).isEmpty }
  }

  /// Where a text of small letters occurs, at most so often.
  static func offsets(
    of needle: [UInt8], in text: UnsafeBufferPointer<UInt8>, limit: Int
  ) -> [Int] {
    guard let last = needle.last, text.count >= needle.count else { return [] }
    var found: [Int] = []
    var end = needle.count - 1
    // The last byte of an ideograph tells more than its first.
    while end < text.count, found.count < limit {
      defer { end += 1 }
      guard small(text[end]) == last else { continue }
      let start = end - needle.count + 1
      var k = 0
      while k < needle.count, small(text[start + k]) == needle[k] { k += 1 }
      if k == needle.count { found.append(start) }
    }
    return found
  }
}

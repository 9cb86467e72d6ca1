import Posts
import Testing

@Suite struct SHA256Tests {
  /// The vectors of FIPS 180-4 and RFC 6234.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ])
  func `hashes the published vectors`(text: String, expected: String) {
    #expect(hex(SHA256.hash(Array(text.utf8))) == expected)
  }

  @Test func `is the same however the bytes arrive`() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    for length in [1, 7, 55, 56, 63, 64, 65, 119, 120, 128, 999] {
      var hasher = SHA256()
      for start in stride(from: 0, to: length, by: 13) {
        hasher.update(bytes[start..<min(start + 13, length)])
      }
      #expect(hasher.finalized() == SHA256.hash(Array(bytes[..<length])))
    }
  }

  @Test func `fields with moved borders differ`() {
    var first = SHA256()
    first.updateField("ab")
    first.updateField("c")
    var second = SHA256()
    second.updateField("a")
    second.updateField("bc")
    #expect(first.finalized() != second.finalized())
  }

  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count < 2 ? "0" + digits : digits
    }.joined()
  }
}

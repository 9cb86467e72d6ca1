/// A text and its tokens, cut once for all who ask: the full-text index and the vocabulary.
struct TokenizedText: Sendable {
  private let text: String
  /// The folded bytes of all tokens, one token behind the other.
  private var folded: [UInt8] = []
  /// For each token twice its number of bytes, and one more if it is colocated; no token is as
  /// long as 128 bytes.
  private var marks: [UInt8] = []

  init(_ text: String) {
    self.text = text
    var text = text
    // An ideograph stands in up to three tokens, a sign in none.
    folded.reserveCapacity(text.utf8.count * 2)
    marks.reserveCapacity(text.utf8.count / 2)
    text.withUTF8 { utf8 in
      Tokenizer.scan(utf8) { token, _, isColocated in
        folded.append(contentsOf: token)
        marks.append(UInt8(token.count << 1 | (isColocated ? 1 : 0)))
        return true
      }
    }
  }

  /// Whether these are the bytes of the text.
  func isOf(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    text.utf8.count == utf8.count
      && text.utf8.withContiguousStorageIfAvailable { $0.elementsEqual(utf8) } == true
  }

  /// Gives each token, in order: its folded bytes, and whether it is colocated; stops when `body`
  /// says false.
  func forEach(_ body: (UnsafeBufferPointer<UInt8>, Bool) -> Bool) {
    folded.withUnsafeBufferPointer { folded in
      var start = 0
      for mark in marks {
        let end = start + Int(mark >> 1)
        let token = UnsafeBufferPointer(rebasing: folded[start..<end])
        guard body(token, mark & 1 == 1) else { return }
        start = end
      }
    }
  }
}

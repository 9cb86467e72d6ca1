/// Cuts text into the words by which it is found.
///
/// The same function serves the index, queries, snippets and highlighting. It works on UTF-8 and
/// gives byte offsets.
/// - Every ideograph is a token, and at the same position stands the bigram that it begins. One
///   ideograph asks for the first, a longer run for the phrase of its bigrams; so any part of a
///   Chinese sentence is found, and nothing else. Traditional ideographs are read as simplified.
/// - Words of other scripts are runs of letters and digits without case, width and diacritics.
///   The parts of a camel-case word stand at its position.
/// - A Greek letter is its English name, which is also its TeX name.
/// - `C++`, `C#` and `F#` are words. Letters above or below the line end the word before them, so
///   that `xₜ` reads like `x_t`.
package enum Tokenizer {
  /// Stands in the schema of the index; another version means that the library is rebuilt.
  package static let version = 2

  /// A word, the bytes of the text that it was read from, and whether it stands at the position
  /// of the token before it.
  package struct Token: Hashable, Sendable {
    package var text: String
    package var range: Range<Int>
    package var isColocated: Bool

    package init(text: String, range: Range<Int>, isColocated: Bool) {
      self.text = text
      self.range = range
      self.isColocated = isColocated
    }
  }

  /// The tokens of a text, in order.
  package static func tokens(in text: String) -> [Token] {
    var text = text
    return text.withUTF8 { utf8 in
      var tokens: [Token] = []
      scan(utf8) { bytes, range, isColocated in
        tokens.append(
          Token(
            text: String(decoding: bytes, as: UTF8.self), range: range, isColocated: isColocated))
        return true
      }
      return tokens
    }
  }

  /// Gives each token to `emit`: its folded bytes, its range, whether it is colocated; stops when
  /// `emit` says false.
  static func scan(
    _ utf8: UnsafeBufferPointer<UInt8>,
    _ emit: (UnsafeBufferPointer<UInt8>, Range<Int>, Bool) -> Bool
  ) {
    withoutActuallyEscaping(emit) { emit in
      var scanner = TokenScanner(utf8: utf8, emit: emit)
      scanner.run()
    }
  }
}

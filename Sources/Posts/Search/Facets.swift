import Markdown

/// What the index knows of a post besides its words: the languages in it and the signs in it.
///
/// Each is a word of its own, of hexadecimal digits behind letters that no word begins with, so that
/// nobody meets one by typing. Signs stand there alone and in pairs; so `->` is found by the index,
/// and only a longer run of signs has to be read for.
enum Facets {
  /// The word of a language: `zh`, `en`, or that of a block of code.
  static func language(_ name: String) -> String { "xl" + digits(name.lowercased().utf8) }

  /// The words of the signs in a text, each once.
  static func signs(in text: String, isReading: Bool = false) -> Set<String> {
    var found: Set<UInt64> = []
    var last: UInt32?
    for scalar in text.unicodeScalars {
      guard isSign(scalar) else {
        last = nil
        continue
      }
      found.insert(UInt64(scalar.value))
      if let last { found.insert(pair(last, scalar.value)) }
      last = scalar.value
    }
    return Set(found.map { word($0, isReading: isReading) })
  }

  /// The words that the index is asked for a text of signs; and whether they alone prove it.
  static func query(
    _ literal: String, isReading: Bool = false
  ) -> (words: [String], isProof: Bool) {
    let runs = literal.unicodeScalars.split { !isSign($0) }.map { $0.map(\.value) }
    let words = runs.flatMap { run in
      run.count == 1 ? [UInt64(run[0])] : zip(run, run.dropFirst()).map(pair)
    }
    let isProof = runs.count == 1 && runs[0].count <= 2
    return (words.map { word($0, isReading: isReading) }, isProof)
  }

  /// Whatever is no part of a word and can be seen.
  private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x61...0x7a, 0x41...0x5a, 0x30...0x39, 0x4e00...0x9fff, 0...0x20, 0x7f: return false
    case 0x21..<0x7f: return true
    default: break
    }
    guard !scalar.properties.isWhitespace else { return false }
    return switch Folding.fold(scalar) {
    case .separator, .mark: true
    default: false
    }
  }

  private static func pair(_ first: UInt32, _ second: UInt32) -> UInt64 {
    UInt64(first) << 32 | UInt64(second)
  }

  private static func word(_ signs: UInt64, isReading: Bool) -> String {
    (isReading ? "xr" : "xs") + String(signs, radix: 16)
  }

  private static func digits(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

extension SearchText {
  /// The words of this text's languages and signs.
  func facets(title: String, tags: String) -> String {
    let written = Facets.signs(in: title + "\n" + tags + "\n" + body)
    let read = Facets.signs(in: formulas, isReading: true)
    let languages = self.languages.map(Facets.language)
    return (languages.sorted() + written.sorted() + read.sorted()).joined(separator: " ")
  }
}

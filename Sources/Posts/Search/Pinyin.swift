/// How ideographs are read, to find what somebody typed without an input method.
///
/// Every reading of an ideograph counts, so that 银行 and 行为, 长度 and 生长 are all found.
struct Pinyin: Sendable {
  private let readings: [Unicode.Scalar: [[UInt8]]]

  /// Reads a table: on each line a syllable without its tone, and the ideographs read so.
  init(table: String) {
    var readings: [Unicode.Scalar: [[UInt8]]] = [:]
    for line in table.split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let syllable = Array(parts[0].utf8)
      // `lüe` is typed as `lve` and as `lue`.
      let other = syllable.map { $0 == UInt8(ascii: "v") ? UInt8(ascii: "u") : $0 }
      for scalar in parts[1].unicodeScalars {
        readings[scalar, default: []] += other == syllable ? [syllable] : [syllable, other]
      }
    }
    self.readings = readings
  }

  /// How well a word is what was typed.
  enum Match: Int, Comparable {
    /// By the first letters of its syllables.
    case initials
    /// By its syllables, of which the last is not finished.
    case begun
    case whole

    static func < (a: Match, b: Match) -> Bool { a.rawValue < b.rawValue }
  }

  /// Letters as they are compared: no blanks, apostrophes or tones, `ü` as `v`.
  static func typed(_ text: String) -> [UInt8]? {
    let letters = text.lowercased().replacing("ü", with: "v").filter { !" '’".contains($0) }
    guard letters.count >= 2, letters.allSatisfy({ $0.isASCII && $0.isLetter }) else { return nil }
    return Array(letters.utf8)
  }

  /// The ideographs that may come first in a word that is read so.
  func firsts(_ typed: [UInt8]) -> [Unicode.Scalar] {
    readings.filter { $0.value.contains { Self.begins($0, typed[...]) || $0[0] == typed[0] } }
      .keys.sorted()
  }

  func match(_ word: some Sequence<Unicode.Scalar>, _ typed: [UInt8]) -> Match? {
    let word = Array(word)
    if let syllables = syllables(word[...], typed[...]) { return syllables }
    return initials(word[...], typed[...]) ? .initials : nil
  }

  private func syllables(
    _ word: ArraySlice<Unicode.Scalar>, _ typed: ArraySlice<UInt8>
  ) -> Match? {
    guard let first = word.first else { return typed.isEmpty ? .whole : nil }
    let rest = word.dropFirst()
    return (readings[first] ?? []).compactMap { reading -> Match? in
      if Self.begins(reading, typed) { return syllables(rest, typed.dropFirst(reading.count)) }
      let isBegun = rest.isEmpty && typed.count >= 1 && reading.starts(with: typed)
      return isBegun ? .begun : nil
    }.max()
  }

  /// `zhuyili` is `zyl`, and `zhyl` too.
  private func initials(_ word: ArraySlice<Unicode.Scalar>, _ typed: ArraySlice<UInt8>) -> Bool {
    guard let first = word.first else { return typed.isEmpty }
    return (readings[first] ?? []).contains { reading in
      guard typed.first == reading.first else { return false }
      if initials(word.dropFirst(), typed.dropFirst()) { return true }
      return reading.count > 1 && reading[1] == UInt8(ascii: "h")
        && typed.dropFirst().first == reading[1]
        && initials(word.dropFirst(), typed.dropFirst(2))
    }
  }

  private static func begins(_ reading: [UInt8], _ typed: ArraySlice<UInt8>) -> Bool {
    typed.starts(with: reading)
  }
}

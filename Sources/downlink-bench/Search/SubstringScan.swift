import Foundation

/// The truth about a query: a scan of every document for it, with no index and no tokenizer.
struct SubstringScan {
  private let texts: [FoldedText]

  init(_ corpus: Corpus) {
    texts = corpus.documents.map { document in
      let tags = document.tags.joined(separator: "\n")
      return FoldedText(
        [document.title, tags, document.category, document.body].joined(separator: "\n"))
    }
  }

  /// Numbers of the documents that hold the query.
  func documents(with question: Question) -> Set<Int> {
    let needles = Self.needles(question)
    return Set(
      texts.indices.filter { number in needles.allSatisfy { $0.occurs(in: texts[number]) } })
  }

  private static func needles(_ question: Question) -> [Needle] {
    switch question.kind {
    case .symbol: [Needle(form: \.raw, question.text)]
    case .tex:
      [Needle(form: \.tex, FoldedText.tex(question.text), startsWord: true, endsWord: true)]
    case .several:
      question.text.split(separator: " ").map { word in
        // The last word is open only if no blank follows it.
        let endsWord = question.text.hasSuffix(" ") || !question.text.hasSuffix(word)
        let text = FoldedText.fold(String(word))
        return Needle(form: \.folded, text, startsWord: true, endsWord: endsWord)
      }
    case .english:
      [
        Needle(
          form: \.folded, FoldedText.fold(question.text).trimmed, startsWord: true, endsWord: true)
      ]
    case .prefix, .identifier, .mixture:
      [Needle(form: \.folded, FoldedText.fold(question.text), startsWord: true)]
    case .character, .word, .longWord, .run:
      [Needle(form: \.folded, FoldedText.fold(question.text))]
    }
  }

  /// A piece of text to be found in one of the forms of a document.
  private struct Needle {
    let form: KeyPath<FoldedText, [UInt8]>
    let bytes: [UInt8]
    let startsWord: Bool
    let endsWord: Bool

    init(
      form: KeyPath<FoldedText, [UInt8]>, _ text: String, startsWord: Bool = false,
      endsWord: Bool = false
    ) {
      self.form = form
      bytes = Array(text.utf8)
      self.startsWord = startsWord && bytes.first.map(FoldedText.isWord) == true
      self.endsWord = endsWord && bytes.last.map(FoldedText.isWord) == true
    }

    func occurs(in text: FoldedText) -> Bool {
      if occurs(in: text[keyPath: form]) { return true }
      guard form == \FoldedText.folded, startsWord else { return false }
      // A word is also a part of one in camel case, or the name of a Greek letter.
      return occurs(in: text.parts) || bytes.allSatisfy(FoldedText.isWord) && occurs(in: text.tex)
    }

    private func occurs(in text: [UInt8]) -> Bool {
      var i = 0
      while let start = text.firstOffset(of: bytes, from: i) {
        let end = start + bytes.count
        if !(startsWord && start > 0 && FoldedText.isWord(text[start - 1])),
          !(endsWord && end < text.count && FoldedText.isWord(text[end]))
        {
          return true
        }
        i = start + 1
      }
      return false
    }
  }
}

/// A text in the forms that a person takes for the same.
struct FoldedText {
  let raw: [UInt8]
  /// Without case and width, without blanks beside ideographs.
  let folded: [UInt8]
  /// The same with camel-case words cut into their parts.
  let parts: [UInt8]
  /// Without case, braces and backslashes, Greek letters by their names.
  let tex: [UInt8]

  init(_ text: String) {
    raw = Array(text.utf8)
    folded = Array(Self.fold(text).utf8)
    parts = Array(Self.fold(Self.splitCamelCase(text)).utf8)
    tex = Array(Self.tex(text).utf8)
  }

  static func fold(_ text: String) -> String {
    let scalars = Array(
      text.precomposedStringWithCompatibilityMapping.lowercased()
        .folding(options: .diacriticInsensitive, locale: nil).unicodeScalars)
    var kept = String.UnicodeScalarView()
    for (i, scalar) in scalars.enumerated() where scalar.properties.generalCategory != .format {
      if scalar == " ", i + 1 < scalars.count, i > 0,
        Ideographs.isOne(scalars[i - 1]) || Ideographs.isOne(scalars[i + 1])
      {
        continue
      }
      kept.append(scalar)
    }
    return String(kept)
  }

  private static func splitCamelCase(_ text: String) -> String {
    var split: [UInt8] = []
    let utf8 = Array(text.utf8)
    func isUpper(_ i: Int) -> Bool { utf8.indices.contains(i) && (0x41...0x5a).contains(utf8[i]) }
    func isLower(_ i: Int) -> Bool { utf8.indices.contains(i) && (0x61...0x7a).contains(utf8[i]) }
    for i in utf8.indices {
      if isUpper(i), isLower(i - 1) || isUpper(i - 1) && isLower(i + 1) { split.append(0x20) }
      split.append(utf8[i])
    }
    return String(decoding: split, as: UTF8.self)
  }

  static func tex(_ text: String) -> String {
    let spaced = String(
      String.UnicodeScalarView(
        naming(text.lowercased()).unicodeScalars.map { scalar in
          "{}\\".unicodeScalars.contains(scalar) || scalar.properties.isWhitespace ? " " : scalar
        }))
    // A blank stays between two words and nowhere else.
    var kept: [UInt8] = []
    let utf8 = Array(spaced.utf8)
    for (i, byte) in utf8.enumerated() {
      guard byte == 0x20 else {
        kept.append(byte)
        continue
      }
      let next = utf8[i...].first { $0 != 0x20 } ?? 0x20
      if let last = kept.last, last != 0x20, isWord(last), isWord(next) { kept.append(byte) }
    }
    return String(decoding: kept, as: UTF8.self)
  }

  /// With Greek letters by their names, as words of their own.
  static func naming(_ text: String) -> String {
    var named = ""
    for scalar in text.unicodeScalars {
      if let name = greek[scalar]
        ?? greek[scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar]
      {
        named += " " + name + " "
      } else {
        named.unicodeScalars.append(scalar)
      }
    }
    return named
  }

  static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte | 0x20)
  }

  private static let greek: [Unicode.Scalar: String] = Dictionary(
    zip(
      "αβγδεζηθικλμνξπρστυφχψω".unicodeScalars,
      [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
        "lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi",
        "omega",
      ]), uniquingKeysWith: { first, _ in first })
}

extension [UInt8] {
  /// Where `needle` occurs first at or behind an offset, by Horspool's search.
  func firstOffset(of needle: [UInt8], from start: Int) -> Int? {
    guard let last = needle.last else { return nil }
    var skips = [Int](repeating: needle.count, count: 256)
    for (i, byte) in needle.dropLast().enumerated() { skips[Int(byte)] = needle.count - 1 - i }
    return withUnsafeBufferPointer { text in
      var end = start + needle.count - 1
      while end < text.count {
        let byte = text[end]
        let start = end - needle.count + 1
        if byte == last, needle.indices.allSatisfy({ text[start + $0] == needle[$0] }) {
          return start
        }
        end += skips[Int(byte)]
      }
      return nil
    }
  }
}

extension String {
  var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}

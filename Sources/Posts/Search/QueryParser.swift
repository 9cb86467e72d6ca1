/// Reads the query language, which no text is an error of: what is no operator is text.
struct QueryParser {
  private var rest: Substring
  /// A quotation mark that opens nothing yet; it is text only if nothing else was typed.
  private var danglingQuote: String?

  init(_ text: String) { rest = text[...] }

  mutating func parse() -> (terms: [SearchQuery.Term], exclusions: [SearchQuery.Term]) {
    var terms: [SearchQuery.Term] = []
    var exclusions: [SearchQuery.Term] = []
    while skipBlanks() {
      let piece = rest
      let isExcluded = takeMinus()
      let field = takeField()
      let body = takeBody()
      guard !body.text.isEmpty else { continue }
      let mayGoOn = rest.isEmpty && body.isOpen
      var term = SearchQuery.Term(body.text, field: field, mayGoOn: mayGoOn)
      term.typed = String(piece[..<rest.startIndex])
      if isExcluded { exclusions.append(term) } else { terms.append(term) }
    }
    if terms.isEmpty, exclusions.isEmpty, let danglingQuote {
      terms = [SearchQuery.Term(danglingQuote, field: nil, mayGoOn: false)]
    }
    return (terms, exclusions)
  }

  private mutating func skipBlanks() -> Bool {
    rest = rest.drop(while: \.isWhitespace)
    return !rest.isEmpty
  }

  /// A minus excludes only before something to exclude: `->` is text.
  private mutating func takeMinus() -> Bool {
    guard let first = rest.first, first == "-" || first == "－", let next = rest.dropFirst().first,
      next.isLetter || next.isNumber || Self.closing[next] != nil
    else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func takeField() -> SearchQuery.Field? {
    guard let colon = rest.firstIndex(where: { $0 == ":" || $0 == "：" || $0.isWhitespace }),
      !rest[colon].isWhitespace,
      let field = SearchQuery.Field(rawValue: rest[..<colon].lowercased()),
      let next = rest[colon...].dropFirst().first, !next.isWhitespace
    else { return nil }
    rest = rest[colon...].dropFirst()
    return field
  }

  /// A phrase up to its closing mark, or a word up to a blank; open if nothing ends it.
  private mutating func takeBody() -> (text: String, isOpen: Bool) {
    guard let first = rest.first, let closers = Self.closing[first] else {
      let word = rest.prefix { !$0.isWhitespace }
      rest = rest[word.endIndex...]
      return (String(word), true)
    }
    rest.removeFirst()
    guard let end = rest.firstIndex(where: { closers.contains($0) }) else {
      let phrase = rest
      rest = rest[rest.endIndex...]
      if phrase.allSatisfy(\.isWhitespace) {
        danglingQuote = String(first)
        return ("", false)
      }
      return (String(phrase), phrase.last?.isWhitespace == false)
    }
    let phrase = rest[..<end]
    rest = rest[end...].dropFirst()
    return (String(phrase), false)
  }

  private static let closing: [Character: String] = [
    "\"": "\"“”", "“": "”\"", "”": "”\"", "＂": "＂\"",
  ]
}

extension SearchQuery.Term {
  /// Compiles a word or phrase as it was typed.
  init(_ body: String, field: SearchQuery.Field?, mayGoOn: Bool) {
    let utf8 = Array(body.utf8)
    let positions = Position.all(in: body)
    self.field = field
    words = []
    signs = []
    isPrefix = false
    literal = positions.isEmpty ? body.trimmingBlanks : ""
    raw = body.trimmingBlanks.utf8.map(ByteSearch.small)
    language = Self.languages[body.trimmingBlanks.lowercased()] ?? body.trimmingBlanks
    guard let first = positions.first, let last = positions.last else { return }
    signs.append(Signs.edge(utf8[..<first.range.lowerBound], isLeading: true))
    for (k, position) in positions.enumerated() {
      let isLast = k + 1 == positions.count
      // The bigram before it holds the last ideograph already.
      if isLast, k > 0, positions[k - 1].bigram != nil { continue }
      words.append(Word(token: position.bigram ?? position.token, isBigram: position.bigram != nil))
      if !isLast {
        let gap = utf8[position.range.upperBound..<positions[k + 1].range.lowerBound]
        signs.append(Signs.normalized(gap))
      }
    }
    // A dropped last ideograph leaves the sign between it and its bigram, which is none.
    if signs.count > words.count { signs.removeLast() }
    signs.append(Signs.edge(utf8[last.range.upperBound...], isLeading: false))
    isPrefix =
      mayGoOn && last.isPlainWord && last.range.upperBound == utf8.count
      && (last.token.utf8.count > 1 || isIdentifier && !isMathematical)
  }

  /// The languages that people call otherwise.
  private static let languages = [
    "中文": "zh", "汉语": "zh", "chinese": "zh", "英文": "en", "英语": "en", "english": "en",
  ]

  /// A position of the text with the token that stands for it in a phrase.
  private struct Position {
    var token: String
    var range: Range<Int>
    var bigram: String?
    /// Whether the token is the text itself, so that more of it may be typed.
    var isPlainWord: Bool

    static func all(in body: String) -> [Position] {
      var positions: [Position] = []
      for token in Tokenizer.tokens(in: body) {
        if !token.isColocated {
          positions.append(
            Position(
              token: token.text, range: token.range,
              isPlainWord: token.range.count == token.text.utf8.count
                && token.text.utf8.allSatisfy { $0 < 0x80 }))
        } else if let last = positions.last, token.range.upperBound > last.range.upperBound {
          positions[positions.count - 1].bigram = token.text
        }
      }
      return positions
    }
  }
}

/// The signs around and between words, made comparable: `x_1` and TeX's `x_{1}` have the same.
enum Signs {
  /// Full width becomes half width; braces and backslashes go, and so do blanks, which mean nothing
  /// to TeX, beside `_` and `^`: some write `\max _i`.
  static func normalized(_ bytes: some Collection<UInt8>) -> String {
    let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars.compactMap { scalar in
      switch scalar.value {
      case 0x7b, 0x7d, 0x5c: nil as Unicode.Scalar?
      case 0xff01...0xff5e: Unicode.Scalar(scalar.value - 0xfee0)
      case 0x3000: " "
      default: scalar
      }
    }
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    if text.contains("_") || text.contains("^") { text.removeAll(where: \.isWhitespace) }
    return text.allSatisfy(\.isWhitespace) ? "" : text
  }

  /// Whether the text can end with the sign, told by one byte without reading it all.
  static func mayEnd(_ text: Slice<UnsafeBufferPointer<UInt8>>, with sign: String) -> Bool {
    guard let wanted = sign.utf8.last else { return true }
    let kept = text.reversed().prefix(16).first { ![0x7b, 0x7d, 0x5c, 0x20].contains($0) }
    guard let kept else { return false }
    return kept == wanted || kept >= 0x80
  }

  /// The part of the signs at a term's end that touches its words and belongs to them:
  /// `__init__` keeps its underscores, a full stop or a bracket is dropped.
  static func edge(_ bytes: some Collection<UInt8>, isLeading: Bool) -> String {
    let text = normalized(bytes)
    let kept =
      isLeading
      ? text.reversed().prefix(while: meaningful.contains)
      : Array(text.prefix(while: meaningful.contains))[...]
    return String(isLeading ? kept.reversed() : Array(kept))
  }

  private static let meaningful: Set<Character> = Set("_@#$+*/=<>~^&%|-")
}

extension String {
  fileprivate var trimmingBlanks: String {
    var text = self[...].drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

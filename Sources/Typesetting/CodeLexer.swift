/// Cuts code into tokens, from left to right and without looking back.
///
/// Every byte lands in exactly one token, whatever the text is, so the tokens joined are the source.
struct CodeLexer {
  private let bytes: [UInt8]
  private let language: CodeLanguage
  private var offset = 0
  private var found: [CodeHighlighting.Token] = []

  init(_ text: String, language: CodeLanguage) {
    bytes = Array(text.utf8)
    self.language = language
  }

  mutating func tokens() -> [CodeHighlighting.Token] {
    while offset < bytes.count {
      let start = offset
      let role = scan()
      append(start..<offset, role)
    }
    return found
  }

  /// Passes over one token and gives its role.
  private mutating func scan() -> Role {
    if scanComment() { return .codeComment }
    if scanString() { return .codeString }
    let byte = bytes[offset]
    if isDigit(byte) { return scanNumber() }
    if isWordPart(byte) { return scanWord() }
    offset += 1
    if language.wordPrefixes.contains(byte), offset < bytes.count, isWordPart(bytes[offset]) {
      while offset < bytes.count, isWordPart(bytes[offset]) { offset += 1 }
      return .codeKeyword
    }
    return byte <= 0x20 ? .body : .codePunctuation
  }

  private mutating func append(_ range: Range<Int>, _ role: Role) {
    let text = String(decoding: bytes[range], as: UTF8.self)
    if let last = found.last, last.role == role {
      found[found.count - 1].text += text
    } else {
      found.append(CodeHighlighting.Token(text, role))
    }
  }

  private func starts(with mark: String) -> Bool {
    bytes[offset...].starts(with: mark.utf8)
  }

  private mutating func scanComment() -> Bool {
    // A `#` inside a word, as in `$#` or `a#b` of the shell, opens no comment.
    if let mark = language.lineComment, starts(with: mark),
      mark != "#" || offset == 0 || bytes[offset - 1] <= 0x20
    {
      offset = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      return true
    }
    guard let (open, close) = language.blockComment, starts(with: open) else { return false }
    offset += open.utf8.count
    while offset < bytes.count, !starts(with: close) { offset += 1 }
    offset = min(bytes.count, offset + close.utf8.count)
    return true
  }

  private mutating func scanString() -> Bool {
    guard let rule = language.strings.first(where: { starts(with: $0.open) }) else { return false }
    offset += rule.open.utf8.count
    while offset < bytes.count, !starts(with: rule.close) {
      if bytes[offset] == UInt8(ascii: "\n") && !rule.spansLines { return true }
      let isEscape = rule.escapes && bytes[offset] == UInt8(ascii: "\\")
      offset +=
        isEscape && offset + 1 < bytes.count && bytes[offset + 1] != UInt8(ascii: "\n")
        ? 2 : 1
    }
    offset = min(bytes.count, offset + rule.close.utf8.count)
    return true
  }

  /// Digits with their point, exponent, underscores and letters of base or type.
  private mutating func scanNumber() -> Role {
    while offset < bytes.count {
      let byte = bytes[offset]
      let next = offset + 1 < bytes.count ? bytes[offset + 1] : 0
      let isPoint = byte == UInt8(ascii: ".") && isDigit(next)
      let isSign =
        (byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+"))
        && bytes[offset - 1] | 0x20 == UInt8(ascii: "e") && isDigit(next)
      guard isWordPart(byte) || isPoint || isSign else { break }
      offset += 1
    }
    return .codeNumber
  }

  private mutating func scanWord() -> Role {
    let start = offset
    while offset < bytes.count, isWordPart(bytes[offset]) { offset += 1 }
    let word = String(decoding: bytes[start..<offset], as: UTF8.self)
    if language.keywords.contains(word) { return .codeKeyword }
    if language.types.contains(word) { return .codeType }
    if language.capitalizesTypes, (0x41...0x5a).contains(bytes[start]) { return .codeType }
    let isCall = offset < bytes.count && bytes[offset] == UInt8(ascii: "(")
    return isCall ? .codeFunction : .body
  }

  private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private func isWordPart(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x41...0x5a).contains(byte & 0xdf) || byte == UInt8(ascii: "_")
      || byte >= 0x80
  }
}

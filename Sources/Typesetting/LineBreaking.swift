import Canvas

/// Breaks a paragraph of Chinese, Latin, code and formulas into lines.
///
/// A break may stand between ideographs, between an ideograph and a word, number or formula, at
/// blanks, and after a hyphen or slash inside a word. No line starts with a closing mark or ends
/// with an opening one: the character before moves down too, as often as needed. Marks neither hang
/// nor are squeezed. A word wider than the line breaks between graphemes, an address first after
/// one of `/ ? & = . -`; only a run of marks longer than a line breaks anywhere.
///
/// - Source: the rules of W3C, "Requirements for Chinese Text Layout", section 3.1, for ragged
///   text in cells.
package struct LineBreaking: Sendable {
  /// Columns of a line, at least 1.
  package let width: Int

  package init(width: Int) {
    self.width = max(1, width)
  }

  /// The lines of a paragraph as ranges of its graphemes, without the blanks at breaks.
  package func lines(_ glyphs: [Glyph]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    let quotes = quotes(in: glyphs)
    var start = afterBlanks(glyphs, from: 0)
    while start < glyphs.count {
      let end = lineEnd(glyphs, from: start, quotes: quotes)
      var last = end
      while last > start, glyphs[last - 1].isBlank { last -= 1 }
      lines.append(start..<last)
      start = afterBlanks(glyphs, from: end)
    }
    return lines
  }

  /// How many graphemes at the start of a text are marks that no line may start with.
  static func closingMarks(before glyphs: [Glyph]) -> Int {
    glyphs.prefix { BreakClass.isClosing($0.character, afterBlank: false) }.count
  }

  /// Whether a line that goes on a text may not start with a character.
  package static func isForbiddenStart(_ character: Character, afterBlank: Bool) -> Bool {
    BreakClass.isClosing(character, afterBlank: afterBlank)
  }

  /// Whether a line that goes on may not end with a character.
  package static func isForbiddenEnd(_ character: Character) -> Bool {
    BreakClass.isOpening(character)
  }

  private func afterBlanks(_ glyphs: [Glyph], from start: Int) -> Int {
    var index = start
    while index < glyphs.count, glyphs[index].isBlank { index += 1 }
    return index
  }

  /// Where the line that starts at `start` ends: the best of the places that fit.
  private func lineEnd(_ glyphs: [Glyph], from start: Int, quotes: [Int: Bool]) -> Int {
    var columns = glyphs[start].columns
    var end = start + 1
    while end < glyphs.count, columns + glyphs[end].columns <= width {
      columns += glyphs[end].columns
      end += 1
    }
    guard end < glyphs.count else { return end }
    var inAddress: Int?
    var inWord: Int?
    var index = end
    while index > start {
      switch quality(glyphs, before: index, quotes: quotes) {
      case .free: return index
      case .address: inAddress = inAddress ?? index
      case .emergency: inWord = inWord ?? index
      case .forbidden: break
      }
      index -= 1
    }
    if let inAddress, glyphs[start..<inAddress].columns * 2 >= width { return inAddress }
    return inWord ?? inAddress ?? end
  }

  /// How good a break before a grapheme is.
  enum Quality { case forbidden, emergency, address, free }

  private func quality(_ glyphs: [Glyph], before index: Int, quotes: [Int: Bool]) -> Quality {
    var left = index - 1
    while left > 0, glyphs[left].isBlank { left -= 1 }
    var right = index
    while right + 1 < glyphs.count, glyphs[right].isBlank { right += 1 }
    let previous = glyphs[left]
    let next = glyphs[right]
    let isAtBlank = right > index || left < index - 1
    if BreakClass.isClosing(next.character, afterBlank: isAtBlank)
      || BreakClass.isOpening(previous.character)
    {
      return .forbidden
    }
    switch glyphs[index].joint {
    case .glued: return .emergency
    case .open: return .free
    case .natural: break
    }
    if isAtBlank { return .free }
    if quotes[left] == true || quotes[right] == false { return .emergency }
    let before = left > 0 ? glyphs[left - 1].character : nil
    return BreakClass.quality(before: before, previous.character, next.character)
  }
}

extension LineBreaking {
  /// The straight quotes of a paragraph, and whether each opens: every other one does.
  private func quotes(in glyphs: [Glyph]) -> [Int: Bool] {
    var opens: [Int: Bool] = [:]
    for index in glyphs.indices where glyphs[index].character == "\"" {
      opens[index] = opens.count.isMultiple(of: 2)
    }
    return opens
  }
}

/// What a character is to the line breaker.
private enum BreakClass {
  private static let closing: Set<Character> = Set(
    "。，、；：！？）」』】》〉〗〕”’…—·～％‰．｡､｣］｝〞")
  private static let asciiClosing: Set<Character> = Set(",.;:!?)]}")
  private static let opening: Set<Character> = Set("（「『【《〈〖〔“‘［｛｢〝([{")
  private static let currency: Set<Character> = Set("$￥¥€£＄￡")

  static func isClosing(_ character: Character, afterBlank: Bool) -> Bool {
    closing.contains(character) || (!afterBlank && asciiClosing.contains(character))
  }

  static func isOpening(_ character: Character) -> Bool {
    opening.contains(character)
  }

  /// The break between two characters without a blank; `before` is the one before `left`.
  static func quality(
    before: Character?, _ left: Character, _ right: Character
  ) -> LineBreaking.Quality {
    if currency.contains(left), right.isNumber { return .emergency }
    if isWordPart(left) && isWordPart(right) { return insideWord(before: before, left, right) }
    if left == "’" && isWordPart(right) { return .emergency }
    return .free
  }

  /// Letters, digits and signs that hang together: all that is neither wide nor a Chinese mark.
  private static func isWordPart(_ character: Character) -> Bool {
    if character.isASCII { return character != "\"" }
    if closing.contains(character) || opening.contains(character) { return false }
    return DisplayWidth.standard.columns(of: character) < 2 || isFullWidthWord(character)
  }

  private static func isFullWidthWord(_ character: Character) -> Bool {
    switch character.unicodeScalars.first?.value ?? 0 {
    case 0xff10...0xff19, 0xff21...0xff3a, 0xff41...0xff5a: true
    default: false
    }
  }

  private static func insideWord(
    before: Character?, _ left: Character, _ right: Character
  ) -> LineBreaking.Quality {
    let followsWord = before.map { $0.isLetter || $0.isNumber } ?? false
    if left == "-" && right.isLetter && followsWord { return .free }
    if left == "/" && right.isLetter && followsWord { return .free }
    return "/?&=.-".contains(left) ? .address : .emergency
  }
}

import Canvas

/// One unit of TeX source.
enum FormulaToken: Hashable, Sendable {
  /// `\name`, or a backslash before one other character.
  case command(String)
  case character(Character)
  case space
  case beginGroup, endGroup
  case superscriptMark, subscriptMark
  /// `&`
  case alignment
  /// `$` inside `\text{…}`
  case mathShift
  /// `#1` in the body of a macro
  case parameter(Int)
}

/// Splits TeX into tokens; every source has some, so nothing fails here.
///
/// All characters are made safe here, before layout counts their columns.
struct FormulaLexer {
  private let characters: [Character]
  private var position = 0
  private var tokens: [FormulaToken] = []

  private init(_ source: some StringProtocol) {
    characters = source.flatMap(FormulaLexer.safeCharacters)
    tokens.reserveCapacity(characters.count)
  }

  static func tokens(of source: some StringProtocol) -> [FormulaToken] {
    var lexer = FormulaLexer(source)
    while lexer.position < lexer.characters.count { lexer.step() }
    return lexer.tokens
  }

  private mutating func step() {
    let character = characters[position]
    position += 1
    switch character {
    case "\\": command()
    case "{": tokens.append(.beginGroup)
    case "}": tokens.append(.endGroup)
    case "^": tokens.append(.superscriptMark)
    case "_": tokens.append(.subscriptMark)
    case "&": tokens.append(.alignment)
    case "$": tokens.append(.mathShift)
    case "%": skipComment()
    case "#": parameter()
    case " ", "\n", "\u{3000}", "\u{A0}":
      if tokens.last != .space { tokens.append(.space) }
    default: tokens.append(.character(character))
    }
  }

  private mutating func command() {
    let start = position
    while position < characters.count, characters[position].isTeXLetter { position += 1 }
    if position > start {
      tokens.append(.command(String(characters[start..<position])))
      skipBlanks()
    } else if position < characters.count {
      let character = characters[position]
      tokens.append(.command(character == "\n" ? " " : String(character)))
      position += 1
    } else {
      tokens.append(.command(""))
    }
  }

  /// TeX swallows the blanks after a command of letters.
  private mutating func skipBlanks() {
    while position < characters.count, characters[position] == " " || characters[position] == "\n" {
      position += 1
    }
  }

  private mutating func skipComment() {
    while position < characters.count, characters[position] != "\n" { position += 1 }
  }

  private mutating func parameter() {
    if position < characters.count, let number = characters[position].wholeNumberValue, number > 0 {
      tokens.append(.parameter(number))
      position += 1
    } else {
      tokens.append(.character("#"))
    }
  }

  /// A grapheme of the source as graphemes that are safe to show and take columns.
  private static func safeCharacters(_ raw: Character) -> [Character] {
    if let ascii = raw.asciiValue {
      if ascii > 0x20 && ascii < 0x7f { return [raw] }
      return raw.isNewline ? ["\n"] : raw.isWhitespace ? [" "] : ["\u{FFFD}"]
    }
    // A mark on a character of TeX's grammar must not hide that character.
    if let base = raw.unicodeScalars.first, "\\{}^_&$%#~ ".unicodeScalars.contains(base) {
      return [Character(base)]
    }
    return SafeText(String(raw)).string.map { character in
      DisplayWidth.standard.columns(of: character) > 0 ? character : "\u{FFFD}"
    }
  }
}

extension Character {
  /// The letters of which command names are made.
  var isTeXLetter: Bool {
    guard let ascii = asciiValue else { return false }
    return (0x41...0x5a).contains(ascii) || (0x61...0x7a).contains(ascii)
  }
}

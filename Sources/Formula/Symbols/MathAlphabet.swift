import Canvas

/// The fonts of mathematics, as far as cells can show them.
enum MathFont: Hashable, Sendable {
  case normal, roman, bold, blackboard, calligraphic, fraktur

  /// A letter in this font: a Unicode letter, or the plain letter with an attribute.
  ///
  /// Variables stay plain (never 𝑥) and bold is the terminal's own, so that text can be searched
  /// and copied.
  func apply(to symbol: FormulaSymbol) -> FormulaSymbol {
    var styled = symbol
    switch self {
    case .normal: break
    case .bold: styled.attributes.insert(.bold)
    case .roman:
      if symbol.text.allSatisfy(\.isTeXLetter) { styled.role = .text }
    case .blackboard, .calligraphic, .fraktur:
      if let letter = letter(for: symbol.text) { styled.text = String(letter) }
    }
    return styled
  }

  private func letter(for text: String) -> Character? {
    guard let scalar = text.unicodeScalars.first, text.utf8.count == 1 else { return nil }
    if let exception = exceptions[Character(scalar)] { return exception }
    let offset: UInt32
    switch scalar.value {
    case 0x41...0x5a: offset = scalar.value - 0x41 + firstCapital
    case 0x61...0x7a: offset = scalar.value - 0x61 + firstCapital + 26
    case 0x30...0x39 where self == .blackboard: offset = scalar.value - 0x30 + 0x1d7d8
    default: return nil
    }
    return Unicode.Scalar(offset).map(Character.init)
  }

  private var firstCapital: UInt32 {
    switch self {
    case .blackboard: 0x1d538
    case .calligraphic: 0x1d49c
    default: 0x1d504
    }
  }

  /// Letters that Unicode had before it had the alphabet.
  private var exceptions: [Character: Character] {
    switch self {
    case .blackboard: MathFont.blackboardLetters
    case .calligraphic: MathFont.calligraphicLetters
    default: MathFont.frakturLetters
    }
  }

  private static let blackboardLetters: [Character: Character] = [
    "C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ",
  ]
  private static let calligraphicLetters: [Character: Character] = [
    "B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ",
    "e": "ℯ", "g": "ℊ", "o": "ℴ",
  ]
  private static let frakturLetters: [Character: Character] = [
    "C": "ℭ", "H": "ℌ", "I": "ℑ", "R": "ℜ", "Z": "ℨ",
  ]
}

/// How many columns text takes in a terminal.
///
/// The unit is the grapheme: a wide one takes two columns, a mark none. Characters of East Asian
/// *ambiguous* width (`α`, `─`, `×`) take one or two, as the terminal is set; two thirds of all
/// formulas contain one, so it is a parameter. The tables are our own: the C library's follow the
/// locale.
///
/// - Source: Unicode Standard Annex #11, East Asian Width, Unicode 14.0.
package struct DisplayWidth: Hashable, Sendable {
  /// Columns of a character of ambiguous width: 1 or 2.
  package let ambiguous: Int

  package init(ambiguous: Int = 1) {
    precondition(ambiguous == 1 || ambiguous == 2, "ambiguous width is 1 or 2, not \(ambiguous)")
    self.ambiguous = ambiguous
  }

  /// The width of most terminals: ambiguous characters take one column.
  package static let standard = DisplayWidth(ambiguous: 1)

  /// The columns of a whole text, the sum over its graphemes.
  package func columns(of text: some StringProtocol) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x7f && $0 >= 0x20 }) { return text.utf8.count }
    return text.reduce(0) { $0 + columns(of: $1) }
  }

  /// The columns of one text that is safe to show.
  package func columns(of text: SafeText) -> Int {
    columns(of: text.string)
  }

  /// The columns of one grapheme: those of its base; two for an emoji sequence.
  package func columns(of character: Character) -> Int {
    if let ascii = character.asciiValue { return ascii >= 0x20 && ascii != 0x7f ? 1 : 0 }
    let scalars = character.unicodeScalars
    let base = scalars[scalars.startIndex]
    let width = columns(of: base)
    guard scalars.count > 1 else { return width }
    let hasEmojiStyle = scalars.contains { $0 == "\u{FE0F}" } && base.properties.isEmoji
    let isFlag = scalars.allSatisfy { (0x1f1e6...0x1f1ff).contains($0.value) }
    return hasEmojiStyle || isFlag ? 2 : width
  }

  /// The columns of one scalar on its own.
  package func columns(of scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0xa1 { return value >= 0x20 && value < 0x7f || value == 0xa0 ? 1 : 0 }
    if WidthTable.zero.contains(value) { return 0 }
    if WidthTable.wide.contains(value) { return 2 }
    return ambiguous == 2 && WidthTable.ambiguous.contains(value) ? 2 : 1
  }
}

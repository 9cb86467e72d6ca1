package import Canvas

/// A grapheme of a paragraph, with its look and how it hangs on the one before.
package struct Glyph: Hashable, Sendable {
  package var character: Character
  package var columns: Int
  package var style: Style
  /// Number of the target that it belongs to, within its block; nil for plain text.
  package var target: Int?
  package var joint: Joint

  /// Whether a line may break before a grapheme.
  package enum Joint: Hashable, Sendable {
    /// As the characters on both sides say.
    case natural
    /// Not, unless the word is wider than a line: inside code, a formula's piece, a note's mark.
    case glued
    /// Yes: the next piece of a formula.
    case open
  }

  package init(
    _ character: Character, columns: Int, style: Style = .plain, target: Int? = nil,
    joint: Joint = .natural
  ) {
    self.character = character
    self.columns = columns
    self.style = style
    self.target = target
    self.joint = joint
  }

  var isBlank: Bool { character == " " }
}

extension [Glyph] {
  /// The graphemes of a text in one style.
  package static func of(
    _ text: SafeText, style: Style = .plain, target: Int? = nil, width: DisplayWidth = .standard
  ) -> [Glyph] {
    text.string.map { character in
      Glyph(character, columns: width.columns(of: character), style: style, target: target)
    }
  }
}

extension [Glyph] {
  /// The text in stretches of at most so many columns; at least one.
  ///
  /// A stretch ends behind a blank in its last third, else where it is full.
  func cut(columns: Int) -> [ArraySlice<Glyph>] {
    var parts: [ArraySlice<Glyph>] = []
    var start = 0
    var used = 0
    for index in indices {
      if used + self[index].columns > columns && index > start {
        let blank = self[(start + 2 * (index - start) / 3)..<index].lastIndex(where: \.isBlank)
        let end = blank.map { $0 + 1 } ?? index
        parts.append(self[start..<end])
        start = end
        used = self[end..<index].columns
      }
      used += self[index].columns
    }
    return parts + [self[start...]]
  }
}

extension Collection<Glyph> {
  var columns: Int { reduce(0) { $0 + $1.columns } }
}

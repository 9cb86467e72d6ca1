/// Which characters drawings are made of.
///
/// Many fonts lack the pieces of brackets and the small letters; then bars, roots and brackets are
/// drawn with `/ | -`, and scripts on one row are marked with `_` and `^`. The letters and signs of
/// formulas stay as they are: they have no other name as short.
package enum GlyphProfile: String, Hashable, Sendable, CaseIterable {
  case unicode, ascii

  /// A character of a drawing as this profile has it.
  func glyph(_ character: Character) -> Character {
    self == .unicode ? character : GlyphProfile.plain[character] ?? character
  }

  /// The cells of a text in this profile.
  func glyphs(_ cells: [GlyphCell]) -> [GlyphCell] {
    guard self == .ascii else { return cells }
    return cells.map { GlyphCell(glyph($0.character), $0.role, $0.attributes) }
  }

  private static let plain: [Character: Character] = {
    let pairs = """
      ─- │| ═= ┌+ ┐+ └+ ┘+ ╭. ╮. ╰' ╯' ┴+ ┬+ ⎷V ⎛/ ⎜| ⎝\\ ⎞\\ ⎟| ⎠/ ⎡| ⎢| ⎣| ⎤| ⎥| ⎦| ⎧/ ⎨< ⎩\\ ⎪|
      ⎫\\ ⎬> ⎭/ ⎰/ ⎱\\ ╱/ ╲\\ ⌠/ ⎮| ⌡/ ⎲\\ ⎳/ ⌒^ ⌣v −- ∗* ·. ′' ∣| ∘o
      """.split(whereSeparator: \.isWhitespace)
    return Dictionary(
      uniqueKeysWithValues: pairs.compactMap { pair in
        guard let sign = pair.first, let plain = pair.last else { return nil }
        return (sign, plain)
      })
  }()
}

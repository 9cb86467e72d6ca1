import Canvas

/// One grapheme on its way into a drawn formula.
struct GlyphCell: Hashable, Sendable {
  var character: Character
  var role: FormulaRole
  var attributes: Style.Attributes

  init(_ character: Character, _ role: FormulaRole, _ attributes: Style.Attributes = []) {
    self.character = character
    self.role = role
    self.attributes = attributes
  }

  static let blank = GlyphCell(" ", .variable)

  /// The graphemes of a text, all in one role.
  static func cells(
    _ text: some StringProtocol, _ role: FormulaRole, _ attributes: Style.Attributes = []
  ) -> [GlyphCell] {
    text.map { GlyphCell($0, role, attributes) }
  }
}

extension [GlyphCell] {
  /// The columns that the cells take side by side.
  func columns(_ displayWidth: DisplayWidth) -> Int {
    reduce(0) { $0 + displayWidth.columns(of: $1.character) }
  }

  /// The cells as the longest runs of one look.
  ///
  /// Graphemes that would melt into one when they come to stand side by side (halves of flags,
  /// an emoji and its modifier) are replaced, so that a row keeps its width.
  func runs(_ displayWidth: DisplayWidth) -> [FormulaRun] {
    var runs: [FormulaRun] = []
    var start = startIndex
    while start < endIndex {
      let first = self[start]
      let end =
        self[start...].firstIndex {
          $0.role != first.role || $0.attributes != first.attributes
        } ?? endIndex
      let text = SafeText.joined(self[start..<end], displayWidth)
      runs.append(FormulaRun(text: text, role: first.role, attributes: first.attributes))
      start = end
    }
    return runs
  }
}

extension SafeText {
  fileprivate static func joined(
    _ cells: ArraySlice<GlyphCell>, _ displayWidth: DisplayWidth
  ) -> SafeText {
    let text = SafeText(String(cells.map(\.character)))
    let columns = cells.reduce(0) { $0 + displayWidth.columns(of: $1.character) }
    guard displayWidth.columns(of: text) != columns else { return text }
    let replaced = cells.map { cell in
      cell.character.unicodeScalars.allSatisfy(\.properties.isEmoji)
        ? String(repeating: "\u{FFFD}", count: displayWidth.columns(of: cell.character))
        : String(cell.character)
    }
    return SafeText(replaced.joined())
  }
}

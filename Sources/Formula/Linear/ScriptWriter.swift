import Canvas

/// Scripts as characters of Unicode, if every one of them has such a form.
enum ScriptWriter {
  enum Position {
    case lower, upper
  }

  /// The script's cells, or nil if any part of it cannot be written so.
  static func glyphs(for nodes: [FormulaNode], _ position: Position) -> [GlyphCell]? {
    guard !nodes.isEmpty else { return [] }
    var cells: [GlyphCell] = []
    for node in nodes {
      switch node {
      case .symbol(let symbol):
        guard let more = glyphs(symbol.text, symbol.role, symbol.attributes, position) else {
          return nil
        }
        cells += more
      case .text(let text, let attributes):
        guard let more = glyphs(text, .text, attributes, position) else { return nil }
        cells += more
      case .group(let inner, _, _):
        guard let more = glyphs(for: inner, position) else { return nil }
        cells += more
      case .space(let columns) where columns <= 1: continue
      default: return nil
      }
    }
    return cells
  }

  private static func glyphs(
    _ text: String, _ role: FormulaRole, _ attributes: Style.Attributes, _ position: Position
  ) -> [GlyphCell]? {
    var cells: [GlyphCell] = []
    for character in text where character != " " {
      let glyph =
        position == .lower ? ScriptGlyphs.lower(character) : ScriptGlyphs.upper(character)
      guard let glyph else { return nil }
      cells.append(GlyphCell(glyph, role, attributes))
    }
    return cells
  }
}

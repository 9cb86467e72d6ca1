package import Canvas

/// What the drawing of formulas depends on besides their source.
package struct FormulaOptions: Hashable, Sendable {
  /// How many columns characters of ambiguous width take.
  package var displayWidth: DisplayWidth
  /// How scripts stand in two dimensions.
  package var scripts: Scripts
  /// The characters that bars, roots and brackets are made of.
  package var glyphs: GlyphProfile
  /// The numbers of labelled equations, as `EquationNumbers.labels` collects them over a post.
  package var references: [String: String]

  /// Options for most terminals, without references.
  package init(
    displayWidth: DisplayWidth = .standard, scripts: Scripts = .unicode,
    glyphs: GlyphProfile = .unicode, references: [String: String] = [:]
  ) {
    self.displayWidth = displayWidth
    self.scripts = glyphs == .ascii ? .rows : scripts
    self.glyphs = glyphs
    self.references = references
  }

  /// Small characters where Unicode has all of a script, or always rows of their own.
  package enum Scripts: String, Hashable, Sendable, CaseIterable {
    case unicode, rows
  }
}

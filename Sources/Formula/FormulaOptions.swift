package import Canvas

/// What the drawing of formulas depends on besides their source.
package struct FormulaOptions: Hashable, Sendable {
  /// How many columns characters of ambiguous width take.
  package var displayWidth: DisplayWidth
  /// The numbers of labelled equations, as `EquationNumbers.labels` collects them over a post.
  package var references: [String: String]

  /// Options for most terminals, without references.
  package init(displayWidth: DisplayWidth = .standard, references: [String: String] = [:]) {
    self.displayWidth = displayWidth
    self.references = references
  }
}

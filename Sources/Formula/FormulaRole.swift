package import Canvas

/// What a character of a drawn formula is, for the theme to colour.
package enum FormulaRole: Hashable, Sendable, CaseIterable {
  /// Letters and signs that stand for quantities.
  case variable
  case number
  /// Words: `\text`, function names, ideographs.
  case text
  /// Relations, binary operators, arrows and big operators.
  case relation
  /// Bars, roots, brackets, rules and braces.
  case structure
  /// A command that is not known, shown by its own name.
  case unknown
  /// The number or tag of an equation.
  case tag
}

/// A stretch of one row of a drawn formula that looks the same throughout.
package struct FormulaRun: Hashable, Sendable {
  package let text: SafeText
  package let role: FormulaRole
  /// Bold for bold letters, struck for `\cancel`, underlined for a box on one row.
  package let attributes: Style.Attributes

  package init(text: SafeText, role: FormulaRole, attributes: Style.Attributes = []) {
    self.text = text
    self.role = role
    self.attributes = attributes
  }
}

package import Canvas
package import Typesetting

/// How this reader wants things shown: language, colours, widths.
///
/// Every screen holds a copy; it changes for nobody while the reader runs.
package struct Appearance: Hashable, Sendable {
  package var messages: Messages
  package var theme: Theme
  package var displayWidth: DisplayWidth
  /// Columns of text at most, so that lines stay readable in a wide window.
  package var measure: Int

  package init(
    language: Language = .chinese, theme: Theme = Theme(),
    displayWidth: DisplayWidth = .standard, measure: Int = 80
  ) {
    messages = Messages(language: language)
    self.theme = theme
    self.displayWidth = displayWidth
    self.measure = min(max(measure, 20), 200)
  }

  /// How cells of a role look.
  package func style(_ role: Role) -> Style { theme.style(role) }

  /// The look of one of several curves, counted from 0.
  package func plotStyle(_ index: Int) -> Style {
    let roles: [Role] = [.plot1, .plot2, .plot3, .plot4]
    return style(roles[index % roles.count])
  }

  /// Whether pictures may be drawn in shades; else they are drawn in dots.
  package var hasShades: Bool {
    theme.colors == .indexed || theme.colors == .trueColor
  }

  /// The words that the typesetter adds to a text.
  package var labels: PageLabels {
    messages.language == .chinese ? .chinese : .english
  }
}

package import Canvas

/// How this reader wants things shown: language, colours, widths.
///
/// Every screen holds a copy; it changes for nobody while the reader runs.
package struct Appearance: Hashable, Sendable {
  package var messages: Messages
  package var isDark: Bool
  /// Whether the terminal shows colours; without them pictures are drawn in braille.
  package var hasColors: Bool
  package var displayWidth: DisplayWidth
  /// Columns of text at most, so that lines stay readable in a wide window.
  package var measure: Int

  package init(
    language: Language = .chinese, isDark: Bool = true, hasColors: Bool = true,
    displayWidth: DisplayWidth = .standard, measure: Int = 80
  ) {
    messages = Messages(language: language)
    self.isDark = isDark
    self.hasColors = hasColors
    self.displayWidth = displayWidth
    self.measure = min(max(measure, 20), 200)
  }
}

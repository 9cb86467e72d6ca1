package import Canvas
import Formula
package import Typesetting

/// How this reader wants things shown: language, colours, widths.
///
/// Every screen holds a copy; when it changes, `App` hands the new one to all of them.
package struct Appearance: Hashable, Sendable {
  package var messages: Messages
  package var theme: Theme
  package var displayWidth: DisplayWidth
  /// Columns of text at most, so that lines stay readable in a wide window.
  package var measure: Int
  /// Whether the lines of code blocks are numbered.
  package var numbersLines = false
  /// Whether the terminal's locale has nothing else.
  package var isASCII = false
  /// Whether the theme goes by what the terminal says of its background.
  package var followsTerminal: Bool

  /// Columns of text that may be wished for.
  package static let measures = 40...120

  package init(
    language: Language = .chinese, theme: Theme = Theme(),
    displayWidth: DisplayWidth = .standard, measure: Int = 80, followsTerminal: Bool = true
  ) {
    self.followsTerminal = followsTerminal
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

  /// How a post is laid out in so many columns and rows, with its images.
  func layout(
    width: Int, pictures: Pictures, showsSource: Bool = false
  ) -> Typesetter.Options {
    Typesetter.Options(
      width: width, displayWidth: displayWidth, theme: theme, showsSource: showsSource,
      numbersLines: numbersLines, labels: labels,
      pictures: isASCII ? Pictures() : pictures, glyphs: isASCII ? .ascii : .unicode)
  }

  /// The words that the typesetter adds to a text.
  package var labels: PageLabels {
    messages.language == .chinese ? .chinese : .english
  }
}

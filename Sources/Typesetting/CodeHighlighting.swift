package import Canvas

/// Colours code by the words of its language.
package enum CodeHighlighting {
  /// A stretch of code of one role; the tokens of a text together are the text, byte for byte.
  package struct Token: Hashable, Sendable {
    package var text: String
    package var role: Role

    package init(_ text: String, _ role: Role) {
      self.text = text
      self.role = role
    }
  }

  /// The tokens of a text; one plain token for a language that is not known.
  package static func tokens(of literal: String, language: String) -> [Token] {
    guard let language = CodeLanguage.named(language) else { return [Token(literal, .body)] }
    var lexer = CodeLexer(literal, language: language)
    return lexer.tokens()
  }

  /// The lines of a block of code in colours; tab stops are four columns apart.
  package static func lines(
    of literal: String, language: String, theme: Theme, width: DisplayWidth = .standard
  ) -> [Line] {
    var lines = [Line()]
    var column = 0
    for token in tokens(of: literal, language: language) {
      let parts = token.text.split(separator: "\n", omittingEmptySubsequences: false)
      for (index, part) in parts.enumerated() {
        if index > 0 {
          lines.append(Line())
          column = 0
        }
        guard !part.isEmpty else { continue }
        let text = SafeText(expandingTabs(part, from: column, width: width))
        column += width.columns(of: text)
        lines[lines.count - 1].spans.append(Span(text, theme.style(token.role)))
      }
    }
    return lines
  }

  private static func expandingTabs(
    _ text: Substring, from start: Int, width: DisplayWidth
  ) -> String {
    guard text.utf8.contains(0x09) else { return String(text) }
    var expanded = ""
    var column = start
    for character in text {
      if character == "\t" {
        let step = 4 - column % 4
        expanded += String(repeating: " ", count: step)
        column += step
      } else {
        expanded.append(character)
        column += width.columns(of: character)
      }
    }
    return expanded
  }
}

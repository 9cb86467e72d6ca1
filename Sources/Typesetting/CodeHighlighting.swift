import Canvas

/// Colours code by the words of its language.
enum CodeHighlighting {
  /// The lines of a block of code; tabs are four columns apart.
  static func lines(of literal: String, language: String, theme: Theme) -> [Line] {
    literal.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      Line(SafeText(expandingTabs(line)), theme.style(.body))
    }
  }

  private static func expandingTabs(_ line: Substring) -> String {
    guard line.contains("\t") else { return String(line) }
    var text = ""
    for character in line {
      if character == "\t" {
        text += String(repeating: " ", count: 4 - text.count % 4)
      } else {
        text.append(character)
      }
    }
    return text
  }
}

package import Canvas

/// The languages of the interface; a post's own text is never translated.
package enum Language: String, Hashable, Sendable, CaseIterable {
  case chinese = "zh"
  case english = "en"

  /// The language that the locale of an environment asks for.
  package init(environment: [String: String]) {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy
      .compactMap { environment[$0] }.first { !$0.isEmpty }
    self = locale?.hasPrefix("zh") == true ? .chinese : .english
  }
}

/// The interface in one language.
package struct Messages: Hashable, Sendable {
  package let language: Language

  package init(language: Language) {
    self.language = language
  }

  /// A message, with values in the places `%1`, `%2`.
  package func callAsFunction(_ message: Message, _ values: String...) -> SafeText {
    let translations = message.translations
    let pattern = language == .chinese ? translations.chinese : translations.english
    guard !values.isEmpty else { return SafeText(pattern) }
    return SafeText(Messages.filled(pattern, with: values))
  }

  /// One pass over the pattern, so that a `%2` inside a value stays what it is.
  private static func filled(_ pattern: String, with values: [String]) -> String {
    var text = ""
    var rest = pattern[...]
    while let percent = rest.firstIndex(of: "%") {
      text += rest[..<percent]
      let next = rest.index(after: percent)
      if next < rest.endIndex, let place = rest[next].wholeNumberValue,
        values.indices.contains(place - 1)
      {
        text += values[place - 1]
        rest = rest[rest.index(after: next)...]
      } else {
        text.append("%")
        rest = rest[next...]
      }
    }
    return text + rest
  }
}

package import Typesetting

/// What can be typed after `:`.
package enum ReaderCommand: Hashable, Sendable {
  case sort(PostOrder)
  case theme(Theme.Background)
  case language(Language)
  case measure(Int)
  case ambiguousWidth(Int)
  case mouse(Bool)
  case lineNumbers(Bool)
  case backlinks, help, quit

  /// Nil if the text is no command.
  package init?(_ text: String) {
    let words = text.split(whereSeparator: \.isWhitespace).map { String($0) }
    switch (words.first, words.count) {
    case ("backlinks", 1): self = .backlinks
    case ("help", 1), ("h", 1): self = .help
    case ("quit", 1), ("q", 1): self = .quit
    case ("sort", 2):
      guard let order = PostOrder(rawValue: words[1]) else { return nil }
      self = .sort(order)
    case ("theme", 2):
      guard let background = Theme.Background(rawValue: words[1]) else { return nil }
      self = .theme(background)
    case ("lang", 2):
      guard let language = Language(rawValue: words[1]) else { return nil }
      self = .language(language)
    case ("set", 2): self.init(setting: words[1])
    default: return nil
    }
  }

  private init?(setting: String) {
    let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      .map { String($0) }
    switch (parts[0], parts.count > 1 ? Int(parts[1]) : nil) {
    case ("mouse", nil) where parts.count == 1: self = .mouse(true)
    case ("nomouse", nil) where parts.count == 1: self = .mouse(false)
    case ("number", nil) where parts.count == 1: self = .lineNumbers(true)
    case ("nonumber", nil) where parts.count == 1: self = .lineNumbers(false)
    case ("measure", let columns?) where Appearance.measures.contains(columns):
      self = .measure(columns)
    case ("ambiguous", let columns?) where (1...2).contains(columns):
      self = .ambiguousWidth(columns)
    default: return nil
    }
  }

  private static let usages = [
    "sort": "sort category|date|title|unread", "theme": "theme dark|light", "lang": "lang zh|en",
    "set": "set measure=40…120, ambiguous=1|2, [no]mouse, [no]number",
  ]

  /// What could have been typed instead: the values of a known command, or else the commands.
  package static func usage(after text: String) -> String {
    let name = text.split(whereSeparator: \.isWhitespace).first ?? ""
    return usages[String(name)] ?? "sort, theme, lang, set, backlinks, help, quit"
  }
}

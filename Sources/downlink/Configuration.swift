import Foundation
import Reader
import Typesetting

/// The user's wishes in `$XDG_CONFIG_HOME/downlink/config`: lines `name = value`, `#` for comments.
///
/// Only the user writes this file; content never becomes a setting (R31).
struct Configuration: Equatable {
  var theme: Theme.Background?
  var language: Language?
  var measure: Int?
  var ambiguousWidth: Int?
  var color: ColorWish?

  init() {}

  /// What the file says; nothing if there is none.
  init(contentsOf file: URL) throws(CommandError) {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return }
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let content = line.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
      guard !content.isEmpty else { continue }
      let parts = content.split(separator: "=", maxSplits: 1)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2, take(parts[0], parts[1]) else {
        throw .settings(path: file.path, line: index + 1, text: content)
      }
    }
  }

  /// - Returns: whether the setting and its value are known.
  private mutating func take(_ name: String, _ value: String) -> Bool {
    switch name {
    case "theme":
      theme = Theme.Background(rawValue: value)
      return theme != nil || value == "auto"
    case "lang":
      language = Language(rawValue: value)
      return language != nil
    case "color":
      color = ColorWish(rawValue: value)
      return color != nil
    case "measure":
      measure = Int(value).flatMap { Appearance.measures.contains($0) ? $0 : nil }
      return measure != nil
    case "ambiguous":
      ambiguousWidth = Int(value).flatMap { (1...2).contains($0) ? $0 : nil }
      return ambiguousWidth != nil
    default: return false
    }
  }
}

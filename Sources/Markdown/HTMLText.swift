/// What is shown of HTML in a post: its text, without tags, comments, scripts and styles.
package enum HTMLText {
  package enum Part: Equatable, Sendable {
    case text(String)
    case lineBreak
    case image(source: String, alternative: String)
  }

  package static func parts(of html: String) -> [Part] {
    var parts: [Part] = []
    var rest = Substring(html)
    while let open = rest.firstIndex(of: "<") {
      append(rest[..<open], to: &parts)
      rest = rest[open...]
      if rest.hasPrefix("<!--") {
        rest = after("-->", in: rest)
        continue
      }
      let tag = tag(at: rest)
      rest = rest.dropFirst(tag.count + 1)
      let name = tag.dropFirst().prefix { $0.isLetter || $0.isNumber }.lowercased()
      switch name {
      case "br": parts.append(.lineBreak)
      case "img":
        parts.append(
          .image(
            source: attribute("src", of: tag) ?? "", alternative: attribute("alt", of: tag) ?? ""))
      case "script", "style": rest = after("</\(name)>", in: rest)
      default: break
      }
    }
    append(rest, to: &parts)
    return parts
  }

  /// The tag that a text starts with, without its `>`; one between quotes does not end it.
  private static func tag(at text: Substring) -> Substring {
    var quote: Character?
    for index in text.indices {
      let character = text[index]
      if character == quote {
        quote = nil
      } else if quote == nil, character == ">" {
        return text[..<index]
      } else if quote == nil, character == "\"" || character == "'" {
        quote = character
      }
    }
    return text.prefix { $0 != ">" }
  }

  private static func append(_ text: Substring, to parts: inout [Part]) {
    guard !text.isEmpty else { return }
    var decoded = String(text)
    if decoded.contains("&") {
      for (entity, character) in entities {
        decoded = decoded.replacing(entity, with: character)
      }
    }
    parts.append(.text(decoded))
  }

  /// The references that occur in blocks of HTML, which cmark leaves as they are; `&amp;` last.
  private static let entities = [
    ("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&"),
  ]

  private static func after(_ end: String, in text: Substring) -> Substring {
    guard let range = text.firstRange(of: end) else { return "" }
    return text[range.upperBound...]
  }

  /// The value of a quoted attribute.
  private static func attribute(_ name: String, of tag: Substring) -> String? {
    guard let start = tag.firstRange(of: name + "=") else { return nil }
    let value = tag[start.upperBound...]
    guard let quote = value.first, quote == "\"" || quote == "'" else {
      return String(value.prefix { !$0.isWhitespace && $0 != "/" })
    }
    return String(value.dropFirst().prefix { $0 != quote })
  }
}

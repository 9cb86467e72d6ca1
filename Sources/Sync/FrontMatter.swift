import Posts
import Yams

/// What stands above a post: its title, date and the rest, with the keys that mean nothing here.
package struct FrontMatter: Hashable, Sendable {
  package var title = ""
  package var titleEnglish = ""
  /// ISO 8601, `2026-01-11`.
  package var date = ""
  package var category = ""
  package var tags: [String] = []
  package var summary = ""
  package var demo: String?
  package var references: [String] = []
  package var unknownKeys: [String] = []

  /// Why it is refused; the line counts from the first below the opening `---`.
  package struct Fault: Error, Equatable {
    package var line: Int
    package var reason: String

    package init(line: Int, reason: String) {
      self.line = line
      self.reason = reason
    }
  }

  /// The caps of front matter (2.7).
  private enum Limit {
    static let bytes = 16 << 10
    static let keys = 64
    static let items = 256
  }

  /// Reads YAML of strings and flat lists of strings.
  ///
  /// Everything that makes YAML dangerous is refused before the parser sees it (R35): it expands
  /// aliases, and a few hundred bytes of those can take seconds.
  package init(yaml: String) throws(Fault) {
    guard yaml.utf8.count <= Limit.bytes else {
      throw Fault(line: 1, reason: "the front matter is larger than \(Limit.bytes >> 10) KiB")
    }
    try FrontMatterFilter.check(yaml)
    let mapping = try Self.mapping(yaml)
    guard mapping.count <= Limit.keys else {
      throw Fault(line: 1, reason: "the front matter has more than \(Limit.keys) keys")
    }
    for (key, value) in mapping {
      let line = key.mark?.line ?? 1
      guard case .scalar(let name) = key else {
        throw Fault(line: line, reason: "a key must be a word")
      }
      try set(name.string, to: value, line: line)
    }
    for (value, key) in [(title, "title"), (date, "date"), (category, "category")]
    where value.isEmpty {
      throw Fault(line: 1, reason: "`\(key)` is missing")
    }
  }

  private static func mapping(_ yaml: String) throws(Fault) -> Node.Mapping {
    do {
      guard case .mapping(let mapping)? = try Yams.compose(yaml: yaml, .basic) else {
        throw Fault(line: 1, reason: "the front matter is no list of `key: value`")
      }
      return mapping
    } catch let fault as Fault {
      throw fault
    } catch {
      throw Fault(error)
    }
  }

  private mutating func set(_ key: String, to value: Node, line: Int) throws(Fault) {
    switch key {
    case "title": title = try Self.text(value, key, line)
    case "title_en": titleEnglish = try Self.text(value, key, line)
    case "date": date = try Self.day(Self.text(value, key, line), line)
    case "category": category = try Self.text(value, key, line)
    case "tags": tags = try Self.list(value, key, line)
    case "summary": summary = try Self.text(value, key, line)
    case "demo": demo = try Self.text(value, key, line)
    case "references": references = try Self.list(value, key, line)
    default: unknownKeys.append(key)
    }
  }

  private static func text(_ value: Node, _ key: String, _ line: Int) throws(Fault) -> String {
    guard case .scalar(let scalar) = value else {
      throw Fault(line: line, reason: "`\(key)` must be one text")
    }
    let text = scalar.string.split(whereSeparator: \.isNewline).joined(separator: " ")
    guard !text.allSatisfy(\.isWhitespace) else {
      throw Fault(line: line, reason: "`\(key)` is empty")
    }
    return text
  }

  private static func list(_ value: Node, _ key: String, _ line: Int) throws(Fault) -> [String] {
    guard case .sequence(let sequence) = value else {
      throw Fault(line: line, reason: "`\(key)` must be a list, as in `[one, two]`")
    }
    guard sequence.count <= Limit.items else {
      throw Fault(line: line, reason: "`\(key)` has more than \(Limit.items) items")
    }
    var items: [String] = []
    for item in sequence { items.append(try text(item, key, item.mark?.line ?? line)) }
    return items
  }

  /// A day of the calendar, with or without a time behind it.
  private static func day(_ text: String, _ line: Int) throws(Fault) -> String {
    let day = text.prefix(10)
    let parts = day.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.allSatisfy(\.isASCIIDigit) ? Int($0) : nil }
    let rest = text.dropFirst(10).first
    guard parts.map(\.count) == [4, 2, 2], numbers.count == 3, (1...12).contains(numbers[1]),
      (1...31).contains(numbers[2]), rest == nil || rest == " " || rest == "T"
    else { throw Fault(line: line, reason: "`date` must be like 2026-01-11") }
    return String(day)
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

extension FrontMatter.Fault {
  /// What YAML's parser says, without the text that it quotes.
  fileprivate init(_ error: any Error) {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(line: mark.line, reason: "the front matter is not YAML (\(problem))")
    case .duplicatedKeysInMapping(let keys, _):
      self.init(line: 1, reason: "a key stands twice: \(keys.joined(separator: ", "))")
    default:
      self.init(line: 1, reason: "the front matter is not YAML")
    }
  }
}

import Posts

/// What the keys mean, whatever language they were written in; those of Hexo, Hugo and Jekyll stand
/// beside ours, so that posts written for them are read as they are.
extension FrontMatter {
  /// A value of YAML or TOML, as far as it is read.
  enum Value {
    case text(String)
    case list([Value])
    case other
  }

  mutating func set(_ key: String, to value: Value, line: Int) throws(Fault) {
    switch key {
    case "title": title = try Self.text(value, key, line)
    case "title_en": titleEnglish = try Self.text(value, key, line)
    case "date": date = try Self.day(Self.text(value, key, line), line)
    case "category": category = try Self.text(value, key, line)
    case "categories" where category.isEmpty: category = try Self.first(value, key, line)
    case "tags": tags = try Self.list(value, key, line)
    case "summary": summary = try Self.text(value, key, line)
    case "description" where summary.isEmpty: summary = try Self.text(value, key, line)
    case "demo": demo = try Self.text(value, key, line)
    case "references": references = try Self.list(value, key, line)
    default: unknownKeys.append(key)
    }
  }

  /// Fills in what is not said: the title by the first heading, else by the file; the date by the
  /// file's name, else by the file's own; the category by its folder.
  mutating func complete(path: String, date fileDate: String, heading: String?) {
    let components = path.split(separator: "/").map(String.init)
    let name = components.last ?? path
    if title.isEmpty { title = heading ?? String(name.prefix { $0 != "." }) }
    if date.isEmpty {
      let stated = DatedName(name).flatMap { try? Self.day(String($0.day), 1) }
      date = stated ?? fileDate
    }
    if category.isEmpty {
      category = components.dropLast().last { !Self.isPostsFolder($0) } ?? "未分类"
    }
  }

  /// Folders in which generators keep posts of every category.
  private static func isPostsFolder(_ name: String) -> Bool {
    name.hasPrefix("_") || ["posts", "post", "content", "source"].contains(name)
  }

  // MARK: Values

  private static func text(_ value: Value, _ key: String, _ line: Int) throws(Fault) -> String {
    guard case .text(let string) = value else {
      throw Fault(line: line, reason: "`\(key)` must be one text")
    }
    let text = string.split(whereSeparator: \.isNewline).joined(separator: " ")
    guard !text.allSatisfy(\.isWhitespace) else {
      throw Fault(line: line, reason: "`\(key)` is empty")
    }
    return text
  }

  /// A list of texts; a single text is a list of one.
  private static func list(_ value: Value, _ key: String, _ line: Int) throws(Fault) -> [String] {
    switch value {
    case .text: return [try text(value, key, line)]
    case .list(let values):
      var items: [String] = []
      for item in values { items.append(try text(item, key, line)) }
      return items
    case .other:
      throw Fault(line: line, reason: "`\(key)` must be a list, as in `[one, two]`")
    }
  }

  /// The first text of a list, in which Hexo may have lists again.
  private static func first(_ value: Value, _ key: String, _ line: Int) throws(Fault) -> String {
    guard case .list(let values) = value else { return try text(value, key, line) }
    return try values.first.map { value throws(Fault) in try first(value, key, line) } ?? ""
  }

  /// A day of the calendar, with or without a time behind it: `2026-01-11`, `2026/1/11 08:00`.
  private static func day(_ text: String, _ line: Int) throws(Fault) -> String {
    let date = text.prefix { $0 != " " && $0 != "T" }
    let parts = date.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "/" }
    let isWellFormed = parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    guard isWellFormed, parts.count == 3, parts[0].count == 4, let month = Int(parts[1]),
      let day = Int(parts[2]), (1...12).contains(month), (1...31).contains(day),
      parts[1].count <= 2, parts[2].count <= 2
    else { throw Fault(line: line, reason: "`date` must be like 2026-01-11") }
    return "\(parts[0])-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }
}

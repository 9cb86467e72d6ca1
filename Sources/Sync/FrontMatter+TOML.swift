/// TOML as Hugo's posts have it: keys with a text, a number, a date, a truth value or a list of these,
/// each on one line or, for a list, on several.
///
/// A table below them (`[params]`) says nothing that is read here.
extension FrontMatter {
  package init(toml: String) throws(Fault) {
    guard toml.utf8.count <= Limit.bytes else {
      throw Fault(line: 1, reason: "the front matter is larger than \(Limit.bytes >> 10) KiB")
    }
    self.init()
    var reader = TOMLReader(toml)
    var keys: Set<String> = []
    while let (key, value, line) = try reader.next() {
      guard keys.insert(key).inserted else {
        throw Fault(line: line, reason: "a key stands twice: \(key)")
      }
      guard keys.count <= Limit.keys else {
        throw Fault(line: line, reason: "the front matter has more than \(Limit.keys) keys")
      }
      try set(key, to: value, line: line)
    }
  }
}

/// Reads one assignment after the other.
private struct TOMLReader {
  private var rest: Substring
  private var line = 1

  init(_ text: String) { rest = text[...] }

  /// The next key with its value and line; nil at the end or at the first table.
  mutating func next() throws(FrontMatter.Fault) -> (String, FrontMatter.Value, Int)? {
    skipBlanks(acrossLines: true)
    guard let first = rest.first, first != "[" else { return nil }
    let start = line
    let key = first == "\"" || first == "'" ? try quoted() : word()
    skipBlanks()
    guard !key.isEmpty, rest.first == "=" else {
      throw FrontMatter.Fault(line: line, reason: "the front matter is no list of `key = value`")
    }
    rest.removeFirst()
    skipBlanks()
    let value = try value(depth: 0)
    skipBlanks()
    guard rest.first?.isNewline ?? true else {
      throw FrontMatter.Fault(line: line, reason: "`\(key)` has something behind its value")
    }
    return (key, value, start)
  }

  private mutating func value(depth: Int) throws(FrontMatter.Fault) -> FrontMatter.Value {
    switch rest.first {
    case "\"", "'": return .text(try quoted())
    case "[":
      guard depth < 2 else {
        throw FrontMatter.Fault(line: line, reason: "lists are nested too deep")
      }
      return .list(try list(depth: depth))
    case "{": throw FrontMatter.Fault(line: line, reason: "tables are not read")
    default:
      let text = rest.prefix { !$0.isNewline && $0 != "," && $0 != "]" && $0 != "#" }
      rest = rest[text.endIndex...]
      return .text(String(text.reversed().drop(while: \.isWhitespace).reversed()))
    }
  }

  private mutating func list(depth: Int) throws(FrontMatter.Fault) -> [FrontMatter.Value] {
    rest.removeFirst()
    var items: [FrontMatter.Value] = []
    while true {
      skipBlanks(acrossLines: true)
      guard let next = rest.first else {
        throw FrontMatter.Fault(line: line, reason: "a list has no closing `]`")
      }
      if next == "]" || next == "," {
        rest.removeFirst()
        if next == "]" { return items }
        continue
      }
      items.append(try value(depth: depth + 1))
      guard items.count <= FrontMatter.Limit.items else {
        throw FrontMatter.Fault(
          line: line, reason: "a list has more than \(FrontMatter.Limit.items) items")
      }
    }
  }

  /// A text in quotation marks; three of them hold line breaks.
  private mutating func quoted() throws(FrontMatter.Fault) -> String {
    let mark = rest.removeFirst()
    let isLong = rest.hasPrefix("\(mark)\(mark)")
    if isLong { rest.removeFirst(2) }
    let end = isLong ? "\(mark)\(mark)\(mark)" : "\(mark)"
    var text = ""
    while !rest.hasPrefix(end) {
      guard let character = rest.popFirst(), isLong || !character.isNewline else {
        throw FrontMatter.Fault(line: line, reason: "a text has no closing quotation mark")
      }
      if character.isNewline { line += 1 }
      if mark == "\"", character == "\\", let escaped = rest.popFirst() {
        text.append(Self.escapes[escaped] ?? escaped)
      } else {
        text.append(character)
      }
    }
    rest.removeFirst(end.count)
    return text
  }

  private static let escapes: [Character: Character] = ["n": "\n", "t": "\t"]

  private mutating func word() -> String {
    let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == "." }
    rest = rest[word.endIndex...]
    return String(word)
  }

  /// Passes over blanks and a comment.
  private mutating func skipBlanks(acrossLines: Bool = false) {
    while let next = rest.first {
      if next == "#" {
        rest = rest.drop { !$0.isNewline }
      } else if next.isNewline, acrossLines {
        line += 1
        rest.removeFirst()
      } else if next.isWhitespace, !next.isNewline {
        rest.removeFirst()
      } else {
        return
      }
    }
  }
}

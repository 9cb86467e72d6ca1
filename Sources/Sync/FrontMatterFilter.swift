/// Refuses what YAML offers beyond strings and lists, before its parser sees the text (R35).
///
/// It knows where a value begins and what is quoted, because `title: Q&A *bold*` is a title. Where
/// it cannot be sure it refuses, and quotation marks help.
struct FrontMatterFilter {
  private var line = 0
  private var flowDepth = 0
  /// The mark that an open quotation ends with.
  private var quote: Character?
  /// Indentation of the key that a block of literal lines belongs to.
  private var blockIndent: Int?

  /// Brackets in brackets, and dashes on one line, that a flat list may need.
  private static let deepest = 4

  static func check(_ yaml: String) throws(FrontMatter.Fault) {
    var filter = FrontMatterFilter()
    for line in yaml.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      filter.line += 1
      try filter.check(line)
    }
  }

  private mutating func check(_ text: Substring) throws(FrontMatter.Fault) {
    let indent = text.prefix { $0 == " " }.count
    if let blockIndent {
      if indent > blockIndent || text.allSatisfy(\.isWhitespace) { return }
      self.blockIndent = nil
    }
    var rest = text
    var dashes = 0
    var startsNode = quote == nil
    while let character = rest.first {
      if let quote {
        rest = skipQuoted(rest, quote)
        startsNode = false
      } else if character == " " || character == "\t" {
        rest.removeFirst()
        if rest.first == "#" { return }
      } else if startsNode {
        switch character {
        case "&", "*", "!":
          throw refusal("anchors, aliases and tags are not read; put the value in quotation marks")
        case "?" where Self.endsIndicator(rest.dropFirst()):
          throw refusal("a key must be a word")
        case "-" where Self.endsIndicator(rest.dropFirst()):
          dashes += 1
          if dashes > Self.deepest { throw refusal("lists are nested too deep") }
          rest.removeFirst()
        case "\"", "'":
          quote = character
          rest.removeFirst()
        case "[", "{": try open(&rest)
        case "]", "}", ",":
          closeOrContinue(character)
          rest.removeFirst()
          startsNode = character == ","
        case "|", ">":
          if flowDepth == 0 { blockIndent = indent }
          return
        case "#": return
        case "<" where rest.hasPrefix("<<"): throw refusal("merge keys are not read")
        default: startsNode = false
        }
      } else {
        startsNode = try readPlain(&rest)
      }
    }
  }

  /// Reads on in a plain value or after a quoted one; whether another value begins.
  private mutating func readPlain(_ rest: inout Substring) throws(FrontMatter.Fault) -> Bool {
    let character = rest.removeFirst()
    if character == ":", Self.endsIndicator(rest) || flowDepth > 0 { return true }
    guard flowDepth > 0 else { return false }
    switch character {
    case ",": return true
    case "]", "}":
      closeOrContinue(character)
      return false
    case "[", "{":
      rest = character == "[" ? "[" + rest : "{" + rest
      try open(&rest)
      return true
    default: return false
    }
  }

  private mutating func open(_ rest: inout Substring) throws(FrontMatter.Fault) {
    flowDepth += 1
    if flowDepth > Self.deepest { throw refusal("lists are nested too deep") }
    rest.removeFirst()
  }

  private mutating func closeOrContinue(_ character: Character) {
    if character != "," { flowDepth = max(0, flowDepth - 1) }
  }

  /// What follows the closing mark; nothing if it stands on a later line.
  private mutating func skipQuoted(_ text: Substring, _ mark: Character) -> Substring {
    var rest = text
    while let character = rest.popFirst() {
      if mark == "\"", character == "\\" {
        _ = rest.popFirst()
      } else if character == mark {
        guard mark == "'", rest.first == "'" else {
          quote = nil
          return rest
        }
        rest.removeFirst()
      }
    }
    return rest
  }

  /// A dash, question mark or colon is an indicator only before a blank or a line's end.
  private static func endsIndicator(_ rest: Substring) -> Bool {
    rest.first.map { $0 == " " || $0 == "\t" } ?? true
  }

  private func refusal(_ reason: String) -> FrontMatter.Fault {
    FrontMatter.Fault(line: line, reason: reason)
  }
}

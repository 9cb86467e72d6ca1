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
  enum Limit {
    static let bytes = 16 << 10
    static let keys = 64
    static let items = 256
  }

  /// What stands above a file that has no front matter.
  package init() {}

  /// Reads what stands above a file, in the language that its fence tells.
  init(of file: PostFile) throws(Fault) {
    switch file.form {
    case .none: self.init()
    case .yaml: try self.init(yaml: file.frontMatter)
    case .toml: try self.init(toml: file.frontMatter)
    }
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
  }

  private static func mapping(_ yaml: String) throws(Fault) -> Node.Mapping {
    do {
      guard let node = try Yams.compose(yaml: yaml, .basic) else { return Node.Mapping([]) }
      guard case .mapping(let mapping) = node else {
        throw Fault(line: 1, reason: "the front matter is no list of `key: value`")
      }
      return mapping
    } catch let fault as Fault {
      throw fault
    } catch {
      throw Fault(error)
    }
  }

  private mutating func set(_ key: String, to node: Node, line: Int) throws(Fault) {
    // A key that a generator's scaffold leaves empty says nothing.
    if case .scalar(let scalar) = node, scalar.style == .plain, scalar.string.isEmpty { return }
    try set(key, to: try Self.value(node, key, line), line: line)
  }

  private static func value(_ node: Node, _ key: String, _ line: Int) throws(Fault) -> Value {
    switch node {
    case .scalar(let scalar): return .text(scalar.string)
    case .sequence(let sequence):
      guard sequence.count <= Limit.items else {
        throw Fault(line: line, reason: "`\(key)` has more than \(Limit.items) items")
      }
      var items: [Value] = []
      for item in sequence { items.append(try value(item, key, item.mark?.line ?? line)) }
      return .list(items)
    default: return .other
    }
  }
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

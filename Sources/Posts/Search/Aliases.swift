/// Names of one thing in two languages, of which a search for one also finds the other.
struct Aliases: Sendable {
  /// Names of one thing, each with the words it is compiled to.
  private let groups: [[Name]]

  private struct Name: Sendable {
    var text: String
    var words: [String]
  }

  /// Reads a table: on each line the names of one thing, with `=` between them.
  init(table: String) {
    groups = table.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      line.split(separator: "=").map { part in
        let text = part.trimmingPrefix(while: \.isWhitespace)
        let name = String(text.reversed().drop(while: \.isWhitespace).reversed())
        return Name(text: name, words: SearchQuery(name + " ").terms.flatMap(\.tokens))
      }
    }
  }

  /// A query in other words.
  struct Alternative {
    var query: String
    /// The query as it is shown, without the quotation marks that keep a name together.
    var label: String
  }

  /// The query with one of its names replaced by another of the same thing, in every way.
  func alternatives(to query: SearchQuery) -> [Alternative] {
    let terms = query.terms
    var found: [Alternative] = []
    for first in terms.indices where terms[first].field == nil {
      for last in first..<terms.count where terms[first...last].allSatisfy({ $0.field == nil }) {
        let before = terms[..<first].map(\.typed)
        let after = terms[(last + 1)...].map(\.typed) + query.exclusions.map(\.typed)
        for name in otherNames(of: terms[first...last].flatMap(\.tokens)) {
          found.append(
            Alternative(
              query: (before + ["\"\(name)\""] + after).joined(separator: " "),
              label: (before + [name] + after).joined(separator: " ")))
        }
      }
    }
    return found
  }

  private func otherNames(of words: [String]) -> [String] {
    groups.filter { $0.contains { $0.words == words } }.joined().filter { $0.words != words }
      .map(\.text)
  }
}

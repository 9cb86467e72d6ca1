import GRDB
import Markdown

/// Which links between posts lead nowhere; only the whole library can tell.
///
/// The verdict stands beside each link. A sync so judges the links of the posts that it changed and
/// those to them, in whatever source they are, and no others.
final class LinkCheck {
  private let database: Database
  /// Slugs of posts that came, went or changed.
  private var touched: Set<String> = []
  /// The names of a post's headings; nil if there is no such post.
  private var anchors: [String: Set<String>?] = [:]

  enum Fault: Int {
    case none = 0, noPost, noHeading
  }

  init(_ database: Database) { self.database = database }

  /// Notes that a post came, went or changed.
  func touch(_ slug: String) { touched.insert(slug) }

  /// Judges every link that a change may have mended or broken.
  func settle() throws {
    guard !touched.isEmpty else { return }
    anchors = [:]
    for slug in touched {
      try judge("SELECT rowid AS id, target, anchor, fault FROM link WHERE target = ?", slug)
      try judge(
        """
        SELECT link.rowid AS id, target, anchor, fault FROM link JOIN post ON post.id = link.post
        WHERE post.slug = ?
        """, slug)
    }
    touched = []
  }

  private func judge(_ sql: String, _ slug: String) throws {
    let change = try database.cachedStatement(sql: "UPDATE link SET fault = ? WHERE rowid = ?")
    for row in try Row.fetchAll(database.cachedStatement(sql: sql), arguments: [slug]) {
      let fault = try fault(target: row.text("target"), anchor: row.text("anchor"))
      if fault.rawValue != row.integer("fault") {
        try change.execute(arguments: [fault.rawValue, row.integer("id")])
      }
    }
  }

  private func fault(target: String, anchor: String) throws -> Fault {
    if anchors[target] == nil { anchors[target] = .some(try headings(of: target)) }
    guard let names = anchors[target] ?? nil else { return .noPost }
    return anchor.isEmpty || names.contains(anchor) ? .none : .noHeading
  }

  /// What `#anchor` may name in a post: equal headings are numbered from the second on.
  private func headings(of slug: String) throws -> Set<String>? {
    let row = try Row.fetchOne(
      database.cachedStatement(
        sql: "SELECT headings FROM post JOIN search_text USING (id) WHERE slug = ?"),
      arguments: [slug])
    guard let row else { return nil }
    var counts: [String: Int] = [:]
    return Set(
      row.list("headings").map { heading in
        let anchor = Document.anchor(for: heading)
        let repetition = counts[anchor, default: 0]
        counts[anchor] = repetition + 1
        return repetition == 0 ? anchor : "\(anchor)-\(repetition)"
      })
  }

  /// The first links of a source's posts that lead nowhere, in the order of files and lines, and
  /// the number of all of them, counted to `most`: a blog copied from elsewhere may have thousands.
  func broken(
    ofSource source: String, limit: Int, countingTo most: Int
  ) throws -> (first: [BrokenLink], count: Int) {
    try settle()
    let links = "FROM post CROSS JOIN link ON link.post = post.id WHERE source = ? AND fault <> 0"
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT path, line, target, anchor, fault \(links)
        ORDER BY path, line, target, anchor LIMIT \(limit)
        """, arguments: [source])
    let first = rows.map { row in
      let target = row.text("target")
      return BrokenLink(
        path: row.text("path"), line: row.integer("line"),
        reason: row.integer("fault") == Fault.noPost.rawValue
          ? "there is no post \(target)" : "\(target) has no heading \(row.text("anchor"))")
    }
    guard first.count == limit else { return (first, first.count) }
    let count = try Int.fetchOne(
      database, sql: "SELECT count(*) FROM (SELECT 1 \(links) LIMIT \(most))", arguments: [source])
    return (first, count ?? first.count)
  }
}

/// A link that leads nowhere, in the file at `path` of its source.
package struct BrokenLink: Hashable, Sendable {
  package var path: String
  package var line: Int
  package var reason: String
}

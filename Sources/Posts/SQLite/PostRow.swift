import GRDB

/// How posts stand in rows of the table `post`.
///
/// Lists are text with one item per line; no item holds a line break.
enum PostRow {
  static let summaryColumns =
    "slug, title, title_english, date, category, tags, summary, demo"
  /// Out of `posts`.
  static let postColumns = summaryColumns + ", citations, sha256, text AS markdown"
  /// Every post with its Markdown, also one that has lost it.
  static let posts = "post LEFT JOIN markdown ON markdown.post = post.id"

  static func summary(_ row: Row) -> PostSummary? {
    guard let slug = Slug(row.text("slug")) else { return nil }
    let demo = row.text("demo")
    return PostSummary(
      slug: slug, title: row.text("title"), titleEnglish: row.text("title_english"),
      date: row.text("date"), category: row.text("category"), tags: row.list("tags"),
      summary: row.text("summary"), demo: demo.isEmpty ? nil : demo)
  }

  static func post(_ row: Row) -> Post? {
    guard let summary = summary(row) else { return nil }
    return Post(
      summary: summary, references: row.list("citations"), markdown: row.text("markdown"))
  }
}

/// Values of a column as what they should be; a damaged file can hold any type in any column, and
/// GRDB's own subscripts trap there.
extension Row {
  func text(_ name: String) -> String { optionalText(name) ?? "" }

  func optionalText(_ name: String) -> String? {
    if case .string(let text) = storage(name) { text } else { nil }
  }

  /// Text of one item per line.
  func list(_ name: String) -> [String] { text(name).split(separator: "\n").map(String.init) }

  func bytes(_ name: String) -> [UInt8] {
    if case .blob(let data) = storage(name) { [UInt8](data) } else { [] }
  }

  func integer(_ name: String) -> Int {
    if case .int64(let number) = storage(name) { Int(number) } else { 0 }
  }

  func number(_ name: String) -> Double {
    switch storage(name) {
    case .double(let number): number
    case .int64(let number): Double(number)
    default: 0
    }
  }

  private func storage(_ name: String) -> DatabaseValue.Storage {
    (self[name] as DatabaseValue).storage
  }
}

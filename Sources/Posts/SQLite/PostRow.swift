import GRDB

/// How posts stand in rows of the table `post`.
///
/// Lists are text with one item per line; no item holds a line break. Values are read with their
/// type checked, since a damaged file can hold any type in any column.
enum PostRow {
  static let summaryColumns =
    "slug, title, title_english, date, category, tags, summary, demo"
  static let postColumns = summaryColumns + ", citations, markdown"

  static func summary(_ row: Row) -> PostSummary? {
    guard let slug = Slug(text(row["slug"])) else { return nil }
    let demo = text(row["demo"])
    return PostSummary(
      slug: slug, title: text(row["title"]), titleEnglish: text(row["title_english"]),
      date: text(row["date"]), category: text(row["category"]), tags: list(row["tags"]),
      summary: text(row["summary"]), demo: demo.isEmpty ? nil : demo)
  }

  static func post(_ row: Row) -> Post? {
    guard let summary = summary(row) else { return nil }
    return Post(
      summary: summary, references: list(row["citations"]), markdown: text(row["markdown"]))
  }

  static func list(_ value: DatabaseValue) -> [String] {
    text(value).split(separator: "\n").map(String.init)
  }

  static func text(_ value: DatabaseValue) -> String {
    if case .string(let text) = value.storage { text } else { "" }
  }

  static func bytes(_ value: DatabaseValue) -> [UInt8] {
    if case .blob(let data) = value.storage { [UInt8](data) } else { [] }
  }
}

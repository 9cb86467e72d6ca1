import Foundation
import Markdown
import Posts

/// The documents of a folder of Markdown, each as a post would have it.
struct Corpus {
  let documents: [CorpusDocument]

  /// Reads every Markdown file below `folder` that a post could hold.
  init(folder: URL) throws {
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let paths = (files?.allObjects ?? []).compactMap { $0 as? URL }
      .filter { ["md", "markdown"].contains($0.pathExtension) }.sorted { $0.path < $1.path }
    documents = paths.compactMap { CorpusDocument(file: $0, below: folder) }
    guard !documents.isEmpty else { throw BenchError.noCorpus(path: folder.path) }
  }
}

/// One Markdown file: its title, where it lies, and what a reader sees of it.
struct CorpusDocument {
  let title: String
  let category: String
  let tags: [String]
  /// The Markdown without front matter and without the heading that became the title.
  let markdown: String
  let headings: [String]
  /// The plain text, formulas as TeX, and code.
  let body: String

  init?(file: URL, below folder: URL) {
    guard let bytes = FileManager.default.contents(atPath: file.path), bytes.count < 1_000_000
    else { return nil }
    var lines = String(decoding: bytes, as: UTF8.self).filter { $0 != "\0" }
      .split(separator: "\n", omittingEmptySubsequences: false)
    if lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") {
      lines.removeSubrange(...end)
    }
    let stem = file.deletingPathExtension().lastPathComponent
    var title = stem
    if let first = lines.firstIndex(where: { !$0.allSatisfy(\.isWhitespace) }),
      lines[first].hasPrefix("# ")
    {
      let heading = Self.plain(String(lines[first]))
      if !heading.isEmpty {
        title = heading
        lines.removeSubrange(...first)
      }
    }
    markdown = lines.joined(separator: "\n")
    guard let document = try? MarkdownParser.parse(markdown) else { return nil }
    let text = SearchText(document) { _ in "" }
    let folders = file.deletingLastPathComponent().path.dropFirst(folder.path.count)
      .split(separator: "/").map(String.init)
    self.title = String(title.prefix(100))
    category = folders.first ?? ""
    tags = folders.dropFirst().suffix(1).map { $0.replacing(",", with: " ") }
    headings = text.headings
    body = text.body
  }

  private static func plain(_ markdown: String) -> String {
    guard let document = try? MarkdownParser.parse(markdown) else { return "" }
    return SearchText(document) { _ in "" }.headings.first ?? ""
  }

  /// The file of a post with this content.
  func file(title: String, markdown: String, day: Int) -> String {
    func quoted(_ text: String) -> String {
      "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
    let date = 2000 + day / 336
    let (month, dayOfMonth) = (1 + day / 28 % 12, 1 + day % 28)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return """
      ---
      title: \(quoted(title))
      date: \(date)-\(two(month))-\(two(dayOfMonth))
      category: \(quoted(category.isEmpty ? "none" : category))
      tags: [\(tags.map(quoted).joined(separator: ", "))]
      summary: none
      ---

      \(markdown)
      """
  }
}

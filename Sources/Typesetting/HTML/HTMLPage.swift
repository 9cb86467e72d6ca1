import Canvas
package import Markdown

/// A post as one HTML page that needs nothing else: no script, no other file, no network.
///
/// Formulas are MathML, which browsers draw by themselves, with their TeX in it. Whatever the post
/// has of HTML is shown as its text alone, and a link is one only if it leads to a page, another
/// post or a mail address.
package struct HTMLPage {
  private let document: Document
  private let head: Typesetter.Head?
  /// The command that runs the demo of the post.
  private let demo: String?

  package init(document: Document, head: Typesetter.Head?, demo: String? = nil) {
    self.document = document
    self.head = head
    self.demo = demo
  }

  /// The lines of the page.
  package var lines: [String] {
    // The first pass finds the numbers that references forward need.
    var first = HTMLWriter(demo: demo)
    _ = first.body(of: document)
    var writer = HTMLWriter(demo: demo, references: first.labels)
    let body = writer.body(of: document)
    let title = head.map { MarkupText.escaped($0.title) } ?? ""
    return (top(title) + header + body + ["</main>", "</body>", "</html>"])
      .flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
  }

  private func top(_ title: String) -> [String] {
    [
      "<!DOCTYPE html>", "<html lang=\"zh\">", "<head>", "<meta charset=\"utf-8\">",
      "<meta name=\"viewport\" content=\"width=device-width\">", "<title>\(title)</title>",
      "<style>", Self.style, "</style>", "</head>", "<body>", "<main>",
    ]
  }

  private var header: [String] {
    guard let head else { return [] }
    let facts = [head.category, head.date] + head.tags.map { "#" + $0 }
    let line = facts.filter { !$0.isEmpty }.map(MarkupText.escaped).joined(separator: " · ")
    return [
      "<header>", "<h1>\(MarkupText.escaped(head.title))</h1>", "<p>\(line)</p>", "</header>",
    ]
  }

  private static let style = """
    :root { color-scheme: light dark; }
    body { font: 1.05rem/1.75 serif; margin: 2rem 1rem; }
    main { max-width: 42rem; margin: auto; }
    header p, .note { opacity: 0.7; }
    h1, h2, h3 { line-height: 1.3; }
    pre { overflow-x: auto; padding: 0.8rem; line-height: 1.4; border: 1px solid; border-radius: 4px; }
    code { font-family: monospace; font-size: 0.92em; }
    table { border-collapse: collapse; display: block; overflow-x: auto; }
    main > table td, main > table th { padding: 0.2rem 0.8rem; border-bottom: 1px solid; }
    blockquote { margin-left: 0; padding-left: 1rem; border-left: 3px solid; }
    math[display=block] { overflow-x: auto; padding: 0.3rem 0; }
    .unknown, .broken { color: #c33; }
    .keyword { color: #a626a4; } .string { color: #50a14f; } .comment { opacity: 0.65; }
    .number { color: #b76b01; } .type { color: #4078f2; }
    """
}

import Canvas
import Foundation
import Markdown
import Testing
import Typesetting

/// All examples of the CommonMark Spec, as pages.
///
/// The letters of a page are those of the HTML that the spec expects, in the same order; so nothing
/// is lost, doubled or moved, at any width (T08).
struct CommonMarkTests {
  /// One example: what is written, and the HTML that it means.
  struct Example: Sendable {
    var number: Int
    var markdown: String
    var html: String
  }

  static let examples: [Example] = {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "CommonMark/examples.txt")
    let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    let fence = String(repeating: "`", count: 32)
    return text.replacing("→", with: "\t").components(separatedBy: fence + " example\n").dropFirst()
      .enumerated().map { index, part in
        let body = "\n" + part.components(separatedBy: fence)[0]
        let parts = body.components(separatedBy: "\n.\n")
        return Example(
          number: index + 1, markdown: String(parts[0].dropFirst()) + "\n",
          html: parts.count > 1 ? parts[1] : "")
      }
  }()

  @Test func `all examples are there`() {
    #expect(Self.examples.count == 652)
  }

  @Test(arguments: [20, 40, 80, 200])
  func `a page has the letters of the spec's HTML and fits`(width: Int) throws {
    for example in Self.examples {
      let options = Typesetter.Options(
        width: width, showsSource: true, fitsWidth: true, labels: PageLabels(image: "", demo: ""))
      let lines = Typesetter(
        document: try MarkdownParser.parse(example.markdown), options: options
      ).lines.map(\.line)
      #expect(
        lines.allSatisfy { $0.width() <= width }, "example \(example.number) at \(width) columns")
      let letters = lines.map(\.text).joined().filter(\.isLetter)
      #expect(
        letters == PlainHTML.text(of: example.html).filter(\.isLetter),
        "example \(example.number) at \(width) columns: \(example.markdown)")
    }
  }
}

/// The text of HTML as a reader of the terminal sees it: no tags, but the alternative text of images
/// and the language of code.
enum PlainHTML {
  static func text(of html: String) -> String {
    var text = ""
    var rest = Substring(html)
    while let open = rest.firstIndex(of: "<") {
      text += decoded(rest[..<open])
      rest = rest[open...]
      let end = end(ofMarkup: rest)
      text += shown(of: rest[..<end])
      rest = rest[end...]
    }
    return text + decoded(rest)
  }

  /// Where a tag, a comment or the like ends; scripts and styles end with their closing tag.
  private static func end(ofMarkup rest: Substring) -> String.Index {
    for (open, close) in [
      ("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<script", "</script>"),
      ("<style", "</style>"),
    ] where rest.hasPrefix(open) {
      return rest.firstRange(of: close)?.upperBound ?? rest.endIndex
    }
    var quote: Character?
    for index in rest.indices {
      let character = rest[index]
      if character == quote {
        quote = nil
      } else if quote == nil, "\"'".contains(character) {
        quote = character
      } else if quote == nil, character == ">" {
        return rest.index(after: index)
      }
    }
    return rest.endIndex
  }

  private static func shown(of tag: Substring) -> String {
    if tag.hasPrefix("<img"), let match = tag.firstMatch(of: /alt="([^"]*)"/) {
      return decoded(match.1)
    }
    if tag.hasPrefix("<code"), let match = tag.firstMatch(of: /class="language-([^"]*)"/) {
      return decoded(match.1)
    }
    return ""
  }

  private static func decoded(_ text: Substring) -> String {
    String(text).replacing("&lt;", with: "<").replacing("&gt;", with: ">")
      .replacing("&quot;", with: "\"").replacing("&nbsp;", with: " ")
      .replacing("&amp;", with: "&")
  }
}

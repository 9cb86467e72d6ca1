import Posts
import Reader
import Testing
import Typesetting

/// What a terminal whose locale has ASCII only is shown.
struct PoorTerminalTests {
  @Test func `formulas are made of ASCII, and images are their text`() throws {
    let summary = PostSummary(
      slug: try #require(Slug("poor")), title: "t", date: "2026-01-01", category: "c")
    let markdown = "![frame](a.png)\n\n$$x_1 = \\left( \\frac{a}{\\frac{b}{c}} \\right)$$"
    var appearance = Appearance(language: .english, theme: .plain)
    appearance.isASCII = true
    var session = ReaderSession(
      posts: [Post(summary: summary, markdown: markdown)],
      images: ["a.png": .sized(width: 40, height: 40)], appearance: appearance)
    session.press(.enter)
    #expect(session.screen.contains("[image：frame]"))
    let formula = session.screen.split(separator: "\n").filter {
      $0.contains("x") || $0.contains("-")
    }
    let strangers = formula.joined().unicodeScalars.filter { !$0.isASCII && $0 != "━" }
    #expect(strangers.isEmpty, "\(formula)")
  }
}

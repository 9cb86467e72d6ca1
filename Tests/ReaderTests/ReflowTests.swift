import Foundation
import Posts
import Reader
import TestSupport
import Testing

/// The paragraph at the top of the window stays there, whatever becomes of the window.
struct ReflowTests {
  /// A post whose blocks are known by a name that each of their lines is full of.
  private func post(_ random: inout SeededGenerator) throws -> Post {
    let blocks = (0..<60).map { number in
      let name = "n\(number)"
      let words = Array(repeating: name, count: Int.random(in: 1...80, using: &random))
        .joined(separator: Bool.random(using: &random) ? " " : "中文")
      return switch Int.random(in: 0..<8, using: &random) {
      case 0: "> \(words)"
      case 1: "- \(words)\n- \(words)"
      case 2: "```\n\(words)\n\(name)\n```"
      case 3: "| \(name) | \(name) |\n|---|---|\n| \(words) | \(name) |"
      case 4: "$$\\text{\(name)} = \\frac{\\text{\(name)}}{\\text{\(name)}}$$"
      case 5: "## \(name)"
      default: words
      }
    }
    let slug = try #require(Slug("reflow"))
    let filler = String(repeating: "end\n\n", count: 100)
    return Post(
      summary: PostSummary(slug: slug, title: "题", date: "2026-01-01", category: "类"),
      markdown: blocks.joined(separator: "\n\n") + "\n\n" + filler)
  }

  /// The name in the first row of the window that has one.
  private func top(_ session: ReaderSession) -> Substring? {
    session.screen.firstMatch(of: /n[0-9]+/)?.output
  }

  @Test(arguments: 1...20)
  func `the paragraph at the top stays at the top`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var session = ReaderSession(width: 100, height: 30, posts: [try post(&random)])
    session.press(.enter)
    for _ in 0..<6 {
      session.type("g\(Int.random(in: 1...200, using: &random))j")
      let name = top(session)
      for _ in 0..<4 {
        let width = Int.random(in: 20...200, using: &random)
        let height = Int.random(in: 5...60, using: &random)
        session.send(.resized(width: width, height: height))
        // A window may be too low for the row of the name below the one that parts two blocks.
        #expect(top(session) == name, "seed \(seed), \(width)x\(height): \(session.screen)")
      }
      session.send(.resized(width: 100, height: 30))
      #expect(top(session) == name, "seed \(seed)")
    }
  }
}

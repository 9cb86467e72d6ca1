import Images
import Posts
import Reader
import TestSupport
import Testing
import Typesetting

/// Images of a post in the reader: asked for when they come near, drawn in the room left for them.
struct ImageScreenTests {
  private let slug = Slug("images")

  private func session(
    _ markdown: String, _ images: [String: PostImage.State], width: Int = 40, height: Int = 20
  ) throws -> ReaderSession {
    let summary = PostSummary(
      slug: try #require(slug), title: "图", date: "2026-01-01", category: "类")
    var session = ReaderSession(
      width: width, height: height, posts: [Post(summary: summary, markdown: markdown)],
      images: images)
    session.press(.enter)
    return session
  }

  private func wanted(_ session: ReaderSession) -> [String] {
    session.effects.compactMap { if case .loadImage(_, let name) = $0 { name } else { nil } }
  }

  /// A frame of black on white.
  private var frame: Raster {
    let pixels = (0..<40 * 20).flatMap { place in
      let (x, y) = (place % 40, place / 40)
      let isEdge = x == 0 || y == 0 || x == 39 || y == 19
      return [UInt8](repeating: isEdge ? 0 : 255, count: 3)
    }
    return Raster(width: 40, height: 20, pixels: pixels)
  }

  @Test func `an image comes into the room that was left for it`() throws {
    var session = try session(
      "上文\n\n![框](a.png)\n\n下文", ["a.png": .sized(width: 40, height: 20)])
    let before = session.screen.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(wanted(session) == ["a.png"])
    session.send(.imageLoaded(try #require(slug), name: "a.png", .success(frame)))
    expectSnapshot(session.screen, named: "image-40x20")
    let after = session.screen.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(after.firstIndex { $0.contains("下文") } == before.firstIndex { $0.contains("下文") })
  }

  @Test func `images far below are not asked for until they come near, and once only`() throws {
    let text = String(repeating: "段\n\n", count: 100)
    let images: [String: PostImage.State] = [
      "a.png": .sized(width: 9, height: 9), "b.png": .sized(width: 9, height: 9),
      "c.png": .refused(.missing),
    ]
    var session = try session("![](a.png)\n\n\(text)![](b.png)\n\n![](c.png)", images)
    #expect(wanted(session) == ["a.png"])
    session.type("G")
    #expect(wanted(session) == ["a.png", "b.png"])
    session.type("gG")
    session.send(.resized(width: 60, height: 30))
    #expect(wanted(session) == ["a.png", "b.png"])
  }

  @Test func `of many images those out of sight are forgotten, and come again`() throws {
    let names = (0..<30).map { "\($0).png" }
    let markdown = names.map { "![](\($0))\n\n" + String(repeating: "段\n\n", count: 30) }.joined()
    let images = Dictionary(
      uniqueKeysWithValues: names.map { ($0, PostImage.State.sized(width: 9, height: 9)) })
    var session = try session(markdown, images)
    for _ in 0..<200 {
      for name in wanted(session).suffix(2) {
        session.send(.imageLoaded(try #require(slug), name: name, .success(frame)))
      }
      session.press(.character(" "))
    }
    #expect(wanted(session) == names)
    session.type("g")
    #expect(wanted(session) == names + ["0.png"])
    session.send(.imageLoaded(try #require(slug), name: "0.png", .success(frame)))
    #expect(session.screen.unicodeScalars.contains { (0x2801...0x28ff).contains($0.value) })
  }

  @Test func `an image that cannot be decoded says so, and the place stays`() throws {
    let text = String(repeating: "段\n\n", count: 30)
    var session = try session(
      "![甲](a.png)\n\n标记\n\n\(text)", ["a.png": .sized(width: 40, height: 20)])
    session.type("]")
    session.send(.imageLoaded(try #require(slug), name: "a.png", .failure(.damaged)))
    #expect(session.screen.contains("甲（文件已损坏）"))
    session.send(.imageLoaded(try #require(Slug("other")), name: "a.png", .failure(.missing)))
    #expect(session.screen.contains("甲（文件已损坏）"))
  }

  @Test func `the chosen image fills the window`() throws {
    var session = try session(
      "![框](a.png)", ["a.png": .sized(width: 400, height: 200)], width: 60, height: 30)
    session.press(.tab)
    session.type("z")
    // It may still be on its way when it is zoomed.
    session.send(
      .imageLoaded(
        try #require(slug), name: "a.png", .success(frame.resized(width: 400, height: 200))))
    expectSnapshot(session.screen, named: "zoom-image-60x30")
  }
}

import DemoKit
import Foundation
import Posts
import Reader
import Testing

struct PostListTests {
  @Test func `posts stand by category, the newest first`() {
    let session = ReaderSession()
    let titles = ["AdamW", "DDIM", "梯度"]
    let places = titles.compactMap { session.screen.range(of: $0)?.lowerBound }
    #expect(places.count == 3)
    #expect(places == places.sorted())
  }

  @Test func `a filter narrows with every key and Escape clears it`() {
    var session = ReaderSession()
    session.type("F")
    session.type("梯")
    #expect(session.screen.contains("梯度：从"))
    #expect(!session.screen.contains("AdamW"))
    session.type("x")
    #expect(session.screen.contains("没有符合的文章"))
    session.press(.escape)
    #expect(session.screen.contains("AdamW"))
  }

  @Test func `a filter finds tags, dates and the words for unread and starred`() throws {
    let slug = try #require(Slug("adamw"))
    var session = ReaderSession(states: [slug: ReadingState(isRead: true, isStarred: true)])
    session.type("F未读")
    #expect(!session.screen.contains("AdamW"))
    session.press(.control("u"))
    session.type("starred")
    #expect(session.screen.contains("AdamW"))
    #expect(!session.screen.contains("DDIM"))
    session.press(.control("u"))
    session.type("2025-12")
    #expect(session.screen.contains("梯度：从"))
  }

  @Test func `a star and a read mark are shown at once and remembered`() throws {
    let slug = try #require(Slug("adamw"))
    var session = ReaderSession()
    session.type("*a")
    #expect(session.changes == [.starred(slug, true), .read(slug, true)])
    #expect(session.screen.contains("★ AdamW"))
    #expect(!session.screen.contains("● ★"))
  }

  @Test func `n goes to the next unread post and says when there is none`() throws {
    let slug = try #require(Slug("ddim"))
    var session = ReaderSession(states: [slug: ReadingState(isRead: true)])
    session.type("n")
    session.press(.enter)
    #expect(session.status.hasPrefix("梯度"))
    session.type("qn")
    #expect(session.status == "没有未读文章了")
  }

  @Test func `counts choose the nth post`() {
    var session = ReaderSession()
    session.type("3G")
    session.press(.enter)
    #expect(session.status.hasPrefix("梯度"))
    session.type("q2g")
    session.press(.enter)
    #expect(session.status.hasPrefix("DDIM"))
  }

  @Test func `a click chooses a post and a second one opens it`() {
    var session = ReaderSession()
    session.press(.click(column: 10, row: 3))
    #expect(session.status.hasPrefix("不改训练"))
    session.press(.click(column: 10, row: 3))
    #expect(session.status.hasPrefix("DDIM"))
  }

  @Test func `all that is shown can be marked as read`() throws {
    var session = ReaderSession()
    session.type("F生成模型")
    session.press(.enter)
    session.type("A")
    let slugs = try [#require(Slug("adamw")), #require(Slug("ddim"))]
    #expect(session.changes == [.allRead(slugs)])
  }

  @Test func `an empty library says how to fill it`() {
    let session = ReaderSession(posts: [])
    #expect(session.screen.contains("downlink sync"))
  }

  @Test func `q quits, and asks first while a demo runs`() {
    var session = ReaderSession()
    session.type("jx")
    session.type("q")
    #expect(!session.hasQuit)
    session.type("k")
    #expect(!session.hasQuit)
    session.type("qq")
    #expect(session.hasQuit)
  }

  @Test func `Ctrl-C stops a running demo and only then quits`() {
    var session = ReaderSession()
    session.type("jx")
    session.press(.control("c"))
    #expect(session.effects.contains { if case .stopDemo = $0 { true } else { false } })
    #expect(!session.hasQuit)
    session.say([.failed(reason: "stopped")])
    session.press(.control("c"))
    #expect(session.hasQuit)
  }
}

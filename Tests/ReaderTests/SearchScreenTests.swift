import Canvas
import Posts
import Reader
import Testing

struct SearchScreenTests {
  @Test func `every key asks again`() {
    var session = ReaderSession()
    session.type("S采样")
    let queries = session.effects.compactMap { effect in
      if case .search(let query) = effect { query.text } else { nil }
    }
    #expect(queries == ["采", "采样"])
  }

  @Test func `results of an overtaken search are dropped`() {
    var session = ReaderSession()
    session.type("S采样")
    let shown = session.screen
    session.send(.searched(SearchQuery("采"), []))
    #expect(session.screen == shown)
  }

  @Test func `a result opens at the hit and n goes on to the next post`() {
    var session = ReaderSession(height: 10)
    session.type("S采样与")
    session.press(.enter)
    #expect(session.status.hasPrefix("梯度"))
    #expect(session.screen.contains("采样与它无关"))
    session.type("q")
    session.press(.control("u"))
    session.type("采样")
    session.press(.enter)
    #expect(session.status.hasPrefix("DDIM"))
    for _ in 0..<8 where session.status.hasPrefix("DDIM") { session.type("n") }
    #expect(session.status.hasPrefix("梯度"))
  }

  @Test func `what was searched for is remembered when a result is opened`() {
    var session = ReaderSession()
    session.type("S采样")
    session.press(.enter)
    #expect(session.changes.contains(.searched("采样")))
  }

  @Test func `a question mark is text while one types`() {
    var session = ReaderSession()
    session.type("S?")
    #expect(session.screen.contains("搜索：?"))
  }

  @Test func `a paste is text and never a command`() {
    var session = ReaderSession()
    session.type("S")
    session.send(.pasted(.init("q\u{1b}Q采样\n")))
    #expect(session.screen.contains("采样"))
    #expect(!session.hasQuit)
  }

  @Test func `Escape leaves the search`() {
    var session = ReaderSession()
    session.type("S采")
    session.press(.escape)
    #expect(session.screen.contains("downlink"))
  }
}

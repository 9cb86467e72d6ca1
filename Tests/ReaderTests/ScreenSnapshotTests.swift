import Canvas
import DemoKit
import Posts
import Reader
import TestSupport
import Testing
import Typesetting

/// Every screen as text, at the size of a terminal and of half of one.
struct ScreenSnapshotTests {
  private static let sizes = [(80, 24), (40, 12)]

  private func expectScreens(
    named name: String, language: Language = .chinese, _ play: (inout ReaderSession) -> Void
  ) {
    for (width, height) in Self.sizes {
      var session = ReaderSession(
        width: width, height: height, appearance: Appearance(language: language, theme: .plain))
      play(&session)
      expectSnapshot(session.screen, named: "\(name)-\(width)x\(height)")
    }
  }

  @Test func `the list`() {
    expectScreens(named: "list") { $0.type("*") }
  }

  @Test func `the list in English`() {
    expectScreens(named: "list-english", language: .english) { _ in }
  }

  @Test func `the list while a filter is typed`() {
    expectScreens(named: "list-filter") { $0.type("F采样") }
  }

  @Test func `a post`() {
    expectScreens(named: "post") { $0.openSampling() }
  }

  @Test func `a post further down`() {
    expectScreens(named: "post-scrolled") { session in
      session.openSampling()
      session.type("]jjjj")
    }
  }

  @Test func `a find with its counter`() {
    expectScreens(named: "post-find") { session in
      session.openSampling()
      session.type("/采样")
    }
  }

  @Test func `links with numbers`() {
    expectScreens(named: "post-hints") { session in
      session.openSampling()
      session.type("U")
    }
  }

  @Test func `wide code moved sideways`() {
    expectScreens(named: "post-sideways") { session in
      session.openSampling()
      session.type("/func")
      session.press(.enter)
      session.type("ll")
    }
  }

  @Test func `a demo that never ran`() {
    expectScreens(named: "card") { session in
      session.openSampling()
      session.type("]]")
    }
  }

  @Test func `a demo while it runs`() {
    expectScreens(named: "card-running") { session in
      session.openSampling()
      session.type("]]x")
      session.say(Array(Fixtures.messages.prefix(20)))
      session.say([.event(.progress(completed: 42, total: 100))])
    }
  }

  @Test func `a demo that ended, in its post`() {
    expectScreens(named: "card-finished") { session in
      session.openSampling()
      session.type("]]x")
      session.say(Fixtures.messages + [.finished(seconds: 1.25)])
      session.type("jj")
    }
  }

  @Test func `the contents`() {
    expectScreens(named: "contents") { session in
      session.openSampling()
      session.type("]t")
    }
  }

  @Test func `the contents beside the text of a wide window`() {
    var session = ReaderSession(width: 120, height: 30)
    session.openSampling()
    session.type("t")
    expectSnapshot(session.screen, named: "contents-120x30")
  }

  @Test func `the search before anything is typed`() {
    expectScreens(named: "search-empty") { $0.type("S") }
  }

  @Test func `the search with results`() {
    expectScreens(named: "search") { $0.type("S采样") }
  }

  @Test func `the search that finds only what may have been meant`() {
    expectScreens(named: "search-meant") { session in
      session.type("Skuosan")
      session.send(.searched(SearchQuery("kuosan"), Fixtures.meantResults))
    }
  }

  @Test func `the search that finds nothing`() {
    expectScreens(named: "search-nothing") { $0.type("S不存在的词") }
  }

  @Test func `the parameters of a demo`() {
    expectScreens(named: "demo") { session in
      session.openSampling()
      session.type("Xljll")
    }
  }

  @Test func `a demo with its result`() {
    expectScreens(named: "demo-finished") { session in
      session.openSampling()
      session.type("Xx")
      session.say(Fixtures.messages + [.finished(seconds: 1.25)])
      session.type("f")
    }
  }

  @Test func `a result on its own`() {
    expectScreens(named: "demo-zoomed") { session in
      session.openSampling()
      session.type("x")
      session.say(Fixtures.messages + [.finished(seconds: 1.25)])
      session.type("z")
    }
  }

  @Test func `the keys of a post`() {
    expectScreens(named: "help") { session in
      session.openSampling()
      session.type("?")
    }
  }

  @Test func `the keys filtered, in English`() {
    expectScreens(named: "help-filter", language: .english) { $0.type("?/page") }
  }

  @Test func `the question before quitting with a demo running`() {
    expectScreens(named: "quit") { session in
      session.openSampling()
      session.type("xqq")
    }
  }

  @Test func `a window that is too small`() {
    var session = ReaderSession(width: 19, height: 5)
    #expect(session.screen.hasPrefix("窗口太小"))
    session.send(.resized(width: 20, height: 5))
    #expect(session.screen.contains("downlink"))
  }

  @Test func `matches, focus and choice are told by attributes alone`() {
    var session = ReaderSession(width: 40, height: 12)
    session.openSampling()
    session.type("/采样")
    session.press(.enter, .tab)
    expectSnapshot(session.app.render().attributeText, named: "post-styles-40x12")
  }
}

extension ReaderSession {
  /// From the list to the post that has everything.
  mutating func openSampling() {
    type("gj")
    press(.enter)
  }

  /// Messages of the demo that was started last.
  mutating func say(_ messages: [DemoMessage]) {
    guard let (run, _) = lastRequest else { return }
    for message in messages { send(.demo(run, message)) }
  }
}

extension CellGrid {
  /// One letter per cell: its attributes, as the second half of a snapshot.
  var attributeText: String {
    let rows = (0..<height).map { row in
      self.row(row).map { cell in
        let attributes = cell.style.attributes
        if attributes.contains(.reverse) { return attributes.contains(.bold) ? "R" : "r" }
        if attributes.contains(.underline) { return "u" }
        return attributes.contains(.bold) ? "b" : "."
      }.joined()
    }
    return text + rows.joined(separator: "\n") + "\n"
  }
}

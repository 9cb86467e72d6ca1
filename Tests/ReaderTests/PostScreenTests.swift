import DemoKit
import Posts
import Reader
import Testing

struct PostScreenTests {
  private func opened(width: Int = 80, height: Int = 24) -> ReaderSession {
    var session = ReaderSession(width: width, height: height)
    session.openSampling()
    return session
  }

  /// The first row of the screen that is not blank.
  private func topRow(_ session: ReaderSession) -> String {
    let rows = session.screen.split(separator: "\n").map { $0.filter { $0 != " " } }
    return rows.first { !$0.isEmpty } ?? ""
  }

  @Test func `scrolling down and up comes back to the same screen`() {
    var session = opened(height: 12)
    let start = session.screen
    for (down, up) in [("j", "k"), ("f", "b"), ("d", "u"), ("5j", "5k"), ("G", "g")] {
      session.type(down)
      #expect(session.screen != start, "\(down)")
      session.type(up)
      #expect(session.screen == start, "\(down)\(up)")
    }
  }

  @Test func `the end of the post is at the bottom of the window and not beyond`() {
    var session = opened(height: 12)
    session.type("G")
    let end = session.screen
    #expect(end.contains("100%"))
    session.type("jf")
    #expect(session.screen == end)
  }

  @Test func `a per cent of the post can be gone to`() {
    var session = opened(height: 12)
    session.type("100%")
    #expect(session.screen.contains("100%"))
    session.type("0%")
    session.type("g")
    #expect(session.screen.contains("DDIM：更快的采样"))
  }

  @Test func `headings are gone to forwards and back`() {
    var session = opened(height: 12)
    session.type("]")
    #expect(topRow(session) == "采样公式")
    session.type("]")
    #expect(topRow(session) == "试一试")
    session.type("[")
    #expect(topRow(session) == "采样公式")
  }

  @Test func `the block at the top stays there when the window changes`() {
    var session = opened(width: 80, height: 10)
    session.type("]")
    for (width, height) in [(40, 12), (120, 30), (25, 6), (80, 10)] {
      session.send(.resized(width: width, height: height))
      #expect(topRow(session) == "采样公式", "\(width)x\(height)")
    }
  }

  @Test func `a window that grew and shrank again shows the same place`() {
    var session = opened(width: 40, height: 10)
    session.type("]]jj")
    let before = session.screen
    for (width, height) in [(200, 90), (1, 1), (120, 40), (40, 10)] {
      session.send(.resized(width: width, height: height))
    }
    #expect(session.screen == before)
  }

  @Test func `a place is remembered by its block and come back to`() throws {
    let slug = try #require(Slug("ddim"))
    var session = opened(height: 8)
    session.type("]jj")
    let place = session.screen
    session.type("q")
    #expect(session.states[slug]?.position?.block.isEmpty == false)
    session.press(.enter)
    #expect(session.screen == place)
  }

  @Test func `a place survives an edit before it`() throws {
    let slug = try #require(Slug("ddim"))
    var session = opened(height: 8)
    session.type("]q")
    let position = try #require(session.states[slug]?.position)
    var edited = Fixtures.sampling
    edited.markdown = "新的一段。\n\n再来一段。\n\n" + edited.markdown
    var later = ReaderSession(
      height: 8, posts: [edited], states: [slug: ReadingState(position: position)])
    later.press(.enter)
    #expect(topRow(later) == "采样公式")
  }

  @Test func `reading to the end marks a post as read, once`() throws {
    let slug = try #require(Slug("ddim"))
    var session = opened(height: 12)
    #expect(!session.changes.contains(.read(slug, true)))
    session.type("Gkjkj")
    #expect(session.changes.filter { $0 == .read(slug, true) }.count == 1)
  }

  @Test func `a find goes through its matches and says when it wraps`() {
    var session = opened()
    session.type("/采样")
    #expect(session.screen.contains("1/6"))
    session.press(.enter)
    session.type("n")
    #expect(session.screen.contains("2/6"))
    session.type("NN")
    #expect(session.status == "从末尾接着找")
    session.type("k")
    #expect(session.screen.contains("6/6"))
  }

  @Test func `capitals matter in a find only when one is typed`() {
    var session = opened()
    session.type("/ddim")
    #expect(!session.screen.contains("0/0"))
    session.press(.control("u"))
    session.type("Ddim")
    #expect(session.screen.contains("0/0"))
  }

  @Test func `a find sees formulas, tables and code`() {
    for text in ["noise", "0.094", "alpha", "看不出差别"] {
      var session = opened()
      session.type("/\(text)")
      #expect(!session.screen.contains("0/0"), "\(text)")
    }
  }

  @Test func `Escape ends a find where it began`() {
    var session = opened(height: 8)
    let before = session.screen
    session.type("/局限")
    #expect(session.screen != before)
    session.press(.escape)
    #expect(session.screen == before)
  }

  @Test func `a link opens the other post at its heading, and history leads back`() {
    var session = opened()
    let before = session.screen
    session.press(.tab, .enter)
    #expect(topRow(session).contains("链式法则") || session.status.hasPrefix("梯度"))
    #expect(session.status.hasPrefix("梯度"))
    session.press(.backspace)
    #expect(session.screen == before)
    session.type(">")
    #expect(session.status.hasPrefix("梯度"))
  }

  @Test func `an outside link shows its address and goes nowhere`() {
    var session = opened()
    session.type("/论文")
    session.press(.enter)
    session.type("U2")
    #expect(session.status.contains("arxiv.org"))
  }

  @Test func `a note is gone to and come back from`() {
    var session = opened(height: 8)
    session.type("/更多数字")
    session.press(.enter, .escape)
    let before = session.screen
    session.press(.tab, .tab, .enter)
    #expect(session.screen.contains("均方差"))
    session.press(.backspace)
    #expect(session.screen == before)
  }

  @Test func `J and K go by the order of the list`() {
    var session = opened()
    session.type("J")
    #expect(session.status.hasPrefix("梯度"))
    session.type("J")
    #expect(session.status == "已是最后一篇")
    session.type("KK")
    #expect(session.status.hasPrefix("AdamW"))
  }

  @Test func `a mark is set and gone to`() throws {
    var session = opened(height: 8)
    session.type("]ma")
    #expect(session.status == "已记下 a")
    session.type("G'a")
    #expect(topRow(session) == "采样公式")
    session.type("'b")
    #expect(session.status == "没有记过 b")
  }

  @Test func `a heading chosen from the contents is gone to`() {
    var session = opened(height: 10)
    session.type("tj")
    session.press(.enter)
    #expect(topRow(session) == "试一试")
  }

  @Test func `formulas are shown as source and drawn again`() {
    var session = opened()
    #expect(!session.screen.contains("\\sqrt"))
    session.type("M")
    #expect(session.screen.contains("\\sqrt"))
    session.type("M")
    #expect(!session.screen.contains("\\sqrt"))
  }

  @Test func `x starts the demo as its post sets it, and stops it`() throws {
    var session = opened()
    session.type("x")
    let (run, request) = try #require(session.lastRequest)
    #expect(request.settings == [.init(name: "steps", value: .integer(20))])
    session.type("x")
    guard case .stopDemo(let stopped) = session.effects.last else {
      Issue.record("nothing was stopped")
      return
    }
    #expect(stopped == run)
  }

  @Test func `a demo goes on while another post is read`() {
    var session = opened()
    session.type("xJ")
    session.say(Fixtures.messages + [.finished(seconds: 1)])
    session.type("K]]jjjjj")
    #expect(session.screen.contains("loss"))
  }

  @Test func `a post that is not in the library says so`() {
    var post = Fixtures.sampling
    post.markdown = "见 [没有的](missing.md)。"
    var session = ReaderSession(posts: [post])
    session.press(.enter, .tab, .enter)
    #expect(session.status == "库里没有 missing 这篇文章")
  }
}

import Canvas
import Posts
import Reader
import TestSupport
import Testing
import Typesetting

/// What is typed after `:`, and what it changes.
struct CommandLineTests {
  private func after(_ command: String, opening keys: String = "") -> ReaderSession {
    var session = ReaderSession()
    session.type(keys)
    session.type(":" + command)
    session.press(.enter)
    return session
  }

  @Test func `the list is sorted as asked, and J follows its order`() throws {
    var session = after("sort title")
    #expect(session.status == "按标题排列")
    let titles = session.screen.split(separator: "\n").dropFirst().prefix(3).map {
      String($0.drop { $0 == " " || $0 == "●" }.prefix(4))
    }
    #expect(titles == ["Adam", "DDIM", "梯度：从"])
    session.type("g")
    session.press(.enter)
    session.type("J")
    #expect(session.status.hasPrefix("DDIM"))
  }

  @Test func `unread posts can come first`() throws {
    let slug = try #require(Slug("adamw"))
    var session = ReaderSession(states: [slug: ReadingState(isRead: true)])
    session.type(":sort unread")
    session.press(.enter)
    let rows = session.screen.split(separator: "\n")
    #expect(rows[3].contains("AdamW"))
  }

  @Test func `the language changes on every open screen`() {
    var session = ReaderSession()
    session.openSampling()
    session.type(":lang en")
    session.press(.enter)
    session.type("?")
    #expect(session.screen.contains("one row down"))
    session.type("qq")
    #expect(session.screen.contains("3 posts"))
  }

  @Test func `the theme is the user's once it was chosen`() {
    var session = ReaderSession(appearance: Appearance(theme: Theme(colors: .trueColor)))
    session.send(.backgroundKnown(.light))
    #expect(session.app.appearance.theme.background == .light)
    session.type(":theme dark")
    session.press(.enter)
    session.send(.backgroundKnown(.light))
    #expect(session.app.appearance.theme.background == .dark)
  }

  @Test func `a chosen theme does not follow the terminal`() {
    var session = ReaderSession(appearance: Appearance(followsTerminal: false))
    session.send(.backgroundKnown(.light))
    #expect(session.app.appearance.theme.background == .dark)
  }

  @Test func `another measure keeps the place`() {
    var session = ReaderSession(width: 120, height: 10)
    session.openSampling()
    session.type("]:set measure=50")
    session.press(.enter)
    #expect(session.screen.hasPrefix("\n") || session.screen.contains("采样公式"))
    #expect(session.app.appearance.measure == 50)
  }

  @Test func `a wrong command says what there is, and nothing else`() {
    #expect(after("frob").status == "可用：sort, theme, lang, set, backlinks, help, quit")
    #expect(after("sort size").status == "可用：sort category|date|title|unread")
    for text in ["set measure=3", "set measure=x", "set =", "sort", "theme", "help me", "!ls"] {
      #expect(ReaderCommand(text) == nil, "\(text)")
    }
  }

  @Test func `help, backlinks and quit`() {
    #expect(after("help").screen.hasPrefix(" 按键"))
    #expect(after("quit").hasQuit)
    var session = ReaderSession()
    session.openSampling()
    session.type(":backlinks")
    session.press(.enter)
    #expect(session.screen.contains("同类文章"))
  }

  @Test func `titles are sorted as the language shows them`() {
    var session = ReaderSession()
    for command in ["sort title", "lang en"] {
      session.type(":" + command)
      session.press(.enter)
    }
    let titles = Fixtures.posts.map { $0.summary.titleEnglish }.filter { !$0.isEmpty }.sorted()
    let rows = session.screen.split(separator: "\n")
    let shown = titles.compactMap { title in rows.firstIndex { $0.contains(title) } }
    #expect(shown.count == titles.count && titles.count > 1)
    #expect(shown == shown.sorted())
  }

  @Test func `lines of code are numbered on request, and numbers are not found or copied`() {
    var session = ReaderSession()
    session.openSampling()
    session.type(":set number")
    session.press(.enter)
    #expect(session.screen.contains("  1 func step"))
    #expect(session.screen.contains("  3   return"))
    session.type("/3   return")
    session.press(.enter)
    #expect(session.status.contains("没有找到"))
    session.type(":set nonumber")
    session.press(.enter)
    #expect(!session.screen.contains("  1 func step"))
  }

  @Test func `Escape and an empty line leave the prompt`() {
    for keys: [Key] in [[.escape], [.backspace], [.enter], [.control("c")]] {
      var session = ReaderSession()
      let before = session.screen
      session.type(":")
      for key in keys { session.press(key) }
      #expect(session.screen == before, "\(keys)")
      #expect(!session.hasQuit)
    }
  }

  @Test func `a tag filters the list to exactly its posts`() {
    var session = ReaderSession()
    session.type("t")
    expectSnapshot(session.screen, named: "tags-80x24")
    session.type("G")
    session.press(.enter)
    #expect(session.screen.contains("筛选：tag:"))
    #expect(session.screen.contains("1/3"))
  }
}

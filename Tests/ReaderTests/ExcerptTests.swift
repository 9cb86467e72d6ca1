import Posts
import Reader
import TestSupport
import Testing

/// What is copied, saved and handed on is exactly what the author wrote.
struct ExcerptTests {
  private func opened(_ keys: Key...) -> ReaderSession {
    var session = ReaderSession()
    session.openSampling()
    for key in keys { session.press(key) }
    return session
  }

  @Test func `Y copies the exact source of every formula, code block and table`() {
    var session = opened()
    var last: String?
    for _ in 0..<12 {
      session.press(.tab)
      session.type("Y")
      #expect(session.copied.last != nil)
      last = session.copied.last
    }
    #expect(last != nil)
    let copied = Set(session.copied)
    let text = Fixtures.sampling.markdown
    #expect(copied.allSatisfy { text.contains($0) }, "\(copied.filter { !text.contains($0) })")
    #expect(copied.contains("$x_t$"))
    #expect(copied.contains("$\\epsilon_\\theta$"))
    #expect(copied.contains { $0.hasPrefix("$$\nx_{t-1} = ") && $0.hasSuffix("\n$$") })
    #expect(copied.contains { $0.hasPrefix("func step(") && $0.hasSuffix("noise\n}\n") })
    #expect(copied.contains { $0.hasPrefix("| 步数 |") && $0.hasSuffix("| 开始模糊 |\n") })
  }

  @Test func `without a focus Y takes the first source on the screen and says so`() {
    var session = opened()
    session.type("Y")
    #expect(session.copied == ["$x_t$"])
    #expect(session.status.hasPrefix("公式（5 字节）已发往剪贴板"))
  }

  @Test func `what a clipboard would drop is not sent`() {
    var post = Fixtures.sampling
    post.markdown = "```\n" + String(repeating: "一二三四\n", count: 10_000) + "```\n"
    var session = ReaderSession(posts: [post])
    session.press(.enter)
    session.type("Y")
    #expect(session.copied.isEmpty)
    #expect(session.status.hasPrefix("太长"))
  }

  @Test func `y copies the chosen link, else the post's own`() {
    var session = opened()
    session.type("y")
    session.press(.tab)
    session.type("y")
    #expect(session.copied == ["ddim.md", "gradients.md#链式法则"])
  }

  @Test func `M turns one formula into its source and back`() {
    var session = opened(.tab, .tab)
    let before = session.screen
    session.type("M")
    #expect(session.screen.contains("$x_t$"))
    #expect(!session.screen.contains("$\\epsilon_\\theta$"))
    #expect(!session.screen.contains("\\sqrt"))
    session.type("M")
    session.type("k")
    #expect(
      session.screen.split(separator: "\n").dropLast() == before.split(separator: "\n").dropLast())
  }

  @Test func `a formula stays chosen when the window changes`() {
    var session = opened(.tab, .tab)
    session.send(.resized(width: 44, height: 20))
    session.type("Y")
    #expect(session.copied == ["$x_t$"])
  }

  @Test func `s offers a name and saves what is chosen, else the post`() {
    var session = opened()
    session.type("s")
    #expect(session.status == "保存到：ddim.md")
    session.press(.control("u"))
    session.type("~/a b.md")
    session.press(.enter)
    #expect(session.saved == ["~/a b.md": Fixtures.sampling.markdown])
    session.press(.tab, .tab)
    session.type("s")
    session.press(.enter)
    #expect(session.saved["ddim-formula.tex"] == "$x_t$")
    session.type("s")
    session.press(.escape)
    #expect(session.saved.count == 2)
  }

  @Test func `a command gets the source, split into words and without a shell`() {
    var session = opened()
    session.type("|wc -l; rm")
    session.press(.enter)
    #expect(session.guests == [.command(["wc", "-l;", "rm"], input: Fixtures.sampling.markdown)])
  }

  @Test func `an outside link is opened only after it was shown whole`() throws {
    var session = opened()
    session.type("o")
    #expect(session.status == "先用 Tab 选外部链接")
    session.type("/论文")
    session.press(.enter, .tab)
    while !session.status.hasPrefix("https://") { session.press(.tab) }
    session.type("o")
    #expect(session.screen.contains("https://arxiv.org/abs/2010.02502"))
    session.type("j")
    #expect(session.guests.isEmpty)
    session.type("oo")
    let address = try #require(WebAddress("https://arxiv.org/abs/2010.02502"))
    #expect(session.guests == [.browser(address)])
  }

  @Test func `an address that the window cannot show is not opened`() {
    var post = Fixtures.sampling
    post.markdown = "[长](https://example.org/" + String(repeating: "a", count: 900) + ")"
    var session = ReaderSession(width: 40, height: 10, posts: [post])
    session.press(.enter, .tab)
    session.type("oo")
    #expect(session.guests.isEmpty)
  }

  @Test func `only addresses of the web are addresses`() {
    for good in ["https://a.example/b", "HTTP://a.example", "mailto:a@b.example"] {
      #expect(WebAddress(good)?.string == good)
    }
    for bad in [
      "javascript:alert(1)", "file:///etc/passwd", "other.md", "-https://a", "https://a b",
      "https://a\u{1b}]0;x", "ssh://-oProxyCommand=x", "",
    ] {
      #expect(WebAddress(bad) == nil, "\(bad)")
    }
    #expect(WebAddress("https://a.example/采")?.string == "https://a.example/%E9%87%87")
    #expect(WebAddress("https://\u{430}pple.example/")?.string == "https://xn--pple-43d.example/")
  }

  @Test func `z shows a formula, a table or code alone`() {
    var session = opened(.tab, .tab)
    session.type("z")
    #expect(session.screen.filter { $0 != " " && $0 != "\n" }.hasPrefix("xₜ"))
    session.type("Y")
    #expect(session.copied == ["$x_t$"])
    session.type("z")
    #expect(session.screen.contains("DDIM"))
  }

  @Test func `a zoomed table keeps its header and first column`() {
    var post = Fixtures.sampling
    let columns = (0..<12).map { "第\($0)列" }.joined(separator: "|")
    let rows = (0..<40).map { row in (0..<12).map { "r\(row)c\($0)-长长的值" }.joined(separator: "|") }
    post.markdown =
      "|\(columns)|\n|" + String(repeating: "--|", count: 12) + "\n"
      + rows.map { "|\($0)|\n" }.joined()
    var session = ReaderSession(width: 60, height: 16, posts: [post])
    session.press(.enter, .tab)
    session.type("z")
    expectSnapshot(session.screen, named: "zoom-table-60x16")
    session.type("Glll")
    expectSnapshot(session.screen, named: "zoom-table-moved-60x16")
  }

  @Test func `the end of a post shows where one can go from it`() {
    var session = opened()
    session.type("G")
    let rows = session.screen.split(separator: "\n").map { $0.filter { $0 != " " } }
    #expect(rows.contains("本文链接到") && rows.contains("·梯度：从定义到反向传播"))
    #expect(rows.contains("同类文章") && rows.contains("·AdamW：权重衰减"))
    session.type("J")
    #expect(session.screen.contains("链接到本文"))
    session.press(.tab, .enter)
    #expect(session.status.hasPrefix("DDIM"))
  }
}

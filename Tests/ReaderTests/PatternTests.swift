import Canvas
import Posts
import Reader
import Testing

/// Regular expressions in a find, by what is marked in a post.
struct PatternTests {
  /// What is found in a post of these lines: the text of each match.
  private func found(_ pattern: String, in text: String) -> String {
    var post = Fixtures.sampling
    post.summary = PostSummary(slug: post.summary.slug, title: "–", date: "", category: "")
    post.references = []
    post.markdown = text
    var session = ReaderSession(posts: [post])
    session.press(.enter)
    session.type("/")
    session.press(.control("r"))
    session.type(pattern)
    let row =
      session.screen.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .last ?? ""
    return String(row.split(separator: " ").last ?? "")
  }

  @Test(arguments: [
    ("采样|训练", "采样与训练和采样", "1/3"), ("x+", "x xx xxx", "1/3"), ("ab?c", "ac abc abbc", "1/2"),
    ("[0-9]+\\.[0-9]*", "3.14 与 42.", "1/2"), ("\\d\\d", "12345", "1/2"), ("^第", "第一第二", "1/1"),
    ("。$", "一。二。", "1/1"), ("(ab)+", "ababab ab", "1/2"), ("[^a-z –]", "a 一 b 二", "1/2"),
    ("一.*", "一行字", "1/1"), ("\\.", "a.b", "1/1"), ("一\\s二", "一 二", "1/1"), ("(", "(", "0/0"),
    ("*", "*", "0/0"), ("[", "[", "0/0"), ("a{", "a{", "0/0"), ("a{2,3}", "aaaa a", "1/1"),
    ("Swift", "swift Swift", "1/1"),
    ("\\Wb", "a-b", "1/1"), ("swift", "swift Swift", "1/2"), ("\\ba", "a ba", "1/1"),
  ])
  func `an expression finds what it means`(pattern: String, text: String, count: String) {
    #expect(found(pattern, in: text) == count, "\(pattern)")
  }

  @Test func `an expression goes on over the end of a row, and not over a line of code`() {
    let long = String(repeating: "字", count: 100)
    #expect(found("字+", in: long) == "1/1")
    #expect(found("a.*b", in: "```\na\nb\nab\n```") == "1/1")
  }

  @Test func `no expression takes long`() {
    let text = String(repeating: "a", count: 3000)
    #expect(found("(a*)*(a|a)*(aa*)+b", in: text) == "0/0")
  }

  @Test func `Ctrl-R says so, and goes back to plain words`() {
    var session = ReaderSession()
    session.openSampling()
    session.type("/")
    session.press(.control("r"))
    session.type("采.")
    #expect(session.status.hasPrefix("正则 /采."))
    #expect(session.status.hasSuffix("1/6"))
    session.press(.control("r"))
    #expect(session.status.hasSuffix("0/0"))
  }

  @Test func `the arrows bring earlier queries back, in a find and in the search`() {
    var session = ReaderSession()
    session.openSampling()
    session.send(.searchesLoaded(["梯度"]))
    session.type("/采样")
    session.press(.enter)
    session.type("/")
    session.press(.up)
    #expect(session.status.hasPrefix("/采样"))
    session.press(.up)
    #expect(session.status.hasPrefix("/梯度"))
    session.press(.down)
    #expect(session.status.hasPrefix("/采样"))
    session.press(.escape)
    session.type("S")
    session.press(.up)
    #expect(session.screen.hasPrefix(" 搜索：采样"))
  }
}

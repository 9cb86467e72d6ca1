import Foundation
import Posts
import Sync
import Testing

/// Posts as Hexo, Hugo and Jekyll have them, and Markdown that nobody meant for a blog.
@Suite struct OtherBlogsTests {
  private let blog: Blog

  init() throws { blog = try Blog() }

  private func summary(_ path: String, _ text: String) throws -> PostSummary {
    try blog.write(path, text)
    let summary = try blog.sync()
    #expect(summary.refused.map(\.description) == [])
    return try #require(PostLibrary(at: blog.library).summaries().first)
  }

  @Test func `Hexo`() throws {
    let post = try summary(
      "source/_posts/扩散模型 DDPM.md",
      """
      ---
      title: 扩散模型：DDPM
      date: 2024/3/7 20:15:00
      categories:
        - [机器学习, 生成模型]
        - 笔记
      tags: 扩散
      description: 一句话
      mathjax: true
      cover:
      ---
      开头
      <!-- more -->
      {% note info %} 注意 {% endnote %}
      """)
    #expect(post.title == "扩散模型：DDPM")
    #expect(post.date == "2024-03-07")
    #expect(post.category == "机器学习")
    #expect(post.tags == ["扩散"])
    #expect(post.summary == "一句话")
    #expect(post.slug.string.hasPrefix("ddpm-"))
    let library = try PostLibrary(at: blog.library)
    #expect(try library.search(SearchQuery("endnote")).count == 1)
    #expect(try library.search(SearchQuery("more")).isEmpty)
  }

  @Test func `Jekyll`() throws {
    let post = try summary(
      "_posts/2023-11-05-attention-is-all.md",
      """
      ---
      layout: post
      title: "Attention is all"
      categories: nlp
      tags: [transformer, attention]
      ---
      See {{ page.title }} and {% highlight python %}x{% endhighlight %}.
      """)
    #expect(post.slug.string == "attention-is-all")
    #expect(post.date == "2023-11-05")
    #expect(post.category == "nlp")
    #expect(post.tags == ["transformer", "attention"])
  }

  @Test func `Hugo, in TOML and in a folder of its own`() throws {
    let post = try summary(
      "content/posts/flow-matching/index.md",
      #"""
      +++
      title = 'Flow "matching"'
      date = 2025-02-03T10:00:00+08:00
      draft = false
      tags = ["flow", # the subject
        "ODE"]
      categories = ["生成模型"]
      weight = 3
      summary = """two
      lines"""
      [params]
        title = "other"
      +++
      {{< youtube x >}} $x_t$
      """#)
    #expect(post.slug.string == "flow-matching")
    #expect(post.title == "Flow \"matching\"")
    #expect(post.date == "2025-02-03")
    #expect(post.tags == ["flow", "ODE"])
    #expect(post.category == "生成模型")
    #expect(post.summary == "two lines")
  }

  @Test func `a file without front matter has its first heading and the day of the file`() throws {
    try blog.write("notes/Back Prop.md", "## 反向传播\n\n正文 [此处](../Other%20One.md)。\n")
    try blog.write("Other One.md", "没有标题。\n")
    let path = blog.folder.appending(path: "notes/Back Prop.md").path
    func touch(_ seconds: TimeInterval) throws {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: seconds)], ofItemAtPath: path)
    }
    try touch(1_700_000_000)
    let summary = try blog.sync()
    #expect(summary.refused == [] && summary.warnings == [])
    let posts = try PostLibrary(at: blog.library).summaries()
    let post = try #require(posts.first { $0.slug.string == "back-prop" })
    #expect(post.title == "反向传播")
    #expect(post.date == "2023-11-14")
    #expect(post.category == "notes")
    let other = try #require(posts.first { $0.slug.string == "other-one" })
    #expect(other.title == "Other One")
    #expect(other.category == "未分类")
    // The day counts where it is used.
    try touch(1_600_000_000)
    #expect(try blog.sync().changed == ["back-prop"])
  }

  @Test func `every name of a file makes a name of a post`() {
    let names = [
      ("ddpm.md", "ddpm"), ("a/b/DDPM_v2.1.md", "ddpm-v2-1"), ("2024-01-02-x.md", "x"),
      ("2024-01-02-.md", "2024-01-02-"), ("x/index.md", "x"), ("index.md", "index"),
      ("x/README.md", "x"), ("README.md", "readme"), ("a.b/C++ notes.markdown", "c-notes"),
    ]
    for (path, expected) in names { #expect(Slug(path: path).string == expected, "\(path)") }
    var slugs: Set<String> = []
    for name in ["扩散", "采样", "扩散 模型", "…", "é", String(repeating: "长", count: 80), ""] {
      let slug = Slug(path: name + ".md").string
      #expect(Slug(slug) != nil, "\(name): \(slug)")
      slugs.insert(slug)
    }
    #expect(slugs.count == 7)
    let long = Slug(path: String(repeating: "a", count: 90) + ".md").string
    #expect(Slug(long) != nil)
    #expect(Slug(path: "e\u{301}.md") == Slug(path: "\u{e9}.md"))
  }

  @Test(arguments: [
    "title = ", "title", "= x", "a = \"b", "a = [1, 2", "a = {b = 1}", "a = [[[1]]]",
    "a = 1\na = 2", "a = \"b\" c", "date = soon", "title = [\"a\"]", "a = '''b",
  ])
  func `TOML that is wrong or not read is refused with its line`(toml: String) {
    let fault = #expect(throws: FrontMatter.Fault.self) { try FrontMatter(toml: toml) }
    #expect((fault?.line ?? 0) >= 1)
  }
}

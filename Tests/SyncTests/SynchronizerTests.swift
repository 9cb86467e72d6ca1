import Foundation
import Posts
import Sync
import Testing

@Suite struct SynchronizerTests {
  private let blog: Blog

  init() throws { blog = try Blog() }

  @Test func `the first sync puts every post in`() throws {
    try blog.write("a/ddpm.md", post(title: "DDPM", "## 采样\n\n扩散模型。"))
    try blog.write("b/adamw.md", post(title: "AdamW", date: "2026-02-01"))
    var progress: [SyncProgress] = []
    let summary = try Synchronizer(library: blog.library, demos: [])
      .sync(blog.source) { progress.append($0) }
    #expect(summary.new == ["ddpm", "adamw"])
    #expect(summary.refused.isEmpty && summary.warnings.isEmpty)
    #expect(progress.map(\.completed) == [1, 2])
    #expect(progress.map(\.total) == [2, 2])
    let library = try PostLibrary(at: blog.library)
    #expect(try library.summaries().map(\.title) == ["AdamW", "DDPM"])
    let result = try #require(library.search(SearchQuery("扩散")).first)
    #expect(result.heading == "采样")
    #expect(result.line == 4)
  }

  @Test func `later syncs do what has changed`() throws {
    try blog.write("same.md", post("一"))
    try blog.write("edited.md", post("一"))
    try blog.write("gone.md", post("一"))
    try blog.write("moved.md", post("一"))
    try blog.sync()
    try blog.write("edited.md", post("二"))
    try blog.write("added.md", post("三"))
    try blog.remove("gone.md")
    try blog.remove("moved.md")
    try blog.write("folder/moved.md", post("一"))
    let summary = try blog.sync()
    #expect(summary.new == ["added"])
    #expect(summary.changed == ["edited", "moved"])
    #expect(summary.removed == ["gone"])
    #expect(summary.unchanged == 1)
    let again = try blog.sync()
    #expect(again.unchanged == 4)
    #expect(again.new + again.changed + again.removed == [])
  }

  @Test func `what many syncs leave is what one sync makes`() throws {
    for version in 1...3 {
      for number in 0..<6 where (number + version) % 3 > 0 {
        let text = number % 2 == 0 ? "版本 \(version)，扩散" : "不变，梯度"
        try blog.write("post-\(number).md", post(title: "第 \(number) 篇", text))
      }
      if version > 1 { try blog.remove("post-\(version).md") }
      try blog.sync()
    }
    let fresh = blog.library.deletingLastPathComponent().appending(path: "fresh.sqlite")
    _ = try Synchronizer(library: fresh, demos: []).sync(blog.source)
    #expect(try blog.dump() == Blog.dump(fresh))
  }

  @Test func `bad posts are refused with file line and reason`() throws {
    try blog.write("good.md", post())
    try blog.write("empty.md", " \n")
    try blog.write("open-front-matter.md", "---\ntitle: 题\n")
    try blog.write("bad-date.md", post(date: "soon"))
    try blog.write("alias.md", post(more: "tags: *x"))
    try blog.write("too-large.md", post(String(repeating: "长", count: 400_000)))
    try blog.write("too-deep.md", post(String(repeating: "> ", count: 70) + "深"))
    try blog.write("excerpt.md", post("文\n\n```swift source=DDPM.swift#x\n```\n"))
    let binary = Array(post().utf8) + [0xff]
    try Data(binary).write(to: blog.folder.appending(path: "binary.md"))
    let summary = try blog.sync()
    #expect(summary.new == ["good"])
    let refusals = summary.refused.map(\.description).joined(separator: "\n")
    #expect(
      refusals == """
        alias.md:5: anchors, aliases and tags are not read; put the value in quotation marks
        bad-date.md:3: `date` must be like 2026-01-11
        binary.md: the file is not UTF-8
        empty.md: the file is empty
        excerpt.md:9: there is no file DDPM.swift
        open-front-matter.md: the front matter has no closing `---`
        too-deep.md:7: quotes, lists, emphasis or images are nested over 64 deep.
        too-large.md: it is larger than 1024 KiB; split it
        """)
  }

  @Test func `a post that turns bad goes out and comes back`() throws {
    try blog.write("a.md", post("好"))
    try blog.sync()
    try blog.write("a.md", "---\n坏")
    #expect(try blog.sync().removed == ["a"])
    try blog.write("a.md", post("好"))
    #expect(try blog.sync().new == ["a"])
  }

  @Test func `the second of one name is refused`() throws {
    try blog.write("a/same.md", post("一"))
    try blog.write("b/same.md", post("二"))
    let summary = try blog.sync()
    #expect(
      summary.refused == [
        Refusal(file: "b/same.md", reason: "a/same.md has the same name; rename one of them")
      ])
    #expect(try blog.sync().unchanged == 1)
  }

  @Test func `a name that a bad file had is free for the next one`() throws {
    try blog.write("a/same.md", post(String(repeating: "> ", count: 70) + "深"))
    try blog.write("b/same.md", post("二"))
    try blog.write("c/same.md", post("三"))
    let summary = try blog.sync()
    #expect(summary.new == ["same"])
    #expect(summary.refused.map(\.file) == ["a/same.md", "c/same.md"])
    #expect(try PostLibrary(at: blog.library).search(SearchQuery("二")).count == 1)
  }

  @Test func `posts go in in the order of their paths, however long each takes`() throws {
    let count = 40
    for number in 0..<count {
      let length = number * 7 % 11 == 0 ? 20_000 : 1
      let isBad = number % 9 == 4
      try blog.write(
        "\(number + 100).md",
        post(
          isBad
            ? String(repeating: "> ", count: 70) : String(repeating: "扩散 $x$\n\n", count: length)))
    }
    let summary = try blog.sync()
    let names = (0..<count).map { "\($0 + 100)" }
    #expect(summary.new == names.enumerated().filter { $0.offset % 9 != 4 }.map(\.element))
    #expect(
      summary.refused.map(\.file)
        == names.enumerated().filter { $0.offset % 9 == 4 }.map { $0.element + ".md" })
  }

  @Test func `sources stand side by side`() throws {
    try blog.write("one/a.md", post("一"))
    try blog.write("two/a.md", post("二"))
    try blog.write("two/b.md", post("二"))
    let synchronizer = Synchronizer(library: blog.library, demos: [])
    func source(_ name: String) -> Source {
      .folder(FolderSource(name: name, folder: blog.folder.appending(path: name)))
    }
    _ = try synchronizer.sync(source("one"))
    let summary = try synchronizer.sync(source("two"))
    #expect(summary.new == ["b"])
    #expect(summary.removed == [])
    #expect(summary.refused.map(\.file) == ["a.md"])
    #expect(summary.refused.first?.reason.contains("the source one") == true)
    let statistics = try PostLibrary(at: blog.library).statistics()
    #expect(statistics.sources.mapValues(\.posts) == ["one": 1, "two": 1])
    #expect(statistics.words == 2)
    #expect(statistics.sources.values.allSatisfy { $0.lastSync?.hasSuffix("Z") == true })
  }

  @Test func `a sync that is only tried says what it would do and does nothing`() throws {
    try blog.write("same.md", post("一"))
    try blog.write("edited.md", post("一"))
    try blog.write("gone.md", post("一"))
    try blog.sync()
    let before = try blog.dump()
    try blog.write("edited.md", post("二"))
    try blog.write("added.md", post("三"))
    try blog.remove("gone.md")
    let synchronizer = Synchronizer(library: blog.library, demos: [])
    let trial = try synchronizer.sync(blog.source, isTrial: true)
    #expect(trial.new == ["added"] && trial.changed == ["edited"] && trial.removed == ["gone"])
    #expect(try blog.dump() == before)
    #expect(try blog.sync() == trial)
  }

  @Test func `the posts of a source that is removed go out`() throws {
    try blog.write("one/a.md", post("一"))
    try blog.write("two/b.md", post("二"))
    let synchronizer = Synchronizer(library: blog.library, demos: [])
    for name in ["one", "two"] {
      _ = try synchronizer.sync(
        .folder(FolderSource(name: name, folder: blog.folder.appending(path: name))))
    }
    #expect(try synchronizer.remove(source: "one") == 1)
    #expect(try synchronizer.remove(source: "one") == 0)
    let library = try PostLibrary(at: blog.library)
    #expect(try library.summaries().map(\.slug.string) == ["b"])
    #expect(try library.verify() == [])
  }

  @Test func `links and demos that lead nowhere are told`() throws {
    try blog.write(
      "a.md",
      post(
        more: "demo: ddpm",
        "## 节\n\n看 [B](x/b.md#节一)、[自己](#节)、[网](https://example.org)。\n\n"
          + "坏：[C](c.md)、[D](b.md#没有)、[E](#没有)。"))
    try blog.write("b.md", post(more: "demo: newer", "## 节一"))
    let summary = try blog.sync(demos: ["ddpm"])
    #expect(summary.new == ["a", "b"])
    #expect(
      summary.warnings.map(\.description) == [
        "b.md: this version has no demo newer; see `downlink demos`",
        "a.md:12: a has no heading 没有",
        "a.md:12: b has no heading 没有",
        "a.md:12: there is no post c",
      ])
    // They are told again when nothing has changed.
    #expect(try blog.sync(demos: ["ddpm"]).warnings == summary.warnings)
  }

  @Test func `excerpts are filled and followed when they change`() throws {
    try blog.write(
      "a.md", post("前\n\n```swift source=DDPM.swift#step\n```\n\n后 [坏](gone.md)"))
    var excerpts = CodeExcerpts()
    excerpts.add(
      "DDPM.swift",
      "import X\n  // region: step\n  func step() {\n    run()\n\n  }\n  // endregion: step\n")
    let summary = try blog.sync(excerpts: excerpts)
    #expect(summary.refused == [])
    // The line is that of the file, where the excerpt is empty.
    #expect(summary.warnings.map(\.description) == ["a.md:12: there is no post gone"])
    let slug = try #require(Slug("a"))
    let markdown = try PostLibrary(at: blog.library).post(slug).post.markdown
    #expect(
      markdown == """

        前

        ```swift source=DDPM.swift#step
        func step() {
          run()

        }
        ```

        后 [坏](gone.md)
        """)
    #expect(try blog.sync(excerpts: excerpts).unchanged == 1)
    var changed = CodeExcerpts()
    changed.add("DDPM.swift", "// region: step\nother()\n// endregion: step")
    #expect(try blog.sync(excerpts: changed).changed == ["a"])
    #expect(try PostLibrary(at: blog.library).search(SearchQuery("other")).count == 1)
  }

  @Test func `formulas are found by TeX by sign and by name`() throws {
    try blog.write("a.md", post("噪声 $\\epsilon_\\theta(x_t,t)$ 与 $\\nabla f$。"))
    try blog.sync()
    let library = try PostLibrary(at: blog.library)
    for query in ["\\epsilon_\\theta", "ε_θ", "epsilon", "x_t", "xₜ", "∇"] {
      #expect(try library.search(SearchQuery(query)).count == 1, "\(query)")
    }
  }

  @Test func `a missing folder is one sentence`() throws {
    let source = Source.folder(
      FolderSource(name: "x", folder: blog.folder.appending(path: "nowhere")))
    try blog.write("a.md", post())
    try blog.sync()
    let error = #expect(throws: SyncError.self) {
      try Synchronizer(library: blog.library, demos: []).sync(source)
    }
    #expect(error?.description.contains("nowhere") == true)
    #expect(try PostLibrary(at: blog.library).summaries().count == 1)
  }

  @Test func `fills a library in memory`() throws {
    try blog.write("a.md", post("扩散"))
    let library = try PostLibrary.inMemory()
    let summary = try Synchronizer(memory: library, demos: []).sync(blog.source)
    #expect(summary.new == ["a"])
    #expect(try library.search(SearchQuery("扩散")).count == 1)
    #expect(try library.verify() == [])
  }
}

import Foundation
import Posts
import Sync
import Testing

/// What a sync leaves alone, and what it must not.
@Suite struct UnchangedFilesTests {
  private let blog: Blog

  init() throws { blog = try Blog() }

  private func modify(_ path: String, _ time: Date) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: time], ofItemAtPath: blog.folder.appending(path: path).path)
  }

  @Test func `a sync that finds nothing new writes nothing`() throws {
    for number in 0..<5 { try blog.write("\(number).md", post("第 \(number) 篇")) }
    try blog.write("bad.md", "---")
    #expect(try blog.syncLater().new.count == 5)
    let before = try Data(contentsOf: blog.library)
    let again = try blog.syncLater()
    #expect(again.unchanged == 5 && again.refused.count == 1)
    #expect(try Data(contentsOf: blog.library) == before)
    // The time of a sync that changed nothing is noted once an hour.
    #expect(try blog.syncLater(hours: 3).unchanged == 5)
    #expect(try Data(contentsOf: blog.library) != before)
  }

  @Test func `a file is read again whatever its size and its time say`() throws {
    let day = Date(timeIntervalSince1970: 1_700_000_000)
    try blog.write("a.md", post("正文"))
    try modify("a.md", day)
    #expect(try blog.syncLater().new == ["a"])
    #expect(try blog.syncLater().unchanged == 1)
    usleep(20_000)  // The kernel's clock for files ticks every few milliseconds.
    try blog.write("a.md", post("另文"))
    try modify("a.md", day)
    #expect(try blog.syncLater().changed == ["a"])
  }

  @Test func `the day of a post without a date follows its file`() throws {
    try blog.write("a.md", "# 题\n\n文")
    try modify("a.md", Date(timeIntervalSince1970: 1_700_000_000))
    #expect(try blog.syncLater().new == ["a"])
    #expect(try blog.syncLater().unchanged == 1)
    try modify("a.md", Date(timeIntervalSince1970: 1_700_000_000 + 86_400))
    #expect(try blog.syncLater().changed == ["a"])
    #expect(try PostLibrary(at: blog.library).summaries().map(\.date) == ["2023-11-15"])
  }

  @Test func `a post that quotes code follows the code`() throws {
    try blog.write("a.md", post("```swift source=X.swift#r\n```"))
    var excerpts = CodeExcerpts()
    excerpts.add("X.swift", "// region: r\none()\n// endregion: r")
    #expect(try blog.syncLater(excerpts: excerpts).new == ["a"])
    #expect(try blog.syncLater(excerpts: excerpts).unchanged == 1)
    var changed = CodeExcerpts()
    changed.add("X.swift", "// region: r\ntwo()\n// endregion: r")
    #expect(try blog.syncLater(excerpts: changed).changed == ["a"])
  }

  @Test func `the first file of a name keeps it whether it was read or not`() throws {
    try blog.write("b/same.md", post("二"))
    #expect(try blog.syncLater().new == ["same"])
    // A later one is refused beside a file that was not read.
    try blog.write("c/same.md", post("三"))
    #expect(
      try blog.syncLater().refused.map(\.description) == [
        "c/same.md: b/same.md has the same name; rename one of them"
      ])
    // An earlier one takes the name over.
    try blog.write("a/same.md", post("一"))
    let summary = try blog.syncLater()
    #expect(summary.changed == ["same"])
    #expect(summary.refused.map(\.file) == ["b/same.md", "c/same.md"])
    #expect(try blog.syncLater().unchanged == 1)
    let fresh = blog.library.deletingLastPathComponent().appending(path: "fresh.sqlite")
    _ = try Synchronizer(library: fresh, demos: []).sync(blog.source)
    #expect(try blog.dump() == Blog.dump(fresh))
  }

  @Test func `files come in the order of their paths`() throws {
    for path in ["p/z.md", "p-b.md", "p.md", "p/b/c.md", "q.md", "P.markdown"] {
      try blog.write(path, "")
    }
    #expect(
      try blog.sync().refused.map(\.file) == [
        "P.markdown", "p-b.md", "p.md", "p/b/c.md", "p/z.md", "q.md",
      ])
  }

  @Test func `a link is judged again when either end changes`() throws {
    func warnings() throws -> [String] { try blog.syncLater().warnings.map(\.description) }
    try blog.write("a.md", post("[B](b.md#节) [C](c.md)"))
    try blog.write("b.md", post("## 节"))
    #expect(try warnings() == ["a.md:7: there is no post c"])
    #expect(try warnings() == ["a.md:7: there is no post c"])
    try blog.write("b.md", post("## 另一节"))
    try blog.write("c.md", post())
    #expect(try warnings() == ["a.md:7: b has no heading 节"])
    try blog.remove("b.md")
    #expect(try warnings() == ["a.md:7: there is no post b"])
    try blog.write("b.md", post("前\n\n## 节\n"))
    #expect(try warnings() == [])
  }

  @Test func `a post of another source mends a link`() throws {
    try blog.write("one/a.md", post("[B](b.md)"))
    try blog.write("two/b.md", post())
    let synchronizer = Synchronizer(library: blog.library, demos: [])
    func sync(_ name: String) throws -> [String] {
      let source = FolderSource(name: name, folder: blog.folder.appending(path: name))
      return try synchronizer.sync(.folder(source)).warnings.map(\.description)
    }
    #expect(try sync("one") == ["a.md:7: there is no post b"])
    #expect(try sync("two") == [])
    #expect(try sync("one") == [])
    #expect(try synchronizer.remove(source: "two") == 1)
    #expect(try sync("one") == ["a.md:7: there is no post b"])
  }

  @Test func `of many links that lead nowhere the first are told and all are counted`() throws {
    let links = (0..<80).map { "[x](gone-\($0).md)" }.joined(separator: "\n")
    try blog.write("a.md", post(links))
    let summary = try blog.sync()
    #expect(summary.warnings.count == 50 && summary.untold == 30)
  }
}

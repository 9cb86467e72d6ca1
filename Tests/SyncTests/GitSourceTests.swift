import Foundation
import Posts
import Sync
import Testing

/// Real repositories, read by the real `git` (T19).
@Suite struct GitSourceTests {
  private let repository: Repository

  init() throws { repository = try Repository() }

  private func titles() throws -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: try PostLibrary(at: repository.library).summaries().map {
        ($0.slug.string, $0.title)
      })
  }

  @Test func `a blog of a thousand posts and fifty commits is followed`() throws {
    let first = (0..<1_000).map { file("posts/p\($0).md", post(title: "题 \($0)", "正文 \($0)")) }
    let edits = (1..<50).map { commit in
      [file("posts/p\(commit).md", post(title: "改 \(commit)", "第 \(commit) 次"))]
    }
    try repository.commits([first] + edits)
    let initial = try repository.sync()
    #expect(initial.new.count == 1_000)
    #expect(initial.refused == [] && initial.warnings == [])
    #expect(try titles()["p7"] == "改 7")
    #expect(try repository.sync().unchanged == 1_000)

    try repository.commit([
      file("posts/p1.md", post(title: "又改")), ("posts/p2.md", "", nil), ("posts/p3.md", "", nil),
      file("posts/renamed.md", post(title: "改 3", "第 3 次")),
    ])
    let later = try repository.sync()
    #expect(later.changed == ["p1"])
    #expect(later.new == ["renamed"])
    #expect(later.removed == ["p2", "p3"])
    #expect(later.unchanged == 997)

    try repository.commit([file("only.md", post(title: "新史"))], force: true)
    let forced = try repository.sync()
    #expect(forced.new == ["only"])
    #expect(forced.removed.count == 999)
    #expect(try titles() == ["only": "新史"])
    #expect(try PostLibrary(at: repository.library).verify() == [])
  }

  @Test func `a post without a date takes that of the last commit and follows it`() throws {
    try repository.commit([file("dated.md", post()), file("undated.md", "# 题\n\n文")])
    #expect(try repository.sync().new == ["dated", "undated"])
    #expect(try repository.sync().unchanged == 2)
    try repository.commit([file("new.md", post())], time: 1_767_225_600 + 86_400)
    let later = try repository.sync()
    #expect(later.new == ["new"] && later.changed == ["undated"] && later.unchanged == 1)
    let dates = try PostLibrary(at: repository.library).summaries().map(\.date)
    #expect(dates == ["2026-01-11", "2026-01-11", "2026-01-02"])
  }

  @Test func `what is no regular Markdown file is refused or passed over`() throws {
    try repository.commit([
      file("good.md", post()), file("notes.txt", "x"), file(".hidden/a.md", post()),
      ("link.md", "120000", "/etc/passwd"), ("run.md", "100755", post()),
      ("module.md", "160000", String(repeating: "1", count: 40)),
      file("large.md", post(String(repeating: "a", count: 1 << 20))),
      file("\"a\\033]0;x\\007.md\"", post()),
    ])
    let summary = try repository.sync()
    #expect(summary.new.count == 3)
    #expect(Set(summary.new).isSuperset(of: ["good", "run"]))
    #expect(
      summary.refused.map(\.description) == [
        "large.md: it is larger than 1024 KiB; split it", "link.md: it is a symbolic link",
        "module.md: it is no regular file",
      ])
  }

  @Test func `nothing that a repository brings along is run`() throws {
    let canary = repository.root.appending(path: "canary")
    try repository.commit([
      file("a.md", post()),
      file(
        ".gitmodules", "[submodule \"x\"]\n\tpath = x\n\turl = ext::sh -c touch% \(canary.path)\n"),
      file(".gitattributes", "*.md filter=evil\n"),
    ])
    let hook = "#!/bin/sh\ntouch \(canary.path)\n"
    for name in ["post-checkout", "post-merge", "pre-auto-gc", "reference-transaction"] {
      let url = repository.folder.appending(path: "hooks/\(name)")
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(hook.utf8).write(to: url)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
    }
    try repository.git([
      "--git-dir", repository.folder.path, "config", "uploadpack.packObjectsHook",
      "touch \(canary.path);",
    ])
    _ = try? repository.sync()
    _ = try? repository.sync()
    #expect(!FileManager.default.fileExists(atPath: canary.path))
  }

  @Test(arguments: [
    "ext::sh -c true", "host:path", "-u/bin/true", "--upload-pack=true", "ssh://host/x",
    "git://host/x", "http://host/x", "nowhere", "https://host/\u{1B}[31m", "fd::3",
  ])
  func `an address that could mean more than a place is refused`(text: String) {
    #expect(throws: SyncError.self) { try GitAddress(text) }
  }

  @Test func `a repository that cannot be read leaves the library as it was`() throws {
    try repository.commit([file("a.md", post())])
    _ = try repository.sync()
    try FileManager.default.removeItem(at: repository.folder)
    let source = Source.git(
      GitSource(
        name: "blog", address: try GitAddress("file://\(repository.folder.path)"),
        cache: repository.cache))
    let error = #expect(throws: SyncError.self) {
      try Synchronizer(library: repository.library, demos: []).sync(source)
    }
    #expect(error?.description.contains("the library is as it was") == true)
    #expect(try titles().count == 1)
  }

  @Test func `a clone that was damaged or cut off is made anew`() throws {
    try repository.commit([file("a.md", post())])
    _ = try repository.sync()
    let files = FileManager.default
    for clone in try files.contentsOfDirectory(atPath: repository.cache.path)
    where clone.count == 64 {
      let folder = repository.cache.appending(path: clone)
      try files.removeItem(at: folder.appending(path: "objects"))
      try files.createDirectory(
        at: repository.cache.appending(path: clone + ".partial/objects"),
        withIntermediateDirectories: true)
    }
    try repository.commit([file("b.md", post())])
    #expect(try repository.sync().new == ["b"])
  }

  @Test func `a lock that a killed git left keeps no sync from going on`() throws {
    try repository.commit([file("a.md", post())])
    _ = try repository.sync()
    let files = FileManager.default
    for clone in try files.contentsOfDirectory(atPath: repository.cache.path)
    where clone.count == 64 {
      let lock = repository.cache.appending(path: clone).appending(path: "shallow.lock")
      #expect(files.createFile(atPath: lock.path, contents: nil))
    }
    try repository.commit([file("b.md", post())])
    #expect(try repository.sync().new == ["b"])
  }

  @Test func `a clone that lost what it lists is made anew by the next sync`() throws {
    try repository.commit([file("a.md", post())])
    _ = try repository.sync()
    let files = FileManager.default
    let all = try #require(files.enumerator(atPath: repository.cache.path))
    for case let name as String in all where name.hasSuffix(".pack") {
      let pack = repository.cache.appending(path: name).path
      try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: pack)
      try #require(FileHandle(forWritingAtPath: pack)).truncate(atOffset: 100)
    }
    _ = try? repository.sync()
    #expect(try repository.sync().unchanged == 1)
  }
}

import Foundation
import Posts
import Testing

@Suite struct PostLibraryTests {
  @Test func `lists posts with the newest first`() throws {
    let library = try PostLibrary.holding([
      Post("a", date: "2026-01-01"), Post("b", date: "2026-03-01"), Post("c", date: "2026-02-01"),
    ])
    #expect(try library.summaries().map(\.slug.string) == ["b", "c", "a"])
  }

  @Test func `gives a post back as it was put in`() throws {
    var post = try Post("a", title: "题", tags: ["一", "二"], demo: "ddpm", "正文 $x$\n\n- 项")
    post.summary.titleEnglish = "Title"
    post.summary.summary = "摘要"
    post.references = ["Ho et al. 2020", "Song et al. 2021"]
    let library = try PostLibrary.holding([post])
    let loaded = try library.post(post.summary.slug)
    #expect(loaded == LoadedPost(post: post, isIntact: true))
    #expect(loaded.notice == nil)
    #expect(try library.summaries() == [post.summary])
  }

  @Test func `an unknown slug is one sentence`() throws {
    let library = try PostLibrary.inMemory()
    let slug = try #require(Slug("nothing"))
    let error = #expect(throws: PostError.self) { try library.post(slug) }
    #expect(error == .noSuchPost(slug: "nothing"))
    #expect(error?.description.hasSuffix(".") == true)
  }

  @Test func `knows which posts link here`() throws {
    let library = try PostLibrary.holding([
      Post("a", "看 [B](../x/b.md#节) 与 [外](https://example.org/b.md)。"),
      Post("b", "看 [B](#节)。"),
      Post("c", date: "2026-05-01", "看 [B](b.md)。"),
    ])
    let slug = try #require(Slug("b"))
    #expect(try library.posts(linkingTo: slug).map(\.slug.string) == ["c", "a"])
  }

  @Test func `a missing library says how to make one`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: PostError.libraryMissing(path: folder.library.path)) {
      try PostLibrary(at: folder.library)
    }
  }

  @Test func `reads what was written to a file`() throws {
    let folder = try TemporaryFolder()
    try writeLibrary(folder.library, [Post("a", "正文")])
    let library = try PostLibrary(at: folder.library)
    #expect(try library.slugs("正文") == ["a"])
    #expect(try library.verify() == [])
    #expect(try library.statistics().posts == 1)
  }

  @Test func `an open library goes on in the one that takes its place`() throws {
    let folder = try TemporaryFolder()
    try writeLibrary(folder.library, [Post("old", "旧")])
    let library = try PostLibrary(at: folder.library)
    #expect(try library.slugs("旧") == ["old"])
    try FileManager.default.moveItem(
      at: folder.library, to: folder.url.appending(path: "library.sqlite.damaged"))
    #expect(try library.slugs("旧") == ["old"])
    try Data().write(to: folder.library)
    #expect(try library.slugs("旧") == ["old"])
    try FileManager.default.removeItem(at: folder.library)
    try writeLibrary(folder.library, [Post("new", "新")])
    #expect(try library.slugs("旧") == [])
    #expect(try library.summaries().map(\.slug.string) == ["new"])
  }

  @Test func `the list names the source of each post`() throws {
    let library = try PostLibrary.holding([Post("a"), Post("b")])
    #expect(try library.listing().map(\.source) == ["test", "test"])
  }

  @Test func `files are their owner's alone`() throws {
    let folder = try TemporaryFolder()
    try writeLibrary(folder.library, [])
    for url in [folder.library, URL(filePath: folder.library.path + ".lock")] {
      let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600, "\(url.path)")
    }
  }

  @Test func `a library that others may write to is refused`() throws {
    let folder = try TemporaryFolder()
    try writeLibrary(folder.library, [])
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o666], ofItemAtPath: folder.library.path)
    #expect(throws: PostError.self) { try PostLibrary(at: folder.library) }
  }

  @Test func `reads from a folder that cannot be written to`() throws {
    let folder = try TemporaryFolder()
    try writeLibrary(folder.library, [Post("a", "正文")])
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o500], ofItemAtPath: folder.url.path)
    defer {
      try? FileManager.default.setAttributes(
        [.posixPermissions: 0o700], ofItemAtPath: folder.url.path)
    }
    #expect(try PostLibrary(at: folder.library).slugs("正文") == ["a"])
  }

  @Test func `a search can be interrupted and goes on afterwards`() throws {
    let library = try PostLibrary.holding([Post("a", "正文")])
    library.interrupt()
    #expect(try library.slugs("正文") == ["a"])
  }
}

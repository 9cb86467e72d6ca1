import Foundation
import GRDB
import Images
import Posts
import Sync
import Testing

/// The images of posts go where their posts go.
@Suite struct ImageSyncTests {
  private let blog: Blog

  init() throws { blog = try Blog() }

  /// As much of an image as a sync looks at.
  private func image(_ width: Int, _ height: Int) -> String {
    "GIF89a" + [width, height].map { "\(Character(UnicodeScalar(UInt8($0))))\0" }.joined() + "…"
  }

  private func states(_ slug: String, _ url: URL? = nil) throws -> [String: PostImage.State] {
    let slug = try #require(Slug(slug))
    return try PostLibrary(at: url ?? blog.library).images(of: slug)
  }

  private func assets() throws -> Int {
    let queue = try DatabaseQueue(path: blog.library.path)
    return try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM asset") ?? 0 }
  }

  @Test func `an image is found where the post says, in the source and nowhere else`() throws {
    let secret = blog.folder.deletingLastPathComponent().appending(path: "out.gif")
    try Data(image(9, 9).utf8).write(to: secret)
    try blog.write("posts/img/a.gif", image(1, 2))
    try blog.write("img/b.gif", image(3, 4))
    try blog.write("posts/图 一.gif", image(5, 6))
    try blog.write("posts/.hidden.gif", image(7, 8))
    try blog.write("posts/text.png", "no image")
    try FileManager.default.createSymbolicLink(
      at: blog.folder.appending(path: "posts/link.gif"), withDestinationURL: secret)
    #expect(mkfifo(blog.folder.appending(path: "posts/pipe.gif").path, 0o600) == 0)
    let names = [
      "img/a.gif", "../img/b.gif", "/img/b.gif", "./img/../img/a.gif?x#y",
      "%E5%9B%BE%20%E4%B8%80.gif",
      "../../out.gif", ".hidden.gif", "text.png", "link.gif", "pipe.gif", "none.gif",
      "https://example.org/a.gif", "//example.org/a.gif", "data:image/gif;base64,AAAA",
    ]
    let text = names.map { "![甲](<\($0)>)\n" }.joined(separator: "\n")
    try blog.write("posts/p.md", post(text + "\n<img src=\"img/b.gif\"> 文"))
    let summary = try blog.sync()
    let small = PostImage.State.sized(width: 1, height: 2)
    let large = PostImage.State.sized(width: 3, height: 4)
    let missing = PostImage.State.refused(.missing)
    let elsewhere = PostImage.State.refused(.elsewhere)
    #expect(
      try states("p") == [
        "img/a.gif": small, "../img/b.gif": large, "/img/b.gif": large,
        "./img/../img/a.gif?x#y": small, "%E5%9B%BE%20%E4%B8%80.gif": .sized(width: 5, height: 6),
        "../../out.gif": elsewhere, ".hidden.gif": elsewhere, "text.png": .refused(.unknownFormat),
        "link.gif": missing, "pipe.gif": missing, "none.gif": missing, "img/b.gif": missing,
        "https://example.org/a.gif": elsewhere, "//example.org/a.gif": elsewhere,
        "data:image/gif;base64,AAAA": elsewhere,
      ])
    #expect(
      summary.warnings.contains(
        Refusal(file: "posts/p.md", reason: "the image none.gif is not in the source")))
    #expect(try assets() == 3)
  }

  @Test func `a changed image arrives though its post did not change, and goes with the post`()
    throws
  {
    try blog.write("a.gif", image(1, 2))
    try blog.write("p.md", post("![](a.gif)"))
    try blog.write("q.md", post("![](a.gif)"))
    _ = try blog.syncLater()
    #expect(try assets() == 1)
    #expect(try blog.syncLater(hours: 2).unchanged == 2)
    try blog.write("a.gif", image(3, 4))
    #expect(try blog.syncLater(hours: 3).unchanged == 2)
    #expect(try states("q") == ["a.gif": .sized(width: 3, height: 4)])
    #expect(try assets() == 1)
    try blog.remove("p.md")
    _ = try blog.sync()
    let slug = try #require(Slug("q"))
    let bytes = try PostLibrary(at: blog.library).image("a.gif", of: slug)
    #expect(bytes == Array(image(3, 4).utf8))
    try blog.remove("a.gif")
    _ = try blog.sync()
    #expect(try states("q") == ["a.gif": .refused(.missing)])
    #expect(try assets() == 0)
  }

  @Test func `what is missing costs nothing until it comes`() throws {
    try blog.write("posts/p.md", post("![](img/a.gif) ![](b.gif) ![](/c.gif)"))
    #expect(try blog.syncLater().warnings.count == 3)
    let before = try Data(contentsOf: blog.library)
    #expect(try blog.syncLater().warnings.isEmpty)
    #expect(try Data(contentsOf: blog.library) == before)
    let names = ["img/a.gif": "posts/img/a.gif", "b.gif": "posts/b.gif", "/c.gif": "c.gif"]
    for (hour, name) in names.keys.sorted().enumerated() {
      try blog.write(try #require(names[name]), image(hour + 1, 1))
      _ = try blog.syncLater(hours: Double(hour + 2))
      #expect(try states("p")[name] == .sized(width: hour + 1, height: 1))
    }
    try blog.remove("posts/b.gif")
    #expect(try blog.syncLater(hours: 6).warnings.count == 1)
    #expect(try states("p")["b.gif"] == .refused(.missing))
  }

  @Test func `a large file is not read`() throws {
    try blog.write("a.gif", image(1, 1) + String(repeating: "x", count: ImageHeader.Limit.bytes))
    try blog.write("p.md", post("![](a.gif)"))
    _ = try blog.sync()
    #expect(try states("p") == ["a.gif": .refused(.tooManyBytes)])
  }

  @Test func `a repository's images come out of its objects`() throws {
    let repository = try Repository()
    try repository.commit([
      ("posts/p.md", "100644", post("![](../img/a.gif) ![](b.gif)")),
      ("img/a.gif", "100644", image(1, 2)), ("posts/b.gif", "120000", "../img/a.gif"),
    ])
    _ = try repository.sync()
    let expected = [
      "../img/a.gif": PostImage.State.sized(width: 1, height: 2), "b.gif": .refused(.missing),
    ]
    #expect(try states("p", repository.library) == expected)
    try repository.commit([("img/a.gif", "100644", image(3, 4))])
    #expect(try repository.sync().unchanged == 1)
    #expect(try states("p", repository.library)["../img/a.gif"] == .sized(width: 3, height: 4))
  }

  @Test func `a bundle carries images, and a changed one is not believed`() throws {
    try blog.write("img/a.gif", image(1, 2))
    try blog.write("posts/p.md", post("![](../img/a.gif) ![](none.gif) ![](https://e.org/a.gif)"))
    try blog.sync()
    let root = blog.folder.deletingLastPathComponent()
    let bundle = root.appending(path: "posts.dlb")
    let target = root.appending(path: "other/library.sqlite")
    _ = try BundleFile.write(try PostLibrary(at: blog.library), to: bundle)
    let source = Source.bundle(BundleSource(name: "b", file: bundle))
    _ = try Synchronizer(library: target, demos: []).sync(source)
    #expect(try states("p", target) == states("p"))
    #expect(try PostLibrary(at: target).verify().filter(\.isError).isEmpty)
    var bytes = try Data(contentsOf: bundle)
    let place = try #require(bytes.range(of: Data(image(1, 2).utf8)))
    bytes[place.lowerBound + 6] = 2
    try bytes.write(to: bundle)
    #expect(throws: SyncError.self) { try Synchronizer(library: target, demos: []).sync(source) }
  }

  @Test func `check sees an image that is not as it was synced`() throws {
    try blog.write("a.gif", image(1, 2))
    try blog.write("p.md", post("![](a.gif)"))
    try blog.sync()
    let queue = try DatabaseQueue(path: blog.library.path)
    try queue.write { try $0.execute(sql: "UPDATE asset SET bytes = x'00'") }
    try queue.close()
    let library = try PostLibrary(at: blog.library)
    #expect(try library.verify().contains { $0.description.contains("an image is not as it was") })
    let slug = try #require(Slug("p"))
    #expect(try library.image("a.gif", of: slug) == nil)
  }
}

import Foundation
import Posts
import Sync
import Testing

/// Folders made to trap a reader (T21).
@Suite struct FolderSourceTests {
  private let blog: Blog

  init() throws {
    blog = try Blog()
    try blog.write("good.md", post())
  }

  private func path(_ name: String) -> String { blog.folder.appending(path: name).path }

  @Test func `links are not followed`() throws {
    let secret = blog.folder.deletingLastPathComponent().appending(path: "secret.md")
    try Data(post("秘密").utf8).write(to: secret)
    try FileManager.default.createSymbolicLink(
      atPath: path("linked.md"), withDestinationPath: secret.path)
    try FileManager.default.createSymbolicLink(
      atPath: path("loop"), withDestinationPath: blog.folder.path)
    try FileManager.default.createSymbolicLink(
      atPath: path("up"), withDestinationPath: blog.folder.deletingLastPathComponent().path)
    let summary = try blog.sync()
    #expect(summary.new == ["good"])
    #expect(summary.refused == [Refusal(file: "linked.md", reason: "it is a symbolic link")])
  }

  @Test func `pipes sockets and folders do not stop it`() throws {
    #expect(mkfifo(path("pipe.md"), 0o600) == 0)
    try FileManager.default.createDirectory(
      atPath: path("folder.md"), withIntermediateDirectories: true)
    let summary = try blog.sync()
    #expect(summary.new == ["good"])
    #expect(summary.refused == [Refusal(file: "pipe.md", reason: "it is no regular file")])
  }

  @Test func `a file of ten gigabytes is refused unread`() throws {
    #expect(FileManager.default.createFile(atPath: path("huge.md"), contents: nil))
    #expect(truncate(path("huge.md"), 10 << 30) == 0)
    let clock = ContinuousClock()
    let time = try clock.measure {
      let summary = try blog.sync()
      #expect(summary.refused.map(\.file) == ["huge.md"])
    }
    #expect(time < .seconds(5))
  }

  @Test(arguments: [
    "new\nline.md", "es\u{1b}[31mc.md", "ＡＢＣ.md", "é.md", "e\u{301}.md", "a b.md", "-rf.MD.md",
    "..md", "CON.md", "a.b.md",
  ])
  func `odd names of files become plain names of posts`(name: String) throws {
    try Data(post().utf8).write(to: blog.folder.appending(path: name))
    let summary = try blog.sync()
    #expect(summary.refused == [])
    // A name that begins with a full stop is hidden, and passed over.
    #expect(summary.new.count == (name.hasPrefix(".") ? 1 : 2))
    #expect(summary.new.allSatisfy { Slug($0) != nil })
  }

  @Test func `a name that is not UTF-8 is refused`() throws {
    let folder = Array(blog.folder.path.utf8) + [UInt8(ascii: "/"), 0xff, 0xfe]
    let name = (folder + Array(".md".utf8) + [0]).map { CChar(bitPattern: $0) }
    close(open(name, O_CREAT | O_WRONLY, 0o600))
    let summary = try blog.sync()
    #expect(summary.new == ["good"])
    #expect(summary.refused.count == 1)
  }

  @Test func `hidden files and other kinds are passed over`() throws {
    try blog.write(".git/hidden.md", post())
    try blog.write(".draft.md", post())
    try blog.write("image.png", "x")
    try blog.write("deep/er/post.markdown", post())
    let summary = try blog.sync()
    #expect(summary.new == ["post", "good"])
    #expect(summary.refused == [])
  }

  @Test func `folders in folders end somewhere`() throws {
    let deep = (0..<60).map { "d\($0)" }.joined(separator: "/")
    try blog.write(deep + "/post.md", post())
    #expect(try blog.sync().new == ["good"])
  }

  @Test func `an unreadable file is refused`() throws {
    // The owner of everything reads it all the same.
    guard geteuid() != 0 else { return }
    try blog.write("closed.md", post())
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path("closed.md"))
    #expect(try blog.sync().refused.map(\.file) == ["closed.md"])
  }
}

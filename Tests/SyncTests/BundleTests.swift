import Foundation
import GRDB
import Posts
import Sync
import TestSupport
import Testing

/// A bundle carries a library's posts, and is believed only if it is whole (T20).
@Suite struct BundleTests {
  private let blog: Blog
  private let bundle: URL
  private let target: URL

  init() throws {
    blog = try Blog()
    let root = blog.folder.deletingLastPathComponent()
    bundle = root.appending(path: "a bundle%?#.dlb")
    target = root.appending(path: "other/library.sqlite")
    for number in 0..<20 {
      let text = "扩散 \(number)，$x_\(number)$。\n\n## 节\n\n" + String(repeating: "梯度", count: 900)
      try blog.write("p\(number).md", post(title: "第 \(number) 篇", more: "tags: [a, b]", text))
    }
    try blog.sync()
    _ = try BundleFile.write(try PostLibrary(at: blog.library), to: bundle)
  }

  private func take() throws -> SyncSummary {
    try Synchronizer(library: target, demos: [])
      .sync(.bundle(BundleSource(name: "b", file: bundle)))
  }

  @Test func `the posts arrive as they were, and a second time change nothing`() throws {
    #expect(try take().new.count == 20)
    #expect(try Blog.dump(target) == blog.dump())
    #expect(try take().unchanged == 20)
    try blog.write("p3.md", post(title: "改"))
    try blog.remove("p4.md")
    try blog.sync()
    _ = try BundleFile.write(try PostLibrary(at: blog.library), to: bundle)
    let summary = try take()
    #expect(summary.changed == ["p3"])
    #expect(summary.removed == ["p4"])
    let names = try FileManager.default.contentsOfDirectory(
      atPath: bundle.deletingLastPathComponent().path)
    #expect(!names.contains { $0.hasPrefix(".") || $0.hasSuffix("-journal") })
  }

  @Test func `the same posts make the same bytes`() throws {
    let bytes = try Data(contentsOf: bundle)
    _ = try BundleFile.write(try PostLibrary(at: blog.library), to: bundle)
    #expect(try Data(contentsOf: bundle) == bytes)
  }

  @Test func `every cut and every flipped bit is noticed`() throws {
    let bytes = try [UInt8](Data(contentsOf: bundle))
    var random = SeededGenerator(seed: 20)
    var isSilent: [Int] = []
    for size in stride(from: 0, to: bytes.count, by: 4096) {
      try Data(bytes[..<size]).write(to: bundle)
      #expect(throws: PostError.self, "cut to \(size)") { try BundleFile.verified(bundle) }
    }
    for _ in 0..<60 {
      var damaged = bytes
      let bit = Int.random(in: 0..<(8 * bytes.count), using: &random)
      damaged[bit / 8] ^= 1 << (bit % 8)
      try Data(damaged).write(to: bundle)
      // What lies in free space may change; then every post must be the one that was put in.
      if let found = try? BundleFile.verified(bundle) {
        isSilent.append(bit)
        #expect(found.slugs.count == 20)
      }
    }
    #expect(isSilent.count < 40)
  }

  @Test(arguments: [
    "CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x FROM c) SELECT x FROM c",
    "CREATE TRIGGER t AFTER INSERT ON post BEGIN DELETE FROM post; END",
    "CREATE TABLE extra(x)", "CREATE INDEX i ON post(title)",
    "CREATE VIRTUAL TABLE f USING fts5(x)",
    "ALTER TABLE post ADD COLUMN y TEXT GENERATED ALWAYS AS (title) VIRTUAL",
    "UPDATE post SET title = 'other' WHERE slug = 'p3'",
    "UPDATE post SET markdown = x'00' WHERE slug = 'p3'",
    "UPDATE post SET markdown = 'a' || char(0) WHERE slug = 'p3'",
    "UPDATE post SET slug = '../../p3' WHERE slug = 'p3'",
    "DELETE FROM post WHERE slug = 'p3'", "DELETE FROM meta",
    "PRAGMA application_id = 1", "PRAGMA user_version = 9", "PRAGMA journal_mode = WAL",
    "UPDATE post SET markdown = zeroblob(8000000) WHERE slug = 'p3'",
  ])
  func `a planted bundle is refused, and the library stays as it was`(sql: String) throws {
    _ = try take()
    let before = try Blog.dump(target)
    try Self.run(sql, on: bundle)
    let names = try FileManager.default.contentsOfDirectory(
      atPath: bundle.deletingLastPathComponent().path)
    let error = #expect(throws: SyncError.self) { try take() }
    #expect(error?.description.contains("no bundle that can be believed") == true)
    #expect(try Blog.dump(target) == before)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: bundle.deletingLastPathComponent().path)
        .sorted() == names.sorted())
  }

  @Test func `a journal beside it is not obeyed`() throws {
    try Data((0..<4096).map { UInt8(truncatingIfNeeded: $0) }).write(
      to: URL(filePath: bundle.path + "-journal"))
    #expect(try take().new.count == 20)
  }

  @Test func `what is no file at all is refused at once`() throws {
    let folder = bundle.deletingLastPathComponent()
    #expect(throws: PostError.self) { try BundleFile.verified(folder) }
    #expect(throws: PostError.self) { try BundleFile.verified(folder.appending(path: "none")) }
    let pipe = folder.appending(path: "pipe")
    #expect(mkfifo(pipe.path, 0o600) == 0)
    #expect(throws: PostError.self) { try BundleFile.verified(pipe) }
  }

  /// Changes a database as a stranger would.
  private static func run(_ sql: String, on file: URL) throws {
    let queue = try DatabaseQueue(path: file.path)
    try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
    try queue.close()
  }
}

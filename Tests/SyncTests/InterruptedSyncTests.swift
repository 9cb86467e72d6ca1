import Foundation
import Posts
import Sync
import Testing

/// A sync that ends early leaves the library of before or of after, never a mixture.
@Suite struct InterruptedSyncTests {
  private let blog: Blog

  init() throws {
    blog = try Blog()
    try writePosts(version: 1)
    try blog.sync()
    try writePosts(version: 2)
  }

  private static let count = 12
  /// The posts of the second version keep those of the first whose names are others.
  private static let countOfBoth = 20

  private func writePosts(version: Int) throws {
    for number in 0..<Self.count {
      let text = String(repeating: "版本 \(version)：扩散与梯度。\n\n", count: 40)
      try blog.write("post-\(version * (number % 3))-\(number).md", post("$\\alpha$ \(text)"))
    }
  }

  @Test func `cancelled before any file it changes nothing`() throws {
    let before = try blog.dump()
    for step in 0...3 * Self.count {
      var asked = 0
      let synchronizer = Synchronizer(library: blog.library, demos: [])
      do {
        _ = try synchronizer.sync(
          blog.source,
          isCancelled: {
            asked += 1
            return asked > step
          })
        break
      } catch {
        #expect(error == .cancelled)
        #expect(try blog.dump() == before, "cancelled at file \(step)")
      }
    }
    let fresh = blog.library.deletingLastPathComponent().appending(path: "fresh.sqlite")
    _ = try Synchronizer(library: fresh, demos: []).sync(blog.source)
    #expect(try blog.dump() == Blog.dump(fresh))
    #expect(try blog.dump() != before)
  }

  @Test func `a second sync is told who runs the first`() throws {
    let blog = blog
    var told: SyncError?
    _ = try Synchronizer(library: blog.library, demos: []).sync(blog.source) { _ in
      told = #expect(throws: SyncError.self) { try blog.sync() }
    }
    let process = ProcessInfo.processInfo.processIdentifier
    #expect(told?.description.contains("(process \(process), since 20") == true)
  }

  /// Kills a child at growing delays from the start of its sync until one gets through.
  @Test func `killed at any moment it leaves the old or the new`() async throws {
    let before = try blog.dump()
    let fresh = blog.library.deletingLastPathComponent().appending(path: "fresh.sqlite")
    _ = try Synchronizer(library: fresh, demos: []).sync(blog.source)
    let after = try Blog.dump(fresh)
    let old = try Data(contentsOf: blog.library)
    for round in 0..<24 {
      try restore(old)
      let reader = try PostLibrary(at: blog.library)
      #expect(try reader.summaries().count == Self.count)
      let path = blog.folder.path
      let library = blog.library.path
      let delay = UInt32(400 * round)
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [path = path as String, library = library as String, delay = delay as UInt32] in
        let source = FolderSource(name: "blog", folder: URL(filePath: path))
        let synchronizer = Synchronizer(library: URL(filePath: library), demos: [])
        Thread.detachNewThread {
          usleep(delay)
          kill(getpid(), SIGKILL)
        }
        _ = try synchronizer.sync(.folder(source))
        try await Task.sleep(for: .seconds(10))
      }
      // A reader that was there before goes on, and finishes the rollback if need be.
      let seen = try reader.summaries()
      let left = try blog.dump()
      #expect(left == before || left == after, "killed after \(delay) µs")
      let expected = left == before ? Self.count : Self.countOfBoth
      #expect(seen.count == expected, "killed after \(delay) µs")
      #expect(try blog.sync().refused.isEmpty)
      #expect(try blog.dump() == after, "killed after \(delay) µs and synced again")
    }
  }

  /// Puts the old library back, without what a killed sync left beside it.
  private func restore(_ bytes: Data) throws {
    try? FileManager.default.removeItem(atPath: blog.library.path + "-journal")
    let handle = try FileHandle(forWritingTo: blog.library)
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: bytes)
    try handle.close()
  }
}

import Foundation
import Posts
import Testing

/// The right to sync: held by one, and given back at once.
struct SyncLockTests {
  private func besidesLibrary(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "downlink-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.appending(path: "library.sqlite"))
  }

  @Test func `a second one is told who has it`() throws {
    try besidesLibrary { library in
      let lock = try SyncLock.take(besides: library)
      defer { lock.release() }
      let error = #expect(throws: PostError.self) { () throws in
        _ = try SyncLock.take(besides: library)
      }
      #expect("\(try #require(error))".contains("\(ProcessInfo.processInfo.processIdentifier)"))
    }
  }

  @Test func `a lock that was given back is free though a child still has its descriptor`() throws {
    try besidesLibrary { library in
      let lock = try SyncLock.take(besides: library)
      let copies = copiesOfDescriptors(of: library.path + ".lock")
      defer { for copy in copies { close(copy) } }
      #expect(!copies.isEmpty)
      lock.release()
      try SyncLock.take(besides: library).release()
    }
  }

  /// What a fork would leave in the child until its exec.
  private func copiesOfDescriptors(of path: String) -> [CInt] {
    (0..<1024 as Range<CInt>).filter { descriptor in
      var status = stat()
      var file = stat()
      return fstat(descriptor, &status) == 0 && stat(path, &file) == 0
        && status.st_ino == file.st_ino && status.st_dev == file.st_dev
    }.map { dup($0) }
  }
}

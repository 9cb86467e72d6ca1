import Foundation
import Posts
import Testing

@Suite struct LibraryWriterTests {
  private struct Stop: Error {}

  @Test func `a second writer is told who the first is`() throws {
    let folder = try TemporaryFolder()
    let writer = try LibraryWriter(at: folder.library)
    let error = #expect(throws: PostError.self) { try LibraryWriter(at: folder.library) }
    let process = ProcessInfo.processInfo.processIdentifier
    guard case .syncRunning(let holder, let since)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(holder == "\(process)")
    #expect(since.hasPrefix("20") && since.hasSuffix("Z"))
    try writer.close()
    try LibraryWriter(at: folder.library).close()
  }

  @Test func `what fails leaves the library as it was`() throws {
    let folder = try TemporaryFolder()
    try writeLibrary(folder.library, [Post("old", "旧")])
    let writer = try LibraryWriter(at: folder.library)
    #expect(throws: Stop.self) {
      try writer.replace { transaction in
        try transaction.remove(slug: "old")
        try transaction.put(LibraryEntry(Post("new", "新")))
        throw Stop()
      }
    }
    try writer.close()
    let library = try PostLibrary(at: folder.library)
    #expect(try library.summaries().map(\.slug.string) == ["old"])
    #expect(try library.slugs("旧") == ["old"])
    #expect(try library.slugs("新") == [])
    #expect(try library.verify() == [])
  }

  @Test func `a full disk leaves the library as it was`() throws {
    let folder = try TemporaryFolder()
    try writeLibrary(folder.library, [Post("old", "旧")])
    let size = try Data(contentsOf: folder.library).count
    let writer = try LibraryWriter(at: folder.library, largest: size + 20_000)
    let error = #expect(throws: PostError.self) {
      try writer.replace { transaction in
        for number in 0..<50 {
          let text = String(repeating: "新的一段话 \(number)。", count: 500)
          try transaction.put(LibraryEntry(Post("new-\(number)", text)))
        }
      }
    }
    #expect(error == .diskFull(path: folder.library.path))
    try writer.close()
    let library = try PostLibrary(at: folder.library)
    #expect(try library.summaries().map(\.slug.string) == ["old"])
    #expect(try library.verify() == [])
  }

  @Test func `a reader sees the old posts until the commit`() throws {
    let folder = try TemporaryFolder()
    try writeLibrary(folder.library, [Post("old", "旧")])
    let library = try PostLibrary(at: folder.library)
    let writer = try LibraryWriter(at: folder.library)
    try writer.replace { transaction in
      try transaction.put(LibraryEntry(Post("new", "新")))
      #expect(try library.summaries().map(\.slug.string) == ["old"])
      #expect(try PostLibrary(at: folder.library).summaries().map(\.slug.string) == ["old"])
    }
    #expect(try library.summaries().count == 2)
    try writer.close()
  }

  @Test func `the revision counts the changes and not the calls`() throws {
    let folder = try TemporaryFolder()
    let post = try Post("a", "一")
    try writeLibrary(folder.library, [post])
    try writeLibrary(folder.library, [post])
    #expect(try PostLibrary(at: folder.library).statistics().revision == 1)
    try writeLibrary(folder.library, [Post("a", "二")])
    #expect(try PostLibrary(at: folder.library).statistics().revision == 2)
  }

  @Test func `too little space is said with both figures`() throws {
    let folder = try TemporaryFolder()
    let writer = try LibraryWriter(at: folder.library)
    let error = #expect(throws: PostError.self) { try writer.requireSpace(1 << 60) }
    guard case .tooLittleSpace(_, let need, let have)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(need == 1 << 60 && have > 0)
    try writer.requireSpace(1)
  }

  @Test func `a library reached through no folder is made with its folders`() throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appending(path: "a/b/library.sqlite")
    try writeLibrary(url, [Post("a")])
    let attributes = try FileManager.default.attributesOfItem(
      atPath: url.deletingLastPathComponent().path)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700)
  }
}

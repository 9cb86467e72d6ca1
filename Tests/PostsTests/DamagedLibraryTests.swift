import Foundation
import Posts
import TestSupport
import Testing

/// What a file that is not as sync left it may do to the reader: nothing but a sentence.
@Suite struct DamagedLibraryTests {
  private let folder: TemporaryFolder
  private let bytes: Data

  init() throws {
    folder = try TemporaryFolder()
    let text = String(repeating: "扩散模型逐步去噪，梯度下降求解。\n\n", count: 60)
    try writeLibrary(
      folder.library, (0..<8).map { try Post("post-\($0)", title: "题 \($0)", text) })
    bytes = try Data(contentsOf: folder.library)
  }

  private func write(_ bytes: Data) throws {
    let handle = try FileHandle(forWritingTo: folder.library)
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: bytes)
    try handle.close()
  }

  /// The bytes with one text in the place of another of the same length.
  private func replacing(_ text: String, with other: String) throws -> Data {
    var bytes = bytes
    let range = try #require(bytes.range(of: Data(text.utf8)))
    bytes.replaceSubrange(range, with: Data(other.utf8))
    return bytes
  }

  @Test func `another program's database is refused`() throws {
    var other = bytes
    other[68] ^= 1  // application_id
    try write(other)
    #expect(throws: PostError.self) { try PostLibrary(at: folder.library) }
    try write(Data("no database at all, but long enough to be read as a header".utf8))
    #expect(throws: PostError.self) { try PostLibrary(at: folder.library) }
  }

  @Test func `another version asks for a sync and is rebuilt by it`() throws {
    var other = bytes
    other[63] = 99  // user_version
    try write(other)
    #expect(throws: PostError.otherVersion(path: folder.library.path)) {
      try PostLibrary(at: folder.library)
    }
    try writeLibrary(folder.library, [Post("new", "正文")])
    let library = try PostLibrary(at: folder.library)
    #expect(try library.summaries().map(\.slug.string) == ["new"])
    #expect(try library.verify() == [])
  }

  @Test func `a changed schema is refused`() throws {
    try write(replacing("unknown_keys TEXT", with: "unknown_keyz TEXT"))
    #expect(throws: PostError.self) { try PostLibrary(at: folder.library) }
    try write(replacing("tokenize='downlink \(Tokenizer.version)'", with: "tokenize='downlink 0'"))
    #expect(throws: PostError.otherVersion(path: folder.library.path)) {
      try PostLibrary(at: folder.library)
    }
  }

  @Test func `a changed post is shown with a notice and found by the check`() throws {
    var changed = bytes
    // Every copy of the sentence in the posts' Markdown and in the search's text.
    while let range = changed.range(of: Data("梯度下降求解".utf8)) {
      changed.replaceSubrange(range, with: Data("梯度下降求角".utf8))
    }
    try write(changed)
    let library = try PostLibrary(at: folder.library)
    let slug = try #require(Slug("post-3"))
    let loaded = try library.post(slug)
    #expect(!loaded.isIntact)
    #expect(loaded.notice?.contains("sync --rebuild") == true)
    let findings = try library.verify()
    #expect(findings.filter { $0.subject.hasPrefix("post-") }.count == 8)
    #expect(findings.contains { $0.problem.contains("search index") })
  }

  @Test func `flipped bits and cuts never trap`() throws {
    let seed: UInt64 = 3
    var generator = SeededGenerator(seed: seed)
    let slug = try #require(Slug("post-1"))
    for round in 0..<300 {
      var damaged = bytes
      if round % 10 == 0 {
        damaged = damaged.prefix(Int.random(in: 0..<bytes.count, using: &generator))
      } else {
        for _ in 0..<Int.random(in: 1...20, using: &generator) {
          let place = Int.random(in: 0..<bytes.count, using: &generator)
          damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        }
      }
      try write(damaged)
      do {
        let library = try PostLibrary(at: folder.library)
        _ = try? library.summaries()
        _ = try? library.post(slug)
        _ = try? library.search(SearchQuery("梯度"))
        _ = try? library.verify()
      } catch {
        #expect(error.description.hasSuffix("."), "round \(round), seed \(seed)")
      }
    }
  }

  @Test func `every changed byte of a post's text is reported`() throws {
    let seed: UInt64 = 4
    var generator = SeededGenerator(seed: seed)
    let sentence = Data("扩散模型逐步去噪".utf8)
    var places: [Int] = []
    var start = bytes.startIndex
    while let range = bytes[start...].range(of: sentence) {
      places.append(range.lowerBound)
      start = range.upperBound
    }
    for _ in 0..<40 {
      var damaged = bytes
      let place = try #require(places.randomElement(using: &generator))
      damaged[place] ^= 1
      try write(damaged)
      #expect(try !PostLibrary(at: folder.library).verify().isEmpty, "byte \(place)")
    }
  }
}

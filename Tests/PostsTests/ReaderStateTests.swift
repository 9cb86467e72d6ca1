import Foundation
import Posts
import Testing

@Suite struct ReaderStateTests {
  private let slug: Slug
  private let position = ReadingPosition(block: "5f2a#0", index: 7, fraction: 0.25)

  init() throws { slug = try #require(Slug("ddpm")) }

  @Test func `changes outlive the process`() throws {
    let folder = try TemporaryFolder()
    let other = try #require(Slug("ddim"))
    let state = try ReaderState(at: folder.state)
    try state.apply(.position(slug, position))
    try state.apply(.starred(slug, true))
    try state.apply(.read(slug, true))
    try state.apply(.allRead([other]))
    try state.apply(.read(slug, false))
    let again = try ReaderState(at: folder.state)
    #expect(
      try again.states() == [
        slug: ReadingState(isRead: false, isStarred: true, position: position),
        other: ReadingState(isRead: true),
      ])
    #expect(again.notice == nil)
  }

  @Test func `keeps marks by letter`() throws {
    let state = try ReaderState.inMemory()
    try state.apply(.mark(slug, letter: "a", position))
    var moved = position
    moved.index = 9
    try state.apply(.mark(slug, letter: "b", position))
    try state.apply(.mark(slug, letter: "a", moved))
    #expect(try state.marks(in: slug) == ["a": moved, "b": position])
  }

  @Test func `keeps the last run of each demo`() throws {
    let state = try ReaderState.inMemory()
    #expect(try state.lastRun(of: "ddpm") == nil)
    var run = DemoRun(
      demo: "ddpm", date: "2026-01-11T10:00:00Z", settings: ["steps": "50", "eta": "0"],
      lines: [#"{"started":1}"#, #"{"finished":2}"#])
    try state.apply(.ran(run))
    run.settings = ["seed": "1"]
    try state.apply(.ran(run))
    #expect(try state.lastRun(of: "ddpm") == run)
    #expect(try state.lastRun(of: "ddim") == nil)
  }

  @Test func `remembers a hundred searches each once`() throws {
    let state = try ReaderState.inMemory()
    for number in 0..<120 { try state.apply(.searched("查 \(number)")) }
    try state.apply(.searched("查 50"))
    let searches = try state.searches()
    #expect(searches.count == 100)
    #expect(searches.prefix(2) == ["查 50", "查 119"])
  }

  @Test func `keeps the list of sources`() throws {
    let state = try ReaderState.inMemory()
    let source = SourceRecord(name: "blog", kind: "folder", location: "/posts")
    try state.add(source)
    try state.add(SourceRecord(name: "other", kind: "git", location: "https://example.org/x"))
    try state.removeSource(named: "other")
    #expect(try state.sources() == [source])
  }

  @Test func `two readers change one state`() throws {
    let folder = try TemporaryFolder()
    let first = try ReaderState(at: folder.state)
    let second = try ReaderState(at: folder.state)
    try first.apply(.starred(slug, true))
    try second.apply(.read(slug, true))
    #expect(try first.states()[slug] == ReadingState(isRead: true, isStarred: true))
  }

  @Test func `is its owner's alone`() throws {
    let folder = try TemporaryFolder()
    _ = try ReaderState(at: folder.state)
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.state.path)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
  }

  @Test func `an unreadable state is kept beside the new one`() throws {
    let folder = try TemporaryFolder()
    for round in 1...2 {
      let text = "this is no database, number \(round)"
      try Data(text.utf8).write(to: folder.state)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o600], ofItemAtPath: folder.state.path)
      let state = try ReaderState(at: folder.state)
      #expect(state.notice?.contains("state.sqlite.unreadable-\(round)") == true)
      #expect(try state.states().isEmpty)
      let kept = folder.state.appendingPathExtension("unreadable-\(round)")
      #expect(try String(contentsOf: kept, encoding: .utf8) == text)
    }
  }

  @Test func `a newer state is refused and not touched`() throws {
    let folder = try TemporaryFolder()
    let steps = StateSchema.current.steps
    _ = try ReaderState(
      at: folder.state, schema: StateSchema(steps: steps + ["CREATE TABLE later(x)"]))
    let before = try Data(contentsOf: folder.state)
    #expect(throws: PostError.stateIsNewer(path: folder.state.path)) {
      try ReaderState(at: folder.state)
    }
    #expect(try Data(contentsOf: folder.state) == before)
  }

  @Test func `an older state is carried forward after a copy is kept`() throws {
    let folder = try TemporaryFolder()
    try ReaderState(at: folder.state).apply(.starred(slug, true))
    let steps = StateSchema.current.steps
    let later = StateSchema(steps: steps + ["ALTER TABLE reading ADD COLUMN later TEXT"])
    let state = try ReaderState(at: folder.state, schema: later)
    #expect(try state.states()[slug]?.isStarred == true)
    let copy = folder.state.appendingPathExtension("before-\(steps.count + 1)")
    #expect(try ReaderState(at: copy).states()[slug]?.isStarred == true)
  }

  @Test func `without a folder to write to it lasts until the end`() throws {
    let folder = try TemporaryFolder()
    // A folder that cannot be made: its parent is a file.
    let blocker = folder.url.appending(path: "file")
    try Data().write(to: blocker)
    let state = try ReaderState(at: blocker.appending(path: "state/state.sqlite"))
    #expect(state.notice?.contains("lasts until you quit") == true)
    try state.apply(.read(slug, true))
    #expect(try state.states()[slug]?.isRead == true)
  }
}

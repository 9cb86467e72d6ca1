import Canvas
import DemoKit
import Dispatch
import Posts
import Reader
import Synchronization
import Terminal
import Testing
import Typesetting

/// The real loop, on a terminal that plays a script.
@MainActor
struct RuntimeTests {
  private func run(
    _ script: [ScriptedTerminal.Step], services: ReaderServices = .fixture(),
    columns: Int = 60, rows: Int = 16, searchTime: Duration = .milliseconds(12)
  ) throws -> (status: Int32, terminal: ScriptedTerminal) {
    let terminal = ScriptedTerminal(columns: columns, rows: rows, script: script)
    let appearance = Appearance(theme: .plain)
    let runtime = Runtime(
      app: App(appearance: appearance, demos: [.fixture]), device: terminal, services: services,
      inbox: try #require(Inbox()), messages: appearance.messages, searchTime: searchTime)
    return (runtime.run(), terminal)
  }

  @Test func `a post is opened from the list, scrolled and closed`() throws {
    let (status, terminal) = try run([
      .until("采样"), .key(.enter), .until("第一段"), .type("G"), .until("第四十段"), .type("q"),
      .until("downlink"), .type("q"),
    ])
    #expect(terminal.missed == nil)
    #expect(status == 0)
  }

  @Test func `what is typed into the search comes back as results`() throws {
    let (_, terminal) = try run([
      .until("采样"), .type("S第三"), .until("1 条结果"), .key(.enter), .until("第三段"),
    ])
    #expect(terminal.missed == nil)
  }

  @Test func `changes are written before the end`() throws {
    let written = Written()
    let (_, terminal) = try run(
      [.until("采样"), .type("*"), .key(.enter), .until("第一段"), .type("f")],
      services: .fixture(written))
    #expect(terminal.missed == nil)
    let slug = try #require(Slug("sampling"))
    let changes = written.changes
    #expect(changes.first == .starred(slug, true))
    // The end of the script is the end of the terminal: the place is kept all the same.
    guard case .position(slug, _)? = changes.last else {
      Issue.record("the place was not kept: \(changes)")
      return
    }
  }

  @Test func `a demo runs, and its run is kept`() throws {
    let written = Written()
    let (_, terminal) = try run(
      [.until("采样"), .type("x"), .until("✓ 1/1"), .until("采样"), .type("q")],
      services: .fixture(written))
    #expect(terminal.missed == nil)
    guard case .ran(let run)? = written.changes.last else {
      Issue.record("no run was kept")
      return
    }
    #expect(run.demo == "toy")
    #expect(run.settings == ["steps": "3"])
    #expect(run.lines.count == 3)
  }

  @Test func `a failing library is said in one sentence and the reader goes on`() throws {
    var services = ReaderServices.fixture()
    services.post = { _ in throw PostError.noSuchPost(slug: "sampling") }
    let (status, terminal) = try run(
      [.until("采样"), .key(.enter), .until("sampling"), .type("qq")], services: services)
    #expect(terminal.missed == nil)
    #expect(status == 0)
  }

  @Test func `state that cannot be written is said, and reading goes on`() throws {
    var services = ReaderServices.fixture()
    services.remember = { _ in throw PostError.noSuchPost(slug: "full disk") }
    let (_, terminal) = try run(
      [.until("采样"), .type("*"), .until("没有保存"), .key(.enter), .until("第一段")],
      services: services)
    #expect(terminal.missed == nil)
  }

  @Test func `a resize is drawn at the new size`() throws {
    let (_, terminal) = try run([.until("采样"), .resize(columns: 30, rows: 7), .until("采样")])
    #expect(terminal.frames.last?.width == 30)
    #expect(terminal.frames.last?.height == 7)
  }

  @Test func `a signal ends the reader with its number`() throws {
    let (status, _) = try run([.until("采样"), .signal(15)])
    #expect(status == 143)
  }

  @Test func `a burst of events costs few frames`() throws {
    var services = ReaderServices.fixture()
    services.startDemo = { _, deliver in
      for step in 0..<5000 {
        deliver(.event(.metric(name: "loss", step: step, value: Double(step))))
      }
      deliver(.event(.claim(Claim("c", expected: "1", measured: "1", holds: true))))
      deliver(.finished(seconds: 1))
      return {}
    }
    let (_, terminal) = try run(
      [.until("采样"), .type("x"), .until("✓ 1/1")], services: services)
    #expect(terminal.missed == nil)
    #expect(terminal.frames.count < 40)
  }

  @Test func `a key and what it finds are one frame`() throws {
    let (_, terminal) = try run(
      [.until("采样"), .type("S"), .until("Esc"), .type("第"), .until("1 条结果")],
      searchTime: .seconds(60))
    #expect(terminal.missed == nil)
    #expect(terminal.frames.allSatisfy { !$0.text.contains("正在") })
  }

  @Test func `a slow search does not keep a key from being shown`() throws {
    let isShown = DispatchSemaphore(value: 0)
    defer { isShown.signal() }
    var services = ReaderServices.fixture()
    services.search = { _ in
      isShown.wait()
      return []
    }
    let (_, terminal) = try run(
      [.until("采样"), .type("S"), .until("Esc"), .type("第"), .until("正在")], services: services)
    #expect(terminal.missed == nil)
  }

  @Test func `an overtaken search is interrupted and not run`() throws {
    let searched = Written()
    var services = ReaderServices.fixture()
    let plain = services.search
    services.search = { query in
      searched.add(.searched(query.text))
      return try plain(query)
    }
    let (_, terminal) = try run(
      [.until("采样"), .type("S第三段"), .until("1 条结果")], services: services)
    #expect(terminal.missed == nil)
    #expect(searched.changes.last == .searched("第三段"))
  }
}

/// Changes of state, in the order they were written.
final class Written: Sendable {
  private let list = Mutex<[StateChange]>([])

  var changes: [StateChange] { list.withLock { $0 } }

  func add(_ change: StateChange) { list.withLock { $0.append(change) } }
}

extension DemoDescription {
  static let fixture = DemoDescription(
    id: DemoID("toy"), summary: "A toy.",
    parameters: [
      ParameterDescription(
        name: "steps", bounds: .integer(1...9), standard: .integer(3), quick: .integer(1),
        thorough: .integer(9))
    ])
}

extension ReaderServices {
  /// One post of forty paragraphs, with a demo that ends at once.
  static func fixture(_ written: Written = Written()) -> ReaderServices {
    let numbers = ["一", "二", "三", "四"]
    guard let slug = Slug("sampling") else { preconditionFailure("no slug") }
    let summary = PostSummary(
      slug: slug, title: "采样", date: "2026-01-11", category: "生成模型", demo: "toy")
    let paragraphs = (0..<40).map { "第\($0 < 4 ? numbers[$0] : $0 == 39 ? "四十" : "\($0 + 1)")段。" }
    let post = Post(summary: summary, markdown: paragraphs.joined(separator: "\n\n"))
    return ReaderServices(
      posts: { ([summary], [:]) },
      post: { _ in OpenedPost(post: post) },
      search: { query in
        guard post.markdown.contains(query.text) else { return [] }
        let snippet = SearchResult.Snippet(
          text: query.text, matches: [0..<query.text.count])
        return [SearchResult(post: summary, heading: "", snippet: snippet, line: 5)]
      },
      remember: { written.add($0) },
      startDemo: { request, deliver in
        deliver(.started(id: request.id, settings: [.init(name: "steps", value: .integer(3))]))
        deliver(.event(.claim(Claim("c", expected: "1", measured: "1", holds: true))))
        deliver(.finished(seconds: 0.1))
        return {}
      })
  }
}

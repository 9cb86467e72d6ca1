import DemoKit
import Posts
import Reader
import Testing

struct DemoScreenTests {
  private func opened() -> ReaderSession {
    var session = ReaderSession()
    session.openSampling()
    session.type("X")
    return session
  }

  @Test func `parameters begin as the post sets them`() {
    #expect(opened().screen.contains("20 *"))
  }

  @Test func `values change by keys and stay within their bounds`() throws {
    var session = opened()
    session.type("hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh")
    session.type("jl")
    session.type("jl")
    session.type("jh")
    session.press(.enter)
    let (_, request) = try #require(session.lastRequest)
    #expect(
      request.settings == [
        .init(name: "steps", value: .integer(1)), .init(name: "eta", value: .real(0.05)),
        .init(name: "schedule", value: .name("cosine")),
        .init(name: "deterministic", value: .boolean(false)),
      ])
  }

  @Test func `a typed value is taken, and refused outside the bounds`() throws {
    var session = opened()
    session.type("700")
    session.press(.enter)
    #expect(session.screen.contains("700 *"))
    session.type("5000")
    session.press(.enter)
    #expect(session.status.contains("1...1000"))
    session.press(.escape, .enter)
    let (_, request) = try #require(session.lastRequest)
    #expect(request.settings == [.init(name: "steps", value: .integer(700))])
  }

  @Test func `the result is shown while it comes`() {
    var session = opened()
    session.press(.enter)
    session.say(Array(Fixtures.messages.prefix(10)))
    session.say([.event(.progress(completed: 1, total: 4))])
    #expect(session.screen.contains("25%"))
    session.say([.failed(reason: "the process was killed by signal 9")])
    #expect(session.screen.contains("signal 9"))
  }

  @Test func `the last run of an earlier session is shown`() {
    var session = opened()
    session.send(
      .runLoaded(
        .init(demo: "ddim", date: "2026-05-12T10:00:00Z", settings: [:], lines: []),
        Fixtures.messages + [.finished(seconds: 3)]))
    #expect(session.screen.contains("1 条结论不成立"))
  }
}

struct DemoOutcomeTests {
  @Test func `a plot of the same title replaces the earlier one in its place`() {
    var outcome = DemoOutcome()
    let first = Plot(title: "a", series: [])
    let second = Plot(title: "a", series: [.init("s", x: [1], y: [2])])
    outcome.update(.event(.plot(first)))
    outcome.update(.event(.text("between")))
    outcome.update(.event(.plot(second)))
    #expect(outcome.parts == [.plot(second), .text("between")])
  }

  @Test func `a metric grows into a curve that stays bounded`() throws {
    var outcome = DemoOutcome()
    for step in 0..<20_000 {
      outcome.update(.event(.metric(name: "loss", step: step, value: Double(step))))
    }
    guard case .plot(let plot)? = outcome.parts.first else {
      Issue.record("no curve")
      return
    }
    #expect(outcome.parts.count == 1)
    #expect(plot.series[0].x.count <= 4096)
    #expect(plot.series[0].x.last == 19_999)
  }

  @Test func `messages of a run that was overtaken change nothing`() {
    var shelf = DemoShelf(Fixtures.demos)
    let demo = DemoID("ddim")
    shelf.update(.demoRequested(RunID(1), DemoRequest(id: demo)))
    shelf.update(.demoRequested(RunID(2), DemoRequest(id: demo)))
    shelf.update(.demo(RunID(1), .failed(reason: "old")))
    #expect(shelf.outcome(of: demo)?.isRunning == true)
    #expect(shelf.nextRun == RunID(3))
  }
}

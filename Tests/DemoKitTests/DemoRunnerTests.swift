import DemoKit
import Testing

struct DemoRunnerTests {
  private func messages(
    _ request: DemoRequest = DemoRequest(id: CountingDemo.id)
  ) throws -> [DemoMessage] {
    var messages: [DemoMessage] = []
    try CountingDemo.perform(request) { messages.append($0) }
    return messages
  }

  @Test func `a run begins with all its parameters and ends with finished`() throws {
    let messages = try messages()
    let settings: [DemoRequest.Setting] = [
      .init(name: "steps", value: .integer(10)), .init(name: "rate", value: .real(0.5)),
      .init(name: "claims", value: .boolean(true)), .init(name: "mood", value: .name("calm")),
      .init(name: "seed", value: .integer(1)),
    ]
    #expect(messages.first == .started(id: CountingDemo.id, settings: settings))
    guard case .finished = messages.last else {
      Issue.record("ends with \(String(describing: messages.last))")
      return
    }
    #expect(messages.count == 14)
  }

  @Test func `a run without a claim has failed`() throws {
    let request = DemoRequest(
      id: CountingDemo.id, settings: [.init(name: "claims", value: .boolean(false))])
    #expect(try messages(request).last == .failed(reason: "The run ended without a claim."))
  }

  @Test func `an error becomes the reason of the failure`() throws {
    let request = DemoRequest(
      id: CountingDemo.id, settings: [.init(name: "mood", value: .name("angry"))])
    #expect(try messages(request).last == .failed(reason: "It was too much."))
    #expect(try CountingDemo.perform(request) { _ in } == .failed(reason: "It was too much."))
  }

  @Test func `an outcome holds only if every claim does`() {
    let claim = Claim("a", expected: "b", measured: "c", holds: false)
    #expect(!RunOutcome.finished(claims: [claim]).holds)
    #expect(!RunOutcome.failed(reason: "no").holds)
  }

  @Test func `cancelling the task stops the run with a reason`() async throws {
    let last = await Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try? messages().last
    }.value
    #expect(last == .failed(reason: "The run was stopped."))
  }

  @Test func `the stream has the events of the run`() async throws {
    var events: [DemoEvent] = []
    for try await event in CountingDemo.quick.events() { events.append(event) }
    #expect(events.count == 4)
    #expect(events.first == .metric(name: "count", step: 0, value: 0.5))
  }

  @Test func `the stream throws what the run throws`() async {
    var demo = CountingDemo()
    demo.mood = .angry
    await #expect(throws: CountingDemo.Anger.self) {
      for try await _ in demo.events() {}
    }
  }

  @Test func `a ticking clock makes equal runs out of timed ones`() throws {
    func lines(tick: Double) throws -> [String] {
      try Stopwatch.$clock.withValue(.ticking(by: tick)) {
        try messages().map(\.wireLine)
      }
    }
    #expect(try lines(tick: 0.1) == lines(tick: 0.1))
    #expect(try lines(tick: 0.1) != lines(tick: 0.2))
  }

  @Test func `without times equal seeds give equal lines on any clock`() throws {
    func lines(tick: Double) throws -> [String] {
      try Stopwatch.$clock.withValue(.ticking(by: tick)) {
        try messages().map(\.timelessLine)
      }
    }
    #expect(try lines(tick: 0.1) == lines(tick: 0.2))
  }
}

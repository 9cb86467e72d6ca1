import DemoKit
import Demos
import Testing

struct RealNVPGlowTests {
  private static func events(_ change: (inout RealNVPGlow) -> Void) throws -> [DemoEvent] {
    var demo = RealNVPGlow.quick
    change(&demo)
    var events: [DemoEvent] = []
    try demo.run { events.append($0) }
    return events
  }

  @Test(arguments: [1, 2, 3]) func `every claim holds for several seeds`(seed: Int) throws {
    let events = try Self.events { $0.seed = seed }
    let claims = events.compactMap { if case .claim(let claim) = $0 { claim } else { nil } }
    #expect(claims.count == 12)
    #expect(claims.filter { !$0.holds } == [])
    let pictures = events.compactMap { if case .image(let image) = $0 { image } else { nil } }
    #expect(pictures.count == 5)
  }

  @Test func `several runs go on after each other and are averaged`() throws {
    let events = try Self.events {
      $0.runs = 2
      $0.steps = 20
      $0.niceSteps = 20
      $0.depth = 1
    }
    let done = events.compactMap { event -> Int? in
      if case .progress(let completed, let total) = event, total == 160 { completed } else { nil }
    }
    #expect(done == Array(1...160))
    let curves = events.compactMap { event -> String? in
      if case .metric(let name, _, _) = event { name } else { nil }
    }
    #expect(curves.count == 80 && Set(curves).count == 4)
  }

  @Test func `a cancelled run ends at once`() async {
    let task = Task { try RealNVPGlow.thorough.run { _ in } }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}

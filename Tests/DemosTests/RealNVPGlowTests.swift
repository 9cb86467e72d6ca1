import DemoKit
import Demos
import Testing

struct RealNVPGlowTests {
  private static func events(seed: Int) throws -> [DemoEvent] {
    var demo = RealNVPGlow.quick
    demo.seed = seed
    var events: [DemoEvent] = []
    try demo.run { events.append($0) }
    return events
  }

  @Test(arguments: [1, 2, 3]) func `every claim holds for several seeds`(seed: Int) throws {
    let events = try Self.events(seed: seed)
    let claims = events.compactMap { if case .claim(let claim) = $0 { claim } else { nil } }
    #expect(claims.count == 12)
    #expect(claims.filter { !$0.holds } == [])
    let pictures = events.compactMap { if case .image(let image) = $0 { image } else { nil } }
    #expect(pictures.count == 5)
  }

  @Test func `a cancelled run ends at once`() async {
    let task = Task { try RealNVPGlow.thorough.run { _ in } }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}

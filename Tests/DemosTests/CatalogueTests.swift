import DemoKit
import Demos
import Testing

/// What holds for every demo.
struct CatalogueTests {
  private struct Run: Equatable {
    var lines: [String] = []
    var claims: [Claim] = []
  }

  /// A quick run of a demo, under a clock that moves with each reading and by nothing else.
  private static func run(_ id: DemoID) throws -> Run {
    var run = Run()
    try Stopwatch.$clock.withValue(.ticking()) {
      try Catalogue.demo(id).perform(DemoRequest(id: id, preset: .quick)) { message in
        run.lines.append(message.timelessLine)
        if case .event(.claim(let claim)) = message { run.claims.append(claim) }
      }
    }
    return run
  }

  @Test(arguments: Catalogue.demos.map { $0.id })
  func `equal parameters give equal lines, and every claim holds`(id: DemoID) throws {
    let run = try Self.run(id)
    #expect(!run.claims.isEmpty)
    #expect(run.claims.filter { !$0.holds && !$0.isTimed } == [])
    #expect(run.lines.last == DemoMessage.finished(seconds: 0).timelessLine)
    #expect(try Self.run(id) == run)
  }

  @Test(arguments: Catalogue.demos.map { $0.id })
  func `every demo tells how far it is`(id: DemoID) throws {
    #expect(try Self.run(id).lines.contains { $0.hasPrefix(#"{"type":"progress""#) })
  }
}

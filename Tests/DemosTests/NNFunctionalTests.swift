import DemoKit
import Demos
import Testing

struct NNFunctionalTests {
  private static func events(_ change: (inout NNFunctional) -> Void) throws -> [DemoEvent] {
    var demo = NNFunctional.quick
    change(&demo)
    var events: [DemoEvent] = []
    try demo.run { events.append($0) }
    return events
  }

  private static func claims(_ events: [DemoEvent]) -> [Claim] {
    events.compactMap { if case .claim(let claim) = $0 { claim } else { nil } }
  }

  private static func table(_ title: String, in events: [DemoEvent]) -> Table? {
    events.lazy.compactMap { if case .table(let table) = $0 { table } else { nil } }
      .first { $0.title.hasPrefix(title) }
  }

  @Test(arguments: [1, 2, 3]) func `every claim holds for several seeds`(seed: Int) throws {
    let claims = Self.claims(try Self.events { $0.seed = seed })
    #expect(claims.count == 15)
    #expect(claims.filter { !$0.holds && !$0.isTimed } == [])
  }

  @Test func `modules and functions agree for other sizes too`() throws {
    let claims = Self.claims(
      try Self.events {
        $0.channels = 3
        $0.hidden = 17
        $0.batch = 9
        $0.dropout = 0.2
        $0.steps = 10
        $0.passes = 5
      })
    #expect(claims.prefix(6).filter { !$0.holds } == [])
  }

  @Test func `the list names every layer with weights, and no other`() throws {
    let list = Self.table("模块的参数表", in: try Self.events { $0.steps = 10 })
    let layers = list?.rows.compactMap { $0[0].split(separator: ".").first.map(String.init) } ?? []
    #expect(Set(layers) == ["first", "norm", "second", "third", "hidden", "output"])
  }

  @Test func `a refused state is answered with the path of what is wrong`() throws {
    let answers = Self.table("按路径载入", in: try Self.events { $0.steps = 10 })?.rows ?? []
    let paths = ["norm.runningVariance", "extra.weight", "output.bias"]
    #expect(answers.count == paths.count)
    for (answer, path) in zip(answers, paths) { #expect(answer[1].contains(path)) }
  }

  @Test func `a cancelled run ends at once`() async {
    let task = Task { try NNFunctional.thorough.run { _ in } }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}

import DemoKit
import Demos
import Testing

struct AutogradTests {
  private static func events(_ demo: Autograd) throws -> [DemoEvent] {
    var events: [DemoEvent] = []
    try demo.run { events.append($0) }
    return events
  }

  private static func claims(_ demo: Autograd) throws -> [Claim] {
    try events(demo).compactMap { if case .claim(let claim) = $0 { claim } else { nil } }
  }

  @Test func `the tutorial's example gives 27 and 4 and a half`() throws {
    let claims = try Self.claims(.quick)
    #expect(claims.prefix(3).map(\.measured) == ["27", "4.5", "9"])
  }

  @Test(arguments: 0..<10) func `every claim holds for many seeds`(seed: Int) throws {
    var demo = Autograd()
    demo.seed = seed
    #expect(try Self.claims(demo).filter { !$0.holds } == [])
  }

  @Test func `the example's claims follow its parameters`() throws {
    var demo = Autograd.quick
    demo.x = -3.5
    demo.addend = 0.5
    demo.factor = -2
    demo.side = 3
    let claims = try Self.claims(demo)
    #expect(claims[0].expected == "-18")
    #expect(claims[1].expected == "1.33333")
    #expect(claims.filter { !$0.holds } == [])
  }

  @Test func `the walk back shows the gradient at every node`() throws {
    let tables = try Self.events(.quick).compactMap { event -> Table? in
      if case .table(let table) = event, table.title == "反向传播" { table } else { nil }
    }
    #expect(tables.map(\.rows.count) == Array(1...6))
    #expect(tables.last?.rows.map { $0[3] } == ["1", "0.25", "0.25", "0.75", "4.5", "4.5"])
  }

  @Test func `the graph is drawn from the result to the leaf`() throws {
    let drawing = try Self.events(.quick).compactMap { event -> [String]? in
      guard case .table(let table) = event, table.title == "计算图" else { return nil }
      return table.rows.map { $0[0] }
    }
    #expect(
      drawing.first == [
        "└ affine []", "┆ └ sum []", "┆ ┆ └ affine [2, 2]", "┆ ┆ ┆ └ multiply [2, 2]",
        "┆ ┆ ┆ ┆ └ affine [2, 2]", "┆ ┆ ┆ ┆ ┆ └ x [2, 2]", "┆ ┆ ┆ ┆ └ affine [2, 2]（同上）",
      ])
  }
}

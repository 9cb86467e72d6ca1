import DemoKit
import Demos
import Testing

struct RLBasicsTests {
  private static func claims(_ change: (inout RLBasics) -> Void = { _ in }) throws -> [Claim] {
    var demo = RLBasics.quick
    change(&demo)
    var claims: [Claim] = []
    try demo.run { if case .claim(let claim) = $0 { claims.append(claim) } }
    return claims
  }

  @Test(arguments: 0..<20) func `every claim holds in worlds of many seeds`(seed: Int) throws {
    let claims = try Self.claims { $0.seed = seed }
    #expect(claims.count == 5)
    #expect(claims.filter { !$0.holds } == [])
  }

  @Test(arguments: [0.0, 0.5, 0.9])
  func `every claim holds however slippery the ground`(slip: Double) throws {
    #expect(try Self.claims { $0.slip = slip }.filter { !$0.holds } == [])
  }

  @Test func `every claim holds at the bounds of the parameters`() throws {
    let smallest = try Self.claims {
      $0.rows = 1
      $0.columns = 2
      $0.discount = 0.1
    }
    let lush = try Self.claims {
      $0.discount = 0.99
      $0.stepReward = 0.5
      $0.trapReward = 1
      $0.goalReward = 10
    }
    #expect((smallest + lush).filter { !$0.holds } == [])
  }

  @Test func `the value map is shown while it grows`() throws {
    var pictures: [Image] = []
    try RLBasics.quick.run { event in
      if case .image(let image) = event, image.title == "最优价值" { pictures.append(image) }
    }
    #expect(pictures.count > 10)
    #expect(pictures.first?.pixels != pictures.last?.pixels)
    #expect(pictures.allSatisfy { $0.pixels.allSatisfy { (0...1).contains($0) } })
  }
}

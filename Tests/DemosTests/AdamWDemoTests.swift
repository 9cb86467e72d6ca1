import DemoKit
import Demos
import Testing

struct AdamWDemoTests {
  private static func claims(_ change: (inout AdamWDemo) -> Void) throws -> [Claim] {
    var demo = AdamWDemo.quick
    change(&demo)
    var claims: [Claim] = []
    try demo.run { if case .claim(let claim) = $0 { claims.append(claim) } }
    return claims
  }

  @Test(arguments: [1, 2, 3]) func `every claim holds for several seeds`(seed: Int) throws {
    let claims = try Self.claims { $0.seed = seed }
    #expect(claims.count == 8)
    #expect(claims.filter { !$0.holds } == [])
  }

  @Test func `the formula holds for other moments`() throws {
    let claims = try Self.claims {
      $0.beta1 = 0.5
      $0.beta2 = 0.95
      $0.epsilon = 1e-4
      $0.gridSize = 1
      $0.steps = 10
    }
    #expect(claims.prefix(2).filter { !$0.holds } == [])
  }

  @Test func `both grids are filled cell by cell`() throws {
    var pictures: [String: [Image]] = [:]
    try AdamWDemo.quick.run { event in
      if case .image(let image) = event { pictures[image.title, default: []].append(image) }
    }
    #expect(pictures.count == 2)
    for images in pictures.values {
      #expect(images.count == 9)
      #expect(images.map { $0.pixels.count { $0 > 0 } } == Array(1...9))
    }
  }

  @Test func `a cancelled run ends at once`() async {
    let task = Task { try AdamWDemo.thorough.run { _ in } }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}

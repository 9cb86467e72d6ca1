import DemoKit
import Demos
import Testing

struct FlashAttentionTests {
  private static func events(_ change: (inout FlashAttention) -> Void) throws -> [DemoEvent] {
    var demo = FlashAttention.quick
    demo.length = 512
    change(&demo)
    var events: [DemoEvent] = []
    try demo.run { events.append($0) }
    return events
  }

  private static func claims(_ change: (inout FlashAttention) -> Void) throws -> [Claim] {
    try events(change).compactMap { if case .claim(let claim) = $0 { claim } else { nil } }
  }

  @Test(arguments: [1, 2, 3], FlashAttention.Mask.allCases)
  func `every claim holds for several seeds and each mask`(
    seed: Int, mask: FlashAttention.Mask
  ) throws {
    let claims = try Self.claims {
      $0.seed = seed
      $0.mask = mask
    }
    #expect(claims.count == 11)
    #expect(claims.filter { !$0.holds && !$0.isTimed } == [])
  }

  /// A width with a tail in every vector, and fast memory for a handful of rows or for all of them.
  @Test(arguments: [32, 1_024])
  func `tiles of any size give the same attention and the predicted traffic`(memory: Int) throws {
    let claims = try Self.claims {
      $0.fastMemory = memory
      $0.width = 23
      $0.mask = .causal
    }
    #expect((claims.prefix(4) + [claims[6]]).filter { !$0.holds } == [])
  }

  @Test func `a run counts up to its end`() throws {
    let progress = try Self.events { _ in }.compactMap { event in
      if case .progress(let completed, let total) = event { (completed, total) } else { nil }
    }
    #expect(progress.map(\.0) == Array(1...progress.count))
    #expect(progress.allSatisfy { $0.1 == progress.count })
  }
}

import Demos
import Testing
import TestSupport

struct DynamicProgrammingTests {
  /// One row, the goal at its right end, without slipping: the values are powers of the discount.
  private static let corridor = DynamicProgramming(
    Gridworld(
      cells: [.free, .free, .free, .goal], columns: 4,
      rewards: Gridworld.Rewards(free: 0, trap: 0, goal: 1), slip: 0), discount: 0.5)

  @Test func `sweeps carry the reward back one cell at a time`() {
    var values: [Double] = [0, 0, 0, 0]
    values = Self.corridor.optimalitySweep(values)
    #expect(values == [0, 0, 1, 0])
    values = Self.corridor.optimalitySweep(values)
    #expect(values == [0, 0.5, 1, 0])
    values = Self.corridor.optimalitySweep(values)
    #expect(values == [0.25, 0.5, 1, 0])
    #expect(Self.corridor.optimalitySweep(values) == values)
  }

  @Test func `the solve gives a certain policy's discounted return`() throws {
    let policy = Policy([.right, .right, .right, .up])
    expectClose(
      try Self.corridor.exactValues(of: policy), [0.25, 0.5, 1, 0], tolerance: 1e-15)
  }

  @Test func `a policy that never ends has no undiscounted value`() {
    let problem = DynamicProgramming(Self.corridor.world, discount: 1)
    #expect(throws: DemosError.singular) {
      try problem.exactValues(of: Policy([.left, .left, .left, .left]))
    }
  }

  @Test func `the exact values are a fixed point of the evaluation sweep`() throws {
    let policy = Policy.uniform(stateCount: 4)
    let values = try Self.corridor.exactValues(of: policy)
    expectClose(Self.corridor.evaluationSweep(of: policy, values), values, tolerance: 1e-15)
  }

  @Test func `of equally good actions the first is taken in spite of rounding`() {
    let world = Gridworld(
      cells: [.free, .goal], columns: 2,
      rewards: Gridworld.Rewards(free: 1, trap: 0, goal: 1 + 1e-12), slip: 0)
    let actions = DynamicProgramming(world, discount: 0).greedyActions([0, 0])
    #expect(actions[0] == .up)
  }

  @Test func `the distance is that of the worst state`() {
    #expect(supremumDistance([1, 2, 3], [1, 4, 2.5]) == 2)
  }
}

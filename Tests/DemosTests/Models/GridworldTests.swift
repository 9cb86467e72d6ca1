import Demos
import Tensors
import Testing
import TestSupport

struct GridworldTests {
  /// A trap and a goal in the upper of two rows.
  ///
  ///     · × ★
  ///     · · ·
  private static let world = Gridworld(
    cells: [.free, .trap, .goal, .free, .free, .free], columns: 3,
    rewards: Gridworld.Rewards(free: -0.1, trap: -2, goal: 5), slip: 0.2)

  @Test func `a step may go astray to either side`() {
    let outcomes = Self.world.outcomes(of: .up, in: 4)
    #expect(outcomes.map(\.next) == [1, 5, 3])
    #expect(outcomes.map(\.reward) == [-2, -0.1, -0.1])
    expectClose(outcomes.map(\.probability), [0.8, 0.1, 0.1], tolerance: 1e-15)
  }

  @Test func `who walks against the edge stays`() {
    #expect(Self.world.outcomes(of: .left, in: 0).map(\.next) == [0, 0, 3])
  }

  @Test func `without slipping each action has one outcome`() {
    let world = Gridworld(
      cells: Self.world.cells, columns: 3,
      rewards: Gridworld.Rewards(free: 0, trap: 0, goal: 1), slip: 0)
    let outcomes = world.outcomes(of: .right, in: 1)
    #expect(outcomes.map(\.next) == [2])
    #expect(outcomes.map(\.probability) == [1])
  }

  @Test func `probabilities of every action sum to one`() {
    for state in 0..<Self.world.stateCount {
      for action in Gridworld.Action.allCases {
        let total = Self.world.outcomes(of: action, in: state).reduce(0) { $0 + $1.probability }
        expectClose(total, 1, tolerance: 1e-15)
      }
    }
  }

  @Test func `scattered traps are about as many as asked for, and the goal is none`() {
    var random = RandomSource(seed: 3)
    let cells = Gridworld.scattered(rows: 50, columns: 40, goal: 7, traps: 0.3, &random)
    #expect(cells[7] == .goal)
    #expect(cells.count { $0 == .goal } == 1)
    #expect((520...680).contains(cells.count { $0 == .trap }))
  }
}

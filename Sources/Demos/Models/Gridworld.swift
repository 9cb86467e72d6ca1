package import Tensors

/// A Markov decision process on a grid: walk to a goal, keep off the traps, on slippery ground.
///
/// A goal ends the walk; a trap costs its reward each time it is entered. Who walks against the edge
/// stays where he is.
package struct Gridworld: Hashable, Sendable {
  package enum Cell: Hashable, Sendable { case free, trap, goal }

  /// A step in one of four directions, clockwise.
  package enum Action: Int, Hashable, Sendable, CaseIterable {
    case up, right, down, left

    package var arrow: String { ["↑", "→", "↓", "←"][rawValue] }

    fileprivate var offset: (row: Int, column: Int) {
      [(-1, 0), (0, 1), (1, 0), (0, -1)][rawValue]
    }

    /// The direction a quarter turn clockwise, or several of them.
    fileprivate func turned(by quarters: Int) -> Action {
      Self.allCases[(rawValue + quarters) % Self.allCases.count]
    }
  }

  /// What entering a cell pays.
  package struct Rewards: Hashable, Sendable {
    package var free: Double
    package var trap: Double
    package var goal: Double

    package init(free: Double, trap: Double, goal: Double) {
      self.free = free
      self.trap = trap
      self.goal = goal
    }
  }

  /// One way in which an action can turn out.
  package struct Outcome: Hashable, Sendable {
    package var probability: Double
    package var reward: Double
    package var next: Int
  }

  package let rows: Int
  package let columns: Int
  /// Row by row from the top; a state is a position in this list.
  package let cells: [Cell]
  private let outcomes: [[Outcome]]

  package var stateCount: Int { cells.count }

  /// Lays out a world in which an action goes astray to either side with probability `slip / 2`.
  package init(cells: [Cell], columns: Int, rewards: Rewards, slip: Double) {
    precondition(
      columns > 0 && cells.count.isMultiple(of: columns),
      "gridworld: \(cells.count) cells in rows of \(columns)")
    let rows = cells.count / columns
    self.rows = rows
    self.columns = columns
    self.cells = cells
    outcomes = cells.indices.flatMap { state in
      Action.allCases.map { action in
        [(action, 1 - slip), (action.turned(by: 1), slip / 2), (action.turned(by: 3), slip / 2)]
          .filter { $0.1 > 0 }
          .map { direction, probability in
            let next = Self.step(direction, from: state, rows: rows, columns: columns)
            let reward = rewards[cells[next]]
            return Outcome(probability: probability, reward: reward, next: next)
          }
      }
    }
  }

  /// How `action` can turn out in `state`: the model `p(next, reward | state, action)`.
  package func outcomes(of action: Action, in state: Int) -> [Outcome] {
    outcomes[state * Action.allCases.count + action.rawValue]
  }

  /// Whether the walk is over in `state`.
  package func isTerminal(_ state: Int) -> Bool { cells[state] == .goal }

  /// A grid with one goal, whose other cells are traps with the probability `traps` each.
  package static func scattered(
    rows: Int, columns: Int, goal: Int, traps: Double, _ random: inout RandomSource
  ) -> [Cell] {
    var cells: [Cell] = (0..<rows * columns).map { _ in random.uniform() < traps ? .trap : .free }
    cells[goal] = .goal
    return cells
  }

  private static func step(_ action: Action, from state: Int, rows: Int, columns: Int) -> Int {
    let row = state / columns + action.offset.row
    let column = state % columns + action.offset.column
    guard (0..<rows).contains(row), (0..<columns).contains(column) else { return state }
    return row * columns + column
  }
}

extension Gridworld.Rewards {
  fileprivate subscript(cell: Gridworld.Cell) -> Double {
    switch cell {
    case .free: free
    case .trap: trap
    case .goal: goal
    }
  }
}

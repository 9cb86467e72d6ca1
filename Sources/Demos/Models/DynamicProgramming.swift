/// What to do in each state: a probability for each action.
package struct Policy: Hashable, Sendable {
  /// The probabilities of the actions in state 0, then in state 1 and so on: `[S, A]`.
  private let probabilities: [Double]

  /// Every action equally often.
  package static func uniform(stateCount: Int) -> Policy {
    let share = 1 / Double(Gridworld.Action.allCases.count)
    return Policy(
      probabilities: Array(
        repeating: share, count: stateCount * Gridworld.Action.allCases.count))
  }

  private init(probabilities: [Double]) {
    self.probabilities = probabilities
  }

  /// One certain action in each state.
  package init(_ actions: [Gridworld.Action]) {
    probabilities = actions.flatMap { chosen in
      Gridworld.Action.allCases.map { $0 == chosen ? 1 : 0 }
    }
  }

  package func probability(of action: Gridworld.Action, in state: Int) -> Double {
    probabilities[state * Gridworld.Action.allCases.count + action.rawValue]
  }
}

/// The Bellman equations of a gridworld, as assignments and as a linear system.
///
///     v(s)  = Σ_a π(a|s) q(s, a)                  of a policy
///     v*(s) = max_a q(s, a)                       of the best one
///     q(s, a) = Σ p(s', r | s, a) (r + γ v(s'))
///
/// - Source: Sutton, Barto, "Reinforcement Learning", 2nd edition, 2018, chapters 3 and 4.
package struct DynamicProgramming: Sendable {
  package let world: Gridworld
  /// What a reward is worth that comes a step later: γ, from 0 to 1.
  package let discount: Double

  package init(_ world: Gridworld, discount: Double) {
    self.world = world
    self.discount = discount
  }

  /// Where sweeps begin: zero everywhere.
  package var zeroValues: [Double] { Array(repeating: 0, count: world.stateCount) }

  // region: backup
  /// q(s, a): the expected reward of one step, and of all that follows if `values` are right.
  package func actionValue(
    _ action: Gridworld.Action, in state: Int, _ values: [Double]
  ) -> Double {
    world.outcomes(of: action, in: state).reduce(0) { sum, outcome in
      sum + outcome.probability * (outcome.reward + discount * values[outcome.next])
    }
  }

  /// One sweep of v(s) ← Σ_a π(a|s) q(s, a).
  package func evaluationSweep(of policy: Policy, _ values: [Double]) -> [Double] {
    values.indices.map { state in
      guard !world.isTerminal(state) else { return 0 }
      return Gridworld.Action.allCases.reduce(0) { sum, action in
        sum + policy.probability(of: action, in: state) * actionValue(action, in: state, values)
      }
    }
  }

  /// One sweep of v(s) ← max_a q(s, a).
  package func optimalitySweep(_ values: [Double]) -> [Double] {
    values.indices.map { state in
      guard !world.isTerminal(state) else { return 0 }
      return Gridworld.Action.allCases.map { actionValue($0, in: state, values) }.max() ?? 0
    }
  }
  // endregion: backup

  // region: solve
  /// Solves (I − γ P_π) v = r_π.
  ///
  /// - Throws: `singular` if γ is 1 and the policy never reaches a goal from some state.
  package func exactValues(of policy: Policy) throws(DemosError) -> [Double] {
    let count = world.stateCount
    var matrix = Matrix.identity(count)
    var rewards = [Double](repeating: 0, count: count)
    for state in 0..<count where !world.isTerminal(state) {
      for action in Gridworld.Action.allCases {
        let share = policy.probability(of: action, in: state)
        for outcome in world.outcomes(of: action, in: state) {
          matrix[state, outcome.next] -= discount * share * outcome.probability
          rewards[state] += share * outcome.probability * outcome.reward
        }
      }
    }
    guard let system = LUDecomposition(matrix) else { throw .singular }
    return system.solve(rewards)
  }
  // endregion: solve

  // region: greedy
  /// The best action in each state; of several equally good ones the first.
  ///
  /// Two actions count as equal within 1e-9: rounding must not decide between them.
  package func greedyActions(_ values: [Double]) -> [Gridworld.Action] {
    values.indices.map { state in
      let worth = Gridworld.Action.allCases.map { actionValue($0, in: state, values) }
      let best = worth.max() ?? 0
      return zip(Gridworld.Action.allCases, worth).first { $1 >= best - 1e-9 }?.0 ?? .up
    }
  }
  // endregion: greedy
}

/// The largest difference between two value functions: ‖v − w‖∞.
package func supremumDistance(_ v: [Double], _ w: [Double]) -> Double {
  zip(v, w).reduce(0) { max($0, abs($1.0 - $1.1)) }
}

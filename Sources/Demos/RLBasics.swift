package import DemoKit
import Foundation
import Tensors

/// A gridworld solved by dynamic programming: policy evaluation, policy iteration, value iteration.
///
/// - Source: Sutton, Barto, "Reinforcement Learning", 2nd edition, 2018, chapters 3 and 4.
package struct RLBasics: Demo {
  package static let id = DemoID("rl-basics")
  package static let summary = "网格世界：策略评估、策略迭代与值迭代，价值图随迭代更新"

  package var rows = 8
  package var columns = 16
  package var goalRow = 2
  package var goalColumn = 14
  /// The share of cells that are traps.
  package var traps = 0.2
  /// The probability that a step goes astray, half of it to either side.
  package var slip = 0.2
  package var discount = 0.95
  package var stepReward = -0.01
  package var trapReward = -1.0
  package var goalReward = 1.0
  /// How fast the value map is shown; 0 does not wait.
  package var framesPerSecond = 20
  package var seed = 1

  package static let parameters: [Parameter<RLBasics>] = [
    Parameter("rows", \.rows, in: 1...20),
    Parameter("columns", \.columns, in: 2...20),
    Parameter("goal-row", \.goalRow, in: 1...20),
    Parameter("goal-column", \.goalColumn, in: 1...20),
    Parameter("traps", \.traps, in: 0...0.6),
    Parameter("slip", \.slip, in: 0...0.9),
    Parameter("discount", \.discount, in: 0.1...0.99),
    Parameter("step-reward", \.stepReward, in: -1...0.5),
    Parameter("trap-reward", \.trapReward, in: -10...1),
    Parameter("goal-reward", \.goalReward, in: -1...10),
    Parameter("frames-per-second", \.framesPerSecond, in: 0...60),
    Parameter("seed", \.seed, in: 0...1_000_000),
  ]

  package static var quick: RLBasics {
    var demo = RLBasics()
    demo.rows = 6
    demo.columns = 8
    demo.goalColumn = 7
    demo.discount = 0.9
    demo.framesPerSecond = 0
    return demo
  }

  package static var thorough: RLBasics {
    var demo = RLBasics()
    demo.rows = 20
    demo.columns = 20
    demo.discount = 0.99
    return demo
  }

  package init() {}

  package func run(emit: (DemoEvent) -> Void) throws {
    let problem = DynamicProgramming(makeWorld(), discount: discount)
    emit(.table(problem.world.mapTable))
    emit(.text("先评估“四个方向各走四分之一”的策略：反复扫描，直到误差界小于 1e-10。"))
    let evaluation = try evaluateUniformPolicy(problem, emit: emit)
    emit(.text("再做策略迭代：每一轮解一次线性方程组，然后逐格改取最好的动作。"))
    let improvement = try iteratePolicy(problem, emit: emit)
    emit(.text("最后从全零出发做值迭代，每次扫描记下它到最优价值的距离。"))
    let iteration = try iterateValues(problem, optimal: improvement.values, emit: emit)
    emit(
      .text(
        "策略迭代 \(improvement.rounds) 轮停下，值迭代 \(iteration.errors.count - 1) 次扫描停下。"))
    emit(.progress(completed: 2 * sweepLimit, total: 2 * sweepLimit))
    let claims =
      [evaluation, improvement.claim]
      + iteration.claims(discount: discount, policyIteration: improvement.actions)
      + [try Self.textbookClaim()]
    for claim in claims { emit(.claim(claim)) }
  }
}

// MARK: - Policy evaluation

extension RLBasics {
  /// Evaluates the uniform policy by sweeps and holds the result against the linear solve.
  private func evaluateUniformPolicy(
    _ problem: DynamicProgramming, emit: (DemoEvent) -> Void
  ) throws -> Claim {
    let policy = Policy.uniform(stateCount: problem.world.stateCount)
    let exact = try problem.exactValues(of: policy)
    let values = try converge(
      from: problem.zeroValues, limit: sweepLimit,
      sweep: { problem.evaluationSweep(of: policy, $0) },
      observe: { sweep, values in
        let error = supremumDistance(values, exact)
        emit(.metric(name: "策略评估误差 log₁₀", step: sweep, value: log10(max(error, 1e-16))))
        show(values, of: problem.world, title: "随机策略的价值", sweep: sweep, emit: emit)
      })
    let error = supremumDistance(values, exact)
    return Claim(
      "迭代策略评估与线性方程组的解一致（最大差）", expected: "≤ 1e-06",
      measured: error.significant(), holds: error <= 1e-6)
  }

  // region: converge
  /// Sweeps until the a-posteriori bound γ/(1−γ) ‖v' − v‖∞ on the error is below 1e-10.
  private func converge(
    from start: [Double], limit: Int, sweep: ([Double]) -> [Double],
    observe: (Int, [Double]) throws -> Void
  ) throws -> [Double] {
    var values = start
    for count in 1...limit {
      try Task.checkCancellation()
      let next = sweep(values)
      let change = supremumDistance(next, values)
      values = next
      try observe(count, values)
      if discount / (1 - discount) * change < Self.tolerance { break }
    }
    return values
  }
  // endregion: converge

  private static let tolerance = 1e-10

  /// The number of sweeps that a γ-contraction needs at most, starting from zero.
  private var sweepLimit: Int {
    let largestReward = [stepReward, trapReward, goalReward].reduce(1) { max($0, abs($1)) }
    let target = Self.tolerance * (1 - discount) / discount / largestReward
    return Int((log(target) / log(discount)).rounded(.up)) + 2
  }
}

// MARK: - Policy iteration

extension RLBasics {
  private struct Improvement {
    var actions: [Gridworld.Action]
    var values: [Double]
    var rounds: Int
    var claim: Claim
  }

  /// Alternates exact evaluation and greedy improvement until no state changes its action.
  private func iteratePolicy(
    _ problem: DynamicProgramming, emit: (DemoEvent) -> Void
  ) throws -> Improvement {
    // region: policy-iteration
    var actions = [Gridworld.Action](repeating: .up, count: problem.world.stateCount)
    var history: [[Double]] = []
    var changes: [Int] = []
    while changes.last != 0 {
      try Task.checkCancellation()
      let values = try problem.exactValues(of: Policy(actions))
      let improved = problem.greedyActions(values)
      changes.append(zip(actions, improved).count { $0 != $1 })
      history.append(values)
      actions = improved
      emit(.table(problem.world.policyTable(actions)))
    }
    // endregion: policy-iteration
    let optimal = history[history.count - 1]
    emit(.table(Self.roundsTable(history, changes: changes)))
    return Improvement(
      actions: actions, values: optimal, rounds: history.count,
      claim: Self.improvementClaim(history))
  }

  private static func roundsTable(_ history: [[Double]], changes: [Int]) -> Table {
    let optimal = history[history.count - 1]
    return Table(
      title: "策略迭代", header: ["轮", "改变动作的格子", "到最优价值的距离"],
      rows: history.indices.map { round in
        let distance = supremumDistance(history[round], optimal)
        return ["\(round + 1)", "\(changes[round])", distance.significant()]
      })
  }

  private static func improvementClaim(_ history: [[Double]]) -> Claim {
    let gains = zip(history, history.dropFirst()).flatMap { before, after in
      zip(after, before).map { $0 - $1 }
    }
    let least = gains.min() ?? 0
    return Claim(
      "策略改进不使任何一格的价值变小（最小增量）", expected: "≥ -1e-09",
      measured: least.significant(), holds: least >= -1e-9)
  }
}

// MARK: - Value iteration

extension RLBasics {
  /// The distances to the optimal values, sweep by sweep, and where they led.
  private struct ValueIteration {
    var errors: [Double]
    var actions: [Gridworld.Action]

    func claims(discount: Double, policyIteration: [Gridworld.Action]) -> [Claim] {
      // Rounding does not contract: near the end only it is left of the error.
      let floor = 1e-8 * max(1, errors[0])
      let ratios = zip(errors, errors.dropFirst()).filter { $0.0 > floor }.map { $1 / $0 }
      let largest = ratios.max() ?? 0
      let differing = zip(actions, policyIteration).count { $0 != $1 }
      return [
        Claim(
          "值迭代每次扫描的误差之比不超过 γ（最大比值）",
          expected: "≤ \(discount.significant())", measured: largest.significant(7),
          holds: largest <= discount + 1e-6),
        Claim(
          "值迭代与策略迭代得到同一策略（不同的格子）", expected: "0",
          measured: "\(differing) / \(actions.count)", holds: differing == 0),
      ]
    }
  }

  private func iterateValues(
    _ problem: DynamicProgramming, optimal: [Double], emit: (DemoEvent) -> Void
  ) throws -> ValueIteration {
    let start = problem.zeroValues
    var errors = [supremumDistance(start, optimal)]
    let values = try converge(
      from: start, limit: sweepLimit,
      sweep: problem.optimalitySweep,
      observe: { sweep, values in
        let error = supremumDistance(values, optimal)
        errors.append(error)
        emit(.metric(name: "值迭代误差 log₁₀", step: sweep, value: log10(max(error, 1e-16))))
        show(
          values, of: problem.world, title: "最优价值", sweep: sweep, done: sweepLimit, emit: emit)
      })
    emit(.plot(contractionPlot(errors)))
    return ValueIteration(errors: errors, actions: problem.greedyActions(values))
  }

  private func contractionPlot(_ errors: [Double]) -> Plot {
    let sweeps = errors.indices.map(Double.init)
    let bound = sweeps.map { log10(max(errors[0], 1e-16)) + $0 * log10(discount) }
    return Plot(
      title: "值迭代的收缩", xLabel: "扫描次数", yLabel: "log₁₀ ‖vₖ − v*‖∞",
      series: [
        Plot.Series("实测", x: sweeps, y: errors.map { log10(max($0, 1e-16)) }),
        Plot.Series("界 γᵏ‖v₀ − v*‖∞", x: sweeps, y: bound),
      ])
  }
}

// MARK: - The textbook's world

extension RLBasics {
  /// Figure 4.1 of the book: 4x4 cells, goals in two corners, -1 for every step, no discount.
  private static func textbookClaim() throws -> Claim {
    var cells = [Gridworld.Cell](repeating: .free, count: 16)
    cells[0] = .goal
    cells[15] = .goal
    let rewards = Gridworld.Rewards(free: -1, trap: -1, goal: -1)
    let world = Gridworld(cells: cells, columns: 4, rewards: rewards, slip: 0)
    let values = try DynamicProgramming(world, discount: 1)
      .exactValues(of: .uniform(stateCount: world.stateCount))
    let book: [Double] = [
      [0, -14, -20, -22], [-14, -18, -20, -20], [-20, -20, -18, -14], [-22, -20, -14, 0],
    ].flatMap { $0 }
    let error = supremumDistance(values, book)
    return Claim(
      "教科书图 4.1：随机策略的价值 -14、-18、-20、-22（最大差）", expected: "≤ 1e-06",
      measured: error.significant(), holds: error <= 1e-6)
  }
}

// MARK: - The world and its pictures

extension RLBasics {
  private func makeWorld() -> Gridworld {
    let goal = (row: min(goalRow, rows) - 1, column: min(goalColumn, columns) - 1)
    var random = RandomSource(seed: seed)
    return Gridworld(
      cells: Gridworld.scattered(
        rows: rows, columns: columns, goal: goal.row * columns + goal.column, traps: traps, &random),
      columns: columns,
      rewards: Gridworld.Rewards(free: stepReward, trap: trapReward, goal: goalReward), slip: slip)
  }

  /// Shows the first sweeps one by one and later ones now and then, at the pace of the frames.
  private func show(
    _ values: [Double], of world: Gridworld, title: String, sweep: Int, done: Int = 0,
    emit: (DemoEvent) -> Void
  ) {
    guard sweep <= 32 || sweep.isMultiple(of: 32) else { return }
    emit(.image(world.picture(values, title: title)))
    emit(.progress(completed: done + sweep, total: 2 * sweepLimit))
    if framesPerSecond > 0 { Thread.sleep(forTimeInterval: 1 / Double(framesPerSecond)) }
  }
}

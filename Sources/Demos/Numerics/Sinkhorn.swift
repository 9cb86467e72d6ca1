import Foundation

/// Optimal transport with an entropy term, by Sinkhorn's iteration on logarithms.
///
///     min ⟨P, C⟩ + ε KL(P ‖ a bᵀ)   over plans with marginals a and b
///         = max ⟨a, f⟩ + ⟨b, g⟩ - ε Σ a_i b_j exp((f_i + g_j - C_ij) / ε) + ε
///
/// Each half-step makes one marginal right. It goes on until the other is right within a tolerance.
/// Logarithms keep small ε from underflowing; a falling sequence of them speeds it up.
///
/// - Source: Cuturi, "Sinkhorn distances: lightspeed computation of optimal transport", 2013,
///   arXiv:1306.0895; Peyré, Cuturi, "Computational optimal transport", 2019, arXiv:1803.00567,
///   section 4.4.
package struct Sinkhorn: Sendable {
  /// P, rows by columns.
  package let plan: Matrix
  /// f and g.
  package let rowPotentials: [Double]
  package let columnPotentials: [Double]
  /// ⟨P, C⟩ alone.
  package let transportCost: Double
  /// ⟨P, C⟩ + ε KL(P ‖ a bᵀ).
  package let primalValue: Double
  /// The value of the dual problem at f and g.
  package let dualValue: Double
  package let iterations: Int

  /// Solves for uniform marginals.
  package init(
    costs: Matrix, epsilon: Double, tolerance: Double = 1e-9, iterationLimit: Int = 20_000
  ) throws {
    let logRow = -log(Double(costs.rows))
    let logColumn = -log(Double(costs.columns))
    var f = [Double](repeating: 0, count: costs.rows)
    var g = [Double](repeating: 0, count: costs.columns)
    let transposed = costs.transposed
    var iterations = 0
    for level in Self.levels(from: costs.values.max() ?? 0, to: epsilon) {
      var violation = Double.infinity
      let goal = level == epsilon ? tolerance : 1e-2
      while violation > goal, iterations < iterationLimit {
        try Task.checkCancellation()
        f = Self.update(costs, g, logWeight: logColumn, epsilon: level)
        let next = Self.update(transposed, f, logWeight: logRow, epsilon: level)
        // The column sums before the update are b exp((g - next) / ε).
        violation = zip(g, next).reduce(0) { max($0, abs(exp(($1.0 - $1.1) / level) - 1)) }
        g = next
        iterations += 1
      }
    }
    let logPlan = (0..<costs.rows).flatMap { i in
      (0..<costs.columns).map { (f[i] + g[$0] - costs[i, $0]) / epsilon + logRow + logColumn }
    }
    let masses = logPlan.map { exp($0) }
    plan = Matrix(rows: costs.rows, columns: costs.columns, values: masses)
    transportCost = dot(masses, costs.values)
    let divergence = zip(masses, logPlan).reduce(0) { $0 + $1.0 * ($1.1 - logRow - logColumn) }
    primalValue = transportCost + epsilon * divergence
    dualValue =
      exp(logRow) * f.reduce(0, +) + exp(logColumn) * g.reduce(0, +)
      - epsilon * (masses.reduce(0, +) - 1)
    rowPotentials = f
    columnPotentials = g
    self.iterations = iterations
  }

  /// Halves from the largest cost down to ε.
  private static func levels(from largest: Double, to epsilon: Double) -> [Double] {
    precondition(epsilon > 0, "sinkhorn: epsilon \(epsilon)")
    var levels = [epsilon]
    while let last = levels.last, 2 * last < largest { levels.append(2 * last) }
    return levels.reversed()
  }

  /// f_i = -ε log Σ_j b_j exp((g_j - C_ij) / ε).
  private static func update(
    _ costs: Matrix, _ potentials: [Double], logWeight: Double, epsilon: Double
  ) -> [Double] {
    (0..<costs.rows).map { i in
      let exponents = potentials.indices.map { (potentials[$0] - costs[i, $0]) / epsilon }
      let top = exponents.max() ?? 0
      let sum = exponents.reduce(0) { $0 + exp($1 - top) }
      return -epsilon * (top + log(sum) + logWeight)
    }
  }
}

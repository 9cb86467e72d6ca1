/// Optimal transport between equally many points of equal weight: the assignment of least cost.
///
///     min over permutations π of (1/n) Σ_i C[i, π(i)]
///         = max of (1/n) (Σ_i u_i + Σ_j v_j)  with  u_i + v_j <= C[i, j]
///
/// Rows are assigned one after the other, each along a shortest augmenting path; the potentials u
/// and v, kept feasible all the time, are the solution of the dual problem in the end.
///
/// - Source: Jonker, Volgenant, "A shortest augmenting path algorithm for dense and sparse linear
///   assignment problems", 1987.
package struct OptimalTransport: Sendable {
  /// The column of each row.
  package let assignment: [Int]
  /// u, a potential for each row.
  package let rowPotentials: [Double]
  /// v, a potential for each column.
  package let columnPotentials: [Double]
  /// The mean cost of the assignment: the primal value.
  package let cost: Double

  /// The mean of the potentials: the dual value.
  package var dualValue: Double {
    (rowPotentials.reduce(0, +) + columnPotentials.reduce(0, +)) / Double(assignment.count)
  }

  /// Solves the assignment for a square matrix of costs.
  package init(costs: Matrix) {
    precondition(
      costs.rows == costs.columns && costs.rows > 0,
      "transport: costs of [\(costs.rows), \(costs.columns)]")
    var search = AugmentingPaths(costs)
    for row in 0..<costs.rows { search.assign(row) }
    var assignment = [Int](repeating: 0, count: costs.rows)
    for (column, row) in search.rowOfColumn.enumerated() { assignment[row ?? 0] = column }
    self.assignment = assignment
    rowPotentials = search.rowPotentials
    columnPotentials = search.columnPotentials
    let total = assignment.enumerated().reduce(0) { $0 + costs[$1.offset, $1.element] }
    cost = total / Double(costs.rows)
  }
}

/// The state of the search: a partial assignment, optimal for the rows assigned so far.
private struct AugmentingPaths {
  let costs: Matrix
  var rowPotentials: [Double]
  var columnPotentials: [Double]
  var rowOfColumn: [Int?]

  init(_ costs: Matrix) {
    self.costs = costs
    rowPotentials = .init(repeating: 0, count: costs.rows)
    columnPotentials = .init(repeating: 0, count: costs.columns)
    rowOfColumn = .init(repeating: nil, count: costs.columns)
  }

  /// Assigns one more row along a shortest path in reduced costs (Dijkstra's algorithm).
  mutating func assign(_ newRow: Int) {
    var distances = [Double](repeating: .infinity, count: costs.columns)
    var previous = [Int?](repeating: nil, count: costs.columns)
    var scanned: [Int] = []
    var isScanned = [Bool](repeating: false, count: costs.columns)
    var (row, reached, from) = (newRow, 0.0, Int?.none)
    var end = from
    while end == nil {
      for column in 0..<costs.columns where !isScanned[column] {
        let reduced = costs[row, column] - rowPotentials[row] - columnPotentials[column]
        if reached + reduced < distances[column] {
          distances[column] = reached + reduced
          previous[column] = from
        }
      }
      let open = (0..<costs.columns).filter { !isScanned[$0] }
      guard let nearest = open.min(by: { distances[$0] < distances[$1] }) else { return }
      reached = distances[nearest]
      if let next = rowOfColumn[nearest] {
        isScanned[nearest] = true
        scanned.append(nearest)
        (row, from) = (next, nearest)
      } else {
        end = nearest
      }
    }
    updatePotentials(newRow, scanned, distances, reached)
    augment(newRow, to: end, previous)
  }

  /// Keeps reduced costs at 0 on the assignment and at least 0 elsewhere.
  private mutating func updatePotentials(
    _ newRow: Int, _ scanned: [Int], _ distances: [Double], _ reached: Double
  ) {
    rowPotentials[newRow] += reached
    for column in scanned {
      let slack = reached - distances[column]
      columnPotentials[column] -= slack
      if let row = rowOfColumn[column] { rowPotentials[row] += slack }
    }
  }

  /// Passes the columns on along the path.
  private mutating func augment(_ newRow: Int, to end: Int?, _ previous: [Int?]) {
    var column = end
    while let target = column {
      let source = previous[target]
      rowOfColumn[target] = source.flatMap { rowOfColumn[$0] } ?? newRow
      column = source
    }
  }
}

extension Matrix {
  /// The Euclidean distances between the points of two sets, or their squares.
  package init(distancesFrom x: SampleSet, to y: SampleSet, squared: Bool = false) {
    let (from, to) = ((0..<x.count).map(x.point), (0..<y.count).map(y.point))
    self.init(
      from.map { a in
        to.map { b in
          let squares = zip(a, b).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
          return squared ? squares : squares.squareRoot()
        }
      })
  }
}

import Demos
import Foundation
import TestSupport
import Tensors
import Testing

struct TransportTests {
  // C = np.abs(wave(7)[:, None] - 1.3 * wave(7, 1.)[None, :])
  // C += 0.1 * np.sin(3 * np.arange(49.).reshape(7, 7))
  // r, c = scipy.optimize.linear_sum_assignment(C); print(c, C[r, c].mean())
  private var costs: Matrix {
    var costs = Matrix.zeros(rows: 7, columns: 7)
    let (rows, columns) = (wave(7), wave(7, 1))
    for i in 0..<7 {
      for j in 0..<7 {
        let ripple = 0.1 * sin(3 * Double(7 * i + j))
        costs[i, j] = abs(rows[i] - 1.3 * columns[j]) + ripple
      }
    }
    return costs
  }

  /// Costs between two clouds in the plane.
  private func clouds(_ count: Int, seed: Int) -> Matrix {
    var random = RandomSource(seed: seed)
    let (x, y) = (SampleSet(random.normal([count, 2])), SampleSet(random.normal([count, 2]) + 1))
    return Matrix(distancesFrom: x, to: y)
  }

  @Test func `the assignment equals SciPy's`() {
    let transport = OptimalTransport(costs: costs)
    #expect(transport.assignment == [6, 1, 0, 2, 3, 4, 5])
    expectClose(transport.cost, 0.377900509781, tolerance: 1e-11)
  }

  @Test func `no permutation of up to six points costs less`() {
    func permutations(_ items: [Int]) -> [[Int]] {
      items.isEmpty
        ? [[]]
        : items.flatMap { item in
          permutations(items.filter { $0 != item }).map { [item] + $0 }
        }
    }
    for size in 1...6 {
      let costs = randomMatrix(size, size, seed: size)
      let least = permutations(Array(0..<size)).map { columns in
        columns.enumerated().reduce(0) { $0 + costs[$1.offset, $1.element] } / Double(size)
      }.min()
      expectClose(OptimalTransport(costs: costs).cost, least ?? 0, tolerance: 1e-14)
    }
  }

  @Test(arguments: [1, 2, 3]) func `primal and dual values agree, and the potentials are feasible`(
    seed: Int
  ) {
    let costs = clouds(60, seed: seed)
    let transport = OptimalTransport(costs: costs)
    #expect(Set(transport.assignment) == Set(0..<60))
    expectClose(transport.dualValue, transport.cost, tolerance: 1e-12)
    for i in 0..<60 {
      for j in 0..<60 {
        let slack = costs[i, j] - transport.rowPotentials[i] - transport.columnPotentials[j]
        #expect(slack > -1e-12)
        if transport.assignment[i] == j { #expect(slack < 1e-12) }
      }
    }
  }

  @Test func `on a line the points are paired in order`() {
    let (x, y) = (wave(9), wave(9, 2))
    let costs = Matrix(x.map { a in y.map { abs(a - $0) } })
    let sorted = zip(x.sorted(), y.sorted()).reduce(0) { $0 + abs($1.0 - $1.1) } / 9
    expectClose(OptimalTransport(costs: costs).cost, sorted, tolerance: 1e-12)
  }

  @Test func `Sinkhorn's plan has both marginals, and its two values agree`() throws {
    let costs = clouds(20, seed: 1)
    for epsilon in [1, 0.1, 0.02] {
      let sinkhorn = try Sinkhorn(costs: costs, epsilon: epsilon)
      expectClose(sinkhorn.primalValue, sinkhorn.dualValue, tolerance: 1e-6)
      for index in 0..<20 {
        expectClose(sinkhorn.plan.row(index).reduce(0, +), 0.05, tolerance: 1e-8)
        expectClose(sinkhorn.plan.column(index).reduce(0, +), 0.05, tolerance: 1e-8)
      }
    }
  }

  @Test func `the cost of the entropic plan falls to the exact one`() throws {
    let costs = clouds(20, seed: 2)
    let exact = OptimalTransport(costs: costs).cost
    let gaps = try [1, 0.3, 0.1, 0.02].map {
      try Sinkhorn(costs: costs, epsilon: $0).transportCost - exact
    }
    #expect(gaps.allSatisfy { $0 > 0 } && gaps == gaps.sorted(by: >), "\(gaps)")
    #expect(gaps[3] < 0.01)
  }

  @Test func `sets of different sizes are transported too`() throws {
    // All mass of the one point goes everywhere.
    let sinkhorn = try Sinkhorn(costs: Matrix([[1, 2, 6]]), epsilon: 0.1)
    expectClose(sinkhorn.transportCost, 3, tolerance: 1e-9)
    expectClose(sinkhorn.primalValue, 3, tolerance: 1e-9)
  }
}

import Foundation
package import Tensors

/// Sequences of a stationary Markov chain: text whose entropy is known exactly, so that the loss of
/// a model of language can be held against the best there is.
///
///     H = -Σ_i π_i Σ_j P_ij log P_ij
package struct MarkovSource: Sendable {
  /// P, the probabilities of the next token in rows.
  package let transitions: Matrix
  /// π, the probabilities of a token anywhere: π P = π.
  package let stationary: [Double]

  /// The chain of given transitions, every row of which sums to 1.
  ///
  /// - Throws: `singular` if the chain falls apart, so that it has several stationary laws.
  package init(transitions: Matrix) throws(DemosError) {
    self.transitions = transitions
    stationary = try Self.stationary(transitions)
  }

  /// A random chain of `states` tokens; the sharper, the lower its entropy.
  package init(
    states: Int, sharpness: Double = 1.5, _ random: inout RandomSource
  ) throws(DemosError) {
    let logits = random.normal([states, states]) * Float(sharpness)
    let rows = logits.scalars.map { exp(Double($0)) }
    let matrix = Matrix(rows: states, columns: states, values: rows)
    try self.init(
      transitions: Matrix(
        (0..<states).map { state in
          let row = matrix.row(state)
          let total = row.reduce(0, +)
          return row.map { $0 / total }
        }))
  }

  package var states: Int { stationary.count }

  /// The entropy rate, in nats per token: what the best model loses once it knows the token before.
  package var entropyRate: Double {
    stationary.indices.reduce(0) { $0 + stationary[$1] * Self.entropy(transitions.row($1)) }
  }

  /// The entropy of a token without its past, in nats.
  package var stationaryEntropy: Double { Self.entropy(stationary) }

  /// Draws sequences, the first token of each by the stationary law.
  ///
  /// - Shape: the result is `[count, length]`.
  package func samples(_ count: Int, length: Int, _ random: inout RandomSource) -> Indices {
    let draws = random.uniform([count, length]).scalars
    let rows = (0..<states).map { Self.cumulative(transitions.row($0)) }
    let first = Self.cumulative(stationary)
    var tokens: [Int] = []
    tokens.reserveCapacity(count * length)
    for (position, draw) in draws.enumerated() {
      let sums = position % length == 0 ? first : rows[tokens[position - 1]]
      tokens.append(sums.firstIndex { Double(draw) <= $0 } ?? states - 1)
    }
    return Indices(tokens, shape: [count, length])
  }

  /// log p of a whole sequence, in nats.
  package func logProbability(of tokens: some Sequence<Int32>) -> Double {
    var (sum, before) = (0.0, Int?.none)
    for token in tokens.map({ Int($0) }) {
      sum += log(before.map { transitions[$0, token] } ?? stationary[token])
      before = token
    }
    return sum
  }

  /// Solves π (I - P) = 0 with Σ π = 1, which takes the place of the last equation.
  private static func stationary(_ transitions: Matrix) throws(DemosError) -> [Double] {
    let size = transitions.rows
    var system = Matrix.identity(size) + -1 * transitions.transposed
    for column in 0..<size { system[size - 1, column] = 1 }
    let sum = (0..<size).map { $0 == size - 1 ? 1.0 : 0 }
    guard let solver = LUDecomposition(system) else { throw .singular }
    return solver.solve(sum)
  }

  private static func entropy(_ probabilities: [Double]) -> Double {
    probabilities.reduce(0) { $1 > 0 ? $0 - $1 * log($1) : $0 }
  }

  private static func cumulative(_ probabilities: [Double]) -> [Double] {
    probabilities.reduce(into: []) { sums, share in sums.append((sums.last ?? 0) + share) }
  }
}

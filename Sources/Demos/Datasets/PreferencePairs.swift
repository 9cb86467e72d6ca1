import Foundation
package import Tensors

/// Pairs of sequences after the same prompt, of which someone preferred one.
package struct PreferencePairs: Sendable {
  /// The preferred sequences, `[B, T]`.
  package let chosen: Indices
  /// The others, row by row, `[B, T]`.
  package let rejected: Indices

  package var count: Int { chosen.shape[0] }

  // region: preferences
  /// Compares the rows of `first` and `second` as Bradley and Terry's reader would: the better one
  /// is preferred with probability σ(difference of rewards), so labels contradict now and then.
  package init(
    _ first: Indices, _ second: Indices, reward: (ArraySlice<Int32>) -> Double,
    _ random: inout RandomSource
  ) {
    precondition(first.shape == second.shape, "pairs: \(first.shape) and \(second.shape)")
    var (winners, losers): ([Int32], [Int32]) = ([], [])
    for row in 0..<first.shape[0] {
      let (a, b) = (first.row(row), second.row(row))
      let isFirstBetter = random.uniform() <= 1 / (1 + exp(reward(b) - reward(a)))
      winners += isFirstBetter ? a : b
      losers += isFirstBetter ? b : a
    }
    chosen = Indices(winners, shape: first.shape)
    rejected = Indices(losers, shape: first.shape)
  }
  // endregion: preferences

  /// A pair of each of the given numbers.
  package func selecting(_ rows: [Int]) -> (chosen: Indices, rejected: Indices) {
    (chosen.selecting(rows), rejected.selecting(rows))
  }
}

extension Indices {
  /// Row `row` of a matrix of indices.
  package func row(_ row: Int) -> ArraySlice<Int32> {
    values[row * shape[1]..<(row + 1) * shape[1]]
  }

  /// The given rows of a matrix of indices.
  package func selecting(_ rows: [Int]) -> Indices {
    Indices(rows.flatMap { row($0) }, shape: [rows.count, shape[1]])
  }
}

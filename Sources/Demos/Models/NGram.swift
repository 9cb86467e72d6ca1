import Foundation

/// An n-gram model by interpolated Kneser–Ney smoothing: what counting alone can know.
///
///     p(w | h) = max(c(h w) - D, 0) / c(h) + D N(h ·) / c(h) * p(w | h without its first token)
///
/// The counts `c` are occurrences at the highest order; below it they say how many different tokens
/// were seen before `h w`. `N(h ·)` is how many different tokens were seen after `h`. The discount `D`
/// of each order depends on the count, 1, 2 or more, and comes from the counts of counts. The recursion
/// ends at the uniform distribution, so that every token has a probability.
///
/// - Source: Chen, Goodman, "An empirical study of smoothing techniques for language modeling", 1998;
///   Kneser, Ney, "Improved backing-off for m-gram language modeling", 1995.
package struct NGram: Sendable {
  package let order: Int
  private let vocabulary: Int
  /// From contexts of no token to those of `order - 1`.
  private let levels: [Level]

  /// Counts the sequences, across which no n-gram reaches.
  package init(order: Int, vocabulary: Int, sequences: [[Int32]]) {
    precondition(order >= 1, "n-gram: an order of \(order)")
    self.order = order
    self.vocabulary = vocabulary
    levels = (0..<order).map { length in
      Level(
        contextLength: length, sequences: sequences, countsOccurrences: length == order - 1)
    }
  }

  // region: probability
  /// The probability of a token after the tokens before it, the last of which count.
  package func probability(of token: Int32, after history: ArraySlice<Int32>) -> Double {
    levels.reduce(1 / Double(vocabulary)) { shorter, level in
      level.probability(of: token, after: history, shorter: shorter)
    }
  }
  // endregion: probability

  /// The negative log-probability in nats of each token of a sequence but the first.
  package func losses(of sequence: [Int32]) -> [Double] {
    sequence.indices.dropFirst().map { place in
      -log(probability(of: sequence[place], after: sequence[..<place]))
    }
  }
}

/// Contexts of one length, and what came after them.
private struct Level {
  private let length: Int
  private var counts: [ArraySlice<Int32>: Int] = [:]
  private var contexts: [ArraySlice<Int32>: Context] = [:]
  private var discounts = Discounts()

  /// What was seen after one context: how much, and how many tokens once, twice and more often.
  private struct Context {
    var total = 0
    var tokens = SIMD3<Int>()
  }

  init(contextLength: Int, sequences: [[Int32]], countsOccurrences: Bool) {
    length = contextLength
    count(sequences, every: countsOccurrences)
    var countsOfCounts = SIMD4<Int>()
    for (gram, count) in counts {
      contexts[gram.dropLast(), default: Context()].total += count
      contexts[gram.dropLast(), default: Context()].tokens[min(count, 3) - 1] += 1
      if count <= 4 { countsOfCounts[count - 1] += 1 }
    }
    discounts = Discounts(countsOfCounts)
  }

  /// Counts occurrences, or the different tokens before each n-gram; where a sequence begins counts as
  /// such a token.
  private mutating func count(_ sequences: [[Int32]], every: Bool) {
    var seen: Set<ArraySlice<Int32>> = []
    for sequence in sequences where sequence.count > length {
      for start in 0..<(sequence.count - length) {
        let gram = sequence[start...(start + length)]
        if every || seen.insert(sequence[max(start - 1, 0)...(start + length)]).inserted {
          counts[gram, default: 0] += 1
        }
      }
    }
  }

  func probability(
    of token: Int32, after history: ArraySlice<Int32>, shorter: Double
  ) -> Double {
    let gram = history.suffix(length) + [token]
    guard gram.count == length + 1, let context = contexts[gram.dropLast()] else { return shorter }
    let count = counts[gram] ?? 0
    let own = count == 0 ? 0 : Double(count) - discounts[count]
    let rest = (1...3).reduce(0) { $0 + discounts[$1] * Double(context.tokens[$1 - 1]) }
    return (own + rest * shorter) / Double(context.total)
  }
}

/// What is taken from counts of 1, of 2 and of 3 or more, to be given to what was never seen.
///
///     Y = n₁ / (n₁ + 2 n₂),  D₁ = 1 - 2 Y n₂/n₁,  D₂ = 2 - 3 Y n₃/n₂,  D₃ = 3 - 4 Y n₄/n₃
private struct Discounts {
  private var values = SIMD3<Double>(0.5, 0.75, 0.9)

  /// Fixed discounts, for counts too few to estimate any.
  init() {}

  /// The estimate from how many n-grams were counted once to four times.
  init(_ countsOfCounts: SIMD4<Int>) {
    let n = SIMD4<Double>(countsOfCounts)
    guard n.min() > 0 else { return }
    let y = n[0] / (n[0] + 2 * n[1])
    for index in 0..<3 {
      let count = Double(index + 1)
      let discount = count - (count + 1) * y * n[index + 1] / n[index]
      values[index] = min(max(discount, 0.1), count - 0.1)
    }
  }

  subscript(count: Int) -> Double { values[min(count, 3) - 1] }
}

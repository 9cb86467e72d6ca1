import Demos
import TestSupport
import Testing

struct NGramTests {
  private static let sequences: [[Int32]] = [
    [0, 1, 2, 0, 1, 2, 0, 1, 3], [2, 0, 1, 2, 2, 1, 0, 3, 1], [1],
  ]

  @Test(arguments: 1...5)
  func `the probabilities of all tokens add up to 1 after any history`(order: Int) {
    let model = NGram(order: order, vocabulary: 5, sequences: Self.sequences)
    for history: [Int32] in [[], [0], [0, 1], [4, 4], [2, 0, 1], [3, 1, 0, 1, 2]] {
      let sum = (0..<5).reduce(0) { $0 + model.probability(of: Int32($1), after: history[...]) }
      expectClose(sum, 1, tolerance: 1e-12)
    }
  }

  @Test func `a token that was never seen is less likely than one that was, and possible`() {
    let model = NGram(order: 2, vocabulary: 5, sequences: Self.sequences)
    let (seen, unseen) = (
      model.probability(of: 1, after: [0]), model.probability(of: 4, after: [0])
    )
    #expect(unseen > 0)
    #expect(seen > 5 * unseen)
  }

  // One sequence, `a a b`, order 2, discounts 0.5 and 0.75 (too few counts to estimate any):
  // after `a`: c(aa) = c(ab) = 1 of 2, so p(b | a) = 0.5/2 + 0.5 * 2/2 * p(b), where `b` was seen
  // after one token of two, and the sequence's start counts as one more before `a`.
  @Test func `a bigram is interpolated with the counts of different tokens before`() {
    let model = NGram(order: 2, vocabulary: 2, sequences: [[0, 0, 1]])
    // N(· a) = {start, a} = 2, N(· b) = {a} = 1; one token has 1, one has 2.
    let unigram = (1 - 0.5) / 3 + (0.5 + 0.75) / 3 * 0.5
    expectClose(
      model.probability(of: 1, after: [0]), 0.5 / 2 + 0.5 * 2 / 2 * unigram, tolerance: 1e-12)
  }

  @Test func `a longer history helps where the text repeats itself`() {
    let text: [Int32] = (0..<400).map { [0, 1, 0, 2, 3][$0 % 5] }
    let losses = (1...3).map { order in
      NGram(order: order, vocabulary: 4, sequences: [text]).losses(of: Array(text.prefix(50)))
        .reduce(0, +)
    }
    #expect(losses[0] > losses[1] && losses[1] > losses[2])
  }
}

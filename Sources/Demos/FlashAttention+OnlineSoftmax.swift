import DemoKit
import Foundation
import Tensors

/// What one query has seen of its keys so far.
struct OnlineSoftmax {
  // region: online-softmax
  /// The largest score.
  private(set) var m = -Double.infinity
  /// The sum of exp(score - m).
  private(set) var l = 0.0
  /// The sum of exp(score - m) times the value.
  private(set) var o = 0.0
  /// What the last block multiplied the old sums by.
  private(set) var shrinkage = 0.0

  mutating func see(scores: [Double], values: [Double]) {
    let before = m
    m = max(m, scores.max() ?? m)
    shrinkage = exp(before - m)
    let weights = scores.map { exp($0 - m) }
    l = l * shrinkage + weights.reduce(0, +)
    o = o * shrinkage + zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 }
  }

  var result: Double { o / l }
  // endregion: online-softmax
}

extension FlashAttention {
  /// Walks through eight keys in blocks of two, and compares every way to cut them with softmax.
  func onlineSoftmaxClaim(_ random: RandomSource, _ emit: (DemoEvent) -> Void) -> Claim {
    var random = random
    let draw = { (random: inout RandomSource, scale: Float) in
      (random.normal([8]) * scale).scalars.map { (Double($0) * 100).rounded() / 100 }
    }
    let (scores, values) = (draw(&random, 2), draw(&random, 1))
    emit(.table(walk(scores, values)))

    let weights = scores.map { exp($0) }
    let exact = zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    // Each of the seven gaps between keys is a cut or none.
    let errors = (0..<128).map { cuts in
      var seen = OnlineSoftmax()
      var start = 0
      for end in 1...8 where end == 8 || cuts >> (end - 1) & 1 == 1 {
        seen.see(scores: Array(scores[start..<end]), values: Array(values[start..<end]))
        start = end
      }
      return Swift.abs(seen.result - exact)
    }
    let largest = errors.max() ?? .infinity
    return Claim(
      "8 个键的 128 种切法，在线 softmax 都等于一次算完（双精度，最大差）", expected: "≤ 1e-14",
      measured: largest.significant(2), holds: largest <= 1e-14)
  }

  private func walk(_ scores: [Double], _ values: [Double]) -> Table {
    var seen = OnlineSoftmax()
    let rows = stride(from: 0, to: 8, by: 2).map { start in
      seen.see(scores: Array(scores[start..<start + 2]), values: Array(values[start..<start + 2]))
      return [
        "\(start + 1), \(start + 2)",
        scores[start..<start + 2].map { $0.fixed() }.joined(separator: ", "),
        values[start..<start + 2].map { $0.fixed() }.joined(separator: ", "),
        seen.m.fixed(), seen.shrinkage.fixed(4), seen.l.fixed(4), seen.o.fixed(4),
        seen.result.fixed(4),
      ]
    }
    return Table(
      title: "在线 softmax",
      header: ["键", "分数 s", "值 v", "m", "旧和乘以", "ℓ", "o", "o/ℓ"], rows: rows)
  }
}

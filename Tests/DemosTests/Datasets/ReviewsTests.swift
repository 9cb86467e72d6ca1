import Demos
import Tensors
import TestSupport
import Testing

struct ReviewsTests {
  private func reward(_ words: String...) throws -> Double {
    Reviews.reward(
      of: try words.map { Int32(try #require(Reviews.vocabulary.firstIndex(of: $0))) })
  }

  @Test func `an adverb multiplies the adjective after it, and 不 turns it round`() throws {
    expectClose(try reward("剧情", "很", "精彩", "。"), 1, tolerance: 1e-12)
    expectClose(try reward("剧情", "非常", "精彩", "，", "结局", "有点", "无聊", "。"), 1, tolerance: 1e-12)
    expectClose(try reward("音乐", "不", "生硬"), 0.8, tolerance: 1e-12)
  }

  @Test func `an adjective without an adverb counts for nothing`() throws {
    #expect(try reward("剧情", "精彩") == 0)
    #expect(try reward("很", "剧情", "精彩") == 0)
  }

  @Test func `a review has three clauses and ends with a full stop`() {
    var random = RandomSource(seed: 5)
    let reviews = Reviews.samples(20, &random)
    #expect(reviews.shape == [20, 12])
    for row in 0..<20 {
      let text = Reviews.text(reviews.row(row))
      #expect(text.count { $0 == "，" } == 2 && text.last == "。", "\(text)")
    }
  }

  @Test func `the better review is preferred as often as Bradley and Terry say`() {
    var random = RandomSource(seed: 5)
    let count = 4_000
    let better = Indices([Int](repeating: 1, count: count), shape: [count, 1])
    let worse = Indices([Int](repeating: 0, count: count), shape: [count, 1])
    let pairs = PreferencePairs(
      better, worse, reward: { Double($0.first ?? 0) }, &random)
    let share = Double(pairs.chosen.values.count { $0 == 1 }) / Double(count)
    // σ(1) = 0.7311, with a standard error of 0.007.
    expectClose(share, 0.7311, tolerance: 0.03)
    #expect(zip(pairs.chosen.values, pairs.rejected.values).allSatisfy { $0 + $1 == 1 })
  }
}

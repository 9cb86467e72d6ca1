package import Tensors

/// One-sentence film reviews from a small grammar, and how favourable each of them is.
///
/// A review has three clauses such as 剧情 非常 精彩: an aspect, an adverb, an adjective. What a
/// reader thinks of it is known exactly, so that preferences can be drawn and judged.
package enum Reviews {
  /// Tokens of a review: three clauses of three words, each with a mark after it.
  package static let length = 12
  /// A prompt is the first aspect alone.
  package static let promptLength = 1

  private static let aspects = ["剧情", "演员", "音乐", "画面", "节奏", "结局"]
  /// What an adverb multiplies the adjective by, and how often it is used.
  private static let adverbs: [(word: String, factor: Double, weight: Double)] = [
    ("很", 1, 4), ("非常", 1.5, 2), ("有点", 0.5, 3), ("不", -1, 2),
  ]
  private static let adjectives: [(word: String, value: Double)] = [
    ("精彩", 1), ("动人", 0.8), ("流畅", 0.6), ("自然", 0.4),
    ("平淡", -0.4), ("拖沓", -0.6), ("生硬", -0.8), ("无聊", -1),
  ]
  private static let marks = ["，", "。"]

  package static let vocabulary =
    aspects + adverbs.map(\.word) + adjectives.map(\.word) + marks

  private static let firstAdverb = aspects.count
  private static let firstAdjective = aspects.count + adverbs.count
  private static let firstMark = aspects.count + adverbs.count + adjectives.count

  /// Draws reviews as people write them, kind and unkind alike.
  ///
  /// - Shape: the result is `[count, length]`.
  package static func samples(_ count: Int, _ random: inout RandomSource) -> Indices {
    var tokens: [Int] = []
    for _ in 0..<count {
      for (clause, aspect) in random.permutation(aspects.count).prefix(3).enumerated() {
        let adverb = random.choice(weights: adverbs.map(\.weight))
        // Each aspect has adjectives of its own that are said of it more often.
        let adjective = random.choice(
          weights: adjectives.indices.map { ($0 + aspect).isMultiple(of: 3) ? 3 : 1 })
        tokens += [
          aspect, firstAdverb + adverb, firstAdjective + adjective,
          firstMark + (clause == 2 ? 1 : 0),
        ]
      }
    }
    return Indices(tokens, shape: [count, length])
  }

  /// Draws prompts, every aspect being equally likely.
  package static func prompts(_ count: Int, _ random: inout RandomSource) -> Indices {
    random.integers([count, promptLength], below: aspects.count)
  }

  // region: reward
  /// How favourable a review is: each adjective's value times the factor of the adverb before it.
  package static func reward(of tokens: some Sequence<Int32>) -> Double {
    var sum = 0.0
    var factor: Double?
    for token in tokens.map({ Int($0) }) {
      if let before = factor, (firstAdjective..<firstMark).contains(token) {
        sum += before * adjectives[token - firstAdjective].value
      }
      factor =
        (firstAdverb..<firstAdjective).contains(token) ? adverbs[token - firstAdverb].factor : nil
    }
    return sum
  }
  // endregion: reward

  /// The review as a reader reads it.
  package static func text(_ tokens: some Sequence<Int32>) -> String {
    tokens.map { vocabulary[Int($0)] }.joined()
  }
}

import Posts
import TestSupport
import Testing

/// The index against the plain truth: a Chinese query of any length finds exactly the posts that
/// hold it.
@Suite struct DifferentialSearchTests {
  private static let seed: UInt64 = 20_260_111
  private static let alphabet = Array("扩散模型去噪采样梯度下降的一是在，。 ab1")

  private static func text(_ length: Int, _ generator: inout SeededGenerator) -> String {
    String((0..<length).map { _ in alphabet.randomElement(using: &generator) ?? "的" })
  }

  private static func isIdeographs(_ text: some StringProtocol) -> Bool {
    text.unicodeScalars.allSatisfy { (0x4e00...0x9fff).contains($0.value) }
  }

  @Test func `every run of ideographs is found where it stands and nowhere else`() throws {
    var generator = SeededGenerator(seed: Self.seed)
    let posts = try (0..<60).map { number in
      try Post("post-\(number)", title: "\(number)", category: "", Self.text(80, &generator))
    }
    let library = try PostLibrary.holding(posts)
    var asked = 0
    while asked < 600 {
      let length = 1 + asked % 6
      let post = try #require(posts.randomElement(using: &generator))
      let start = Int.random(in: 0..<70, using: &generator)
      // Half are cut from a post, half are made up.
      let query =
        asked % 2 == 0
        ? String(post.markdown.dropFirst(start).prefix(length)) : Self.text(length, &generator)
      asked += 1
      guard !query.isEmpty, Self.isIdeographs(query) else { continue }
      let truth = posts.filter { $0.markdown.contains(query) }.map(\.summary.slug.string)
      let found = try library.slugs(query, limit: 100)
      let isTrue = found.sorted() == truth.sorted()
      #expect(isTrue, "\(query), seed \(Self.seed)")
    }
  }

  @Test func `every word of every post is found in it`() throws {
    var generator = SeededGenerator(seed: Self.seed + 1)
    let posts = try (0..<20).map { number in
      try Post("post-\(number)", title: "\(number)", category: "", Self.text(60, &generator))
    }
    let library = try PostLibrary.holding(posts)
    for post in posts {
      for word in post.markdown.split(whereSeparator: { "，。 ".contains($0) }) {
        let found = try library.slugs(String(word), limit: 100)
        #expect(found.contains(post.summary.slug.string), "\(word), seed \(Self.seed)")
      }
    }
  }
}

import Demos
import Testing

struct CorpusTests {
  private static let post = """
    ---
    title: 题
    ---

    开头
    ## 一
    正文
    ```swift
    ## 不是标题
    ```
    ### 二
    尾

    """

  private func texts(_ parts: [[UInt8]]) -> [String] {
    parts.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func `sections go whole to one part, and front matter to none`() {
    let corpus = Corpus(posts: [Self.post], heldOutEvery: 3)
    #expect(texts(corpus.training) == ["## 一\n正文\n```swift\n## 不是标题\n```\n### 二\n尾\n\n"])
    #expect(texts(corpus.heldOut) == ["开头\n"])
  }

  @Test func `a text without front matter is all body`() {
    let corpus = Corpus(posts: ["甲\n## 一\n乙"], heldOutEvery: 4)
    #expect(texts(corpus.training) == ["甲\n"])
    #expect(texts(corpus.heldOut) == ["## 一\n乙\n"])
  }

  @Test func `the shipped posts are there, and about an eighth is held out`() throws {
    let corpus = try Corpus.shipped()
    #expect(corpus.training.count >= 6)
    let share = Double(corpus.heldOutBytes) / Double(corpus.heldOutBytes + corpus.trainingBytes)
    #expect((0.05...0.25).contains(share))
    let all = texts(corpus.training + corpus.heldOut)
    #expect(!all.contains { $0.contains("\ntitle_en: ") })
    #expect(try Corpus.shipped() == corpus)
  }

  @Test func `posts that are named come first, in that order`() throws {
    func opening(_ corpus: Corpus, _ post: Int) -> String { texts(corpus.training)[post] }
    let all = try Corpus.shipped()
    let named = try Corpus.shipped(first: ["vae", "adamw"])
    #expect(opening(named, 0).contains("变分"))
    #expect(opening(named, 1).contains("AdamW"))
    #expect(named.training.count == all.training.count)
    let few = try Corpus.shipped(first: ["vae"], limit: 0)
    #expect(few.training.count == 1 && opening(few, 0) == opening(named, 0))
  }

  @Test func `posts are taken while they fit, without their front matter`() {
    let posts = [Self.post, "甲乙", "丙", "丁"]
    let first = "开头\n## 一\n正文\n```swift\n## 不是标题\n```\n### 二\n尾\n".utf8.count
    #expect(Corpus.fitting(posts, limit: first + 9) == Array(posts.prefix(3)))
    #expect(Corpus.fitting(posts, limit: first + 8) == Array(posts.prefix(2)))
    #expect(Corpus.fitting(posts, limit: 0) == [Self.post])
    #expect(Corpus.fitting(posts, limit: .max) == posts)
  }
}

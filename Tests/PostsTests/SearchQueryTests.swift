import Posts
import TestSupport
import Testing

@Suite struct SearchQueryTests {
  /// A text with the matches of a query in brackets.
  private func marked(_ query: String, _ text: String) -> String {
    var marked = text
    for range in SearchQuery(query).matches(in: text).reversed() {
      marked.replaceSubrange(range, with: "[\(text[range])]")
    }
    return marked
  }

  @Test(arguments: [
    ("扩散", "扩散模型与扩散", "[扩散]模型与[扩散]"),
    ("散", "扩散模型", "扩[散]模型"),
    ("扩散模型", "去扩散模型。", "去[扩散模型]。"),
    ("KL散度", "先看 KL 散度", "先看 [KL 散度]"),
    ("autograd", "用 Autograd 求导", "用 [Autograd] 求导"),
    ("auto", "用 autograd 求导", "用 [autograd] 求导"),
    ("auto ", "用 autograd 求导", "用 autograd 求导"),
    ("norm2d", "nn.BatchNorm2d(3)", "nn.Batch[Norm2d](3)"),
    ("nn.functional", "import torch.nn.functional as F", "import torch.[nn.functional] as F"),
    ("ε_θ", "$\\epsilon_\\theta(x)$", "$\\[epsilon_\\theta](x)$"),
    ("->", "f: a -> b", "f: a [->] b"),
    ("@save", "#@save 与 save", "#[@save] 与 save"),
    ("__init__", "def __init__(self)", "def [__init__](self)"),
    ("Ｔ", "t 与 T", "[t] 与 [T]"),
    ("\"梯度 下降\"", "梯度下降 梯度", "[梯度下降] 梯度"),
    ("-梯度 下降", "梯度下降", "梯度[下降]"),
    ("", "梯度", "梯度"),
  ])
  func `marks what it finds`(query: String, text: String, expected: String) {
    #expect(marked(query, text) == expected)
  }

  @Test func `marked text equals a word of the query after folding`() {
    var generator = SeededGenerator(seed: 11)
    let words = ["扩散", "模型", "样", "batch", "Norm", "ＫＬ", "é", "α", "x_1", "散度", "的"]
    for _ in 0..<2000 {
      let text = (0..<12).map { _ in words.randomElement(using: &generator) ?? "" }
        .joined(separator: Bool.random(using: &generator) ? " " : "，")
      let query = words.randomElement(using: &generator) ?? ""
      let asked = Tokenizer.tokens(in: query).filter { !$0.isColocated }.map(\.text)
      for range in SearchQuery(query + " ").matches(in: text) {
        let found = Tokenizer.tokens(in: String(text[range])).map(\.text)
        #expect(Set(asked).isSubset(of: found), "\(query) in \(text): \(text[range])")
      }
    }
  }

  @Test func `only an empty text asks for nothing`() {
    #expect(SearchQuery("").isEmpty)
    #expect(SearchQuery(" \t　").isEmpty)
    for text in ["a", "\"", "->", "-a", "tag:", "AND", "\u{0}", "。"] {
      #expect(!SearchQuery(text).isEmpty, "\(text)")
    }
  }

  @Test func `reads no more than a kibibyte`() {
    let query = SearchQuery(String(repeating: "扩散 ", count: 100_000))
    #expect(query.text.utf8.count <= 1024)
    #expect(query.text.hasPrefix("扩散"))
  }
}

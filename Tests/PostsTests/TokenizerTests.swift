import Posts
import TestSupport
import Testing

@Suite struct TokenizerTests {
  /// Tokens as text: positions apart by blanks, what shares a position joined by `|`.
  private func tokens(_ text: String) -> String {
    Tokenizer.tokens(in: text).reduce(into: "") { line, token in
      line += token.isColocated ? "|" : line.isEmpty ? "" : " "
      line += token.text
    }
  }

  @Test(arguments: [
    ("采样", "采|采样 样"),
    ("梯", "梯"),
    ("去噪，采样。", "去|去噪 噪 采|采样 样"),
    ("KL散度", "kl 散|散度 度"),
    ("KL 散度", "kl 散|散度 度"),
    ("第3章", "第 3 章"),
    ("ひらがな", "ひ|ひら ら|らが が|がな な"),
    ("한국어", "한|한국 국|국어 어"),
    ("人々", "人|人々 々"),
  ])
  func `cuts ideographs into themselves and their bigrams`(text: String, expected: String) {
    #expect(tokens(text) == expected)
  }

  @Test(arguments: [
    ("nn.functional", "nn functional"),
    ("@tf_export", "tf export"),
    ("__init__", "init"),
    ("std::vector", "std vector"),
    ("BatchNorm2d", "batchnorm2d|batch|norm2d"),
    ("KLDivergence", "kldivergence|kl|divergence"),
    ("PyTorch", "pytorch|py|torch"),
    ("GPT2", "gpt2"),
    ("3.14", "3 14"),
    ("C++ 和 C#、F#", "c++ 和 c# f#"),
    ("c+ d++ abc++", "c d abc"),
  ])
  func `cuts words at signs and names camel case by its parts`(text: String, expected: String) {
    #expect(tokens(text) == expected)
  }

  @Test(arguments: [
    ("Ｔｒａｎｓｆｏｒｍｅｒ", "transformer"),
    ("naïve Müller Ångström", "naive muller angstrom"),
    ("e\u{301}tude", "etude"),
    ("Привет", "привет"),
    ("𝔼[𝐱]", "e x"),
    ("ﬁne", "fine"),
  ])
  func `folds case width marks and mathematical alphabets`(text: String, expected: String) {
    #expect(tokens(text) == expected)
  }

  @Test(arguments: [
    ("α", "alpha"), ("\\alpha", "alpha"), ("alpha", "alpha"), ("Σ", "sigma"),
    ("ϵ", "epsilon"), ("\\varepsilon", "epsilon"), ("𝜃", "theta"), ("µ", "mu"),
    ("\\epsilon_\\theta(x_t)", "epsilon theta x t"),
    ("ε_θ(xₜ)", "epsilon theta x t"),
    ("\\bar\\alpha_t", "bar alpha t"),
    ("σ²", "sigma 2"), ("xₜ₋₁", "x t 1"),
    ("Δt", "delta t"),
  ])
  func `reads Greek letters by name in every notation`(text: String, expected: String) {
    #expect(tokens(text) == expected)
  }

  @Test func `every token names the bytes it came from`() {
    var generator = SeededGenerator(seed: 7)
    let alphabet = Array("ab Z9_.扩散模型，ε\u{301}Ａ𝐱ₜ#+\\{}😀é")
    for _ in 0..<2000 {
      let text = String((0..<12).map { _ in alphabet.randomElement(using: &generator) ?? "a" })
      let utf8 = Array(text.utf8)
      var start = 0
      for token in Tokenizer.tokens(in: text) {
        #expect(token.range.upperBound <= utf8.count && !token.range.isEmpty, "\(text)")
        #expect(token.isColocated || token.range.lowerBound >= start, "\(text)")
        if !token.isColocated { start = token.range.lowerBound }
        // Reading the same bytes alone gives the token again.
        let piece = String(decoding: utf8[token.range], as: UTF8.self)
        #expect(Tokenizer.tokens(in: piece).contains { $0.text == token.text }, "\(text)")
      }
    }
  }

  @Test func `a very long word is known by its beginning`() {
    let tokens = Tokenizer.tokens(in: String(repeating: "x", count: 100_000))
    #expect(tokens.map(\.text.utf8.count) == [64])
    #expect(tokens.first?.range == 0..<100_000)
  }
}

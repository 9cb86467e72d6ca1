import Posts
import TestSupport
import Testing

@Suite struct HostileQueryTests {
  @Test func `no text is an error`() throws {
    let seed: UInt64 = 42
    var generator = SeededGenerator(seed: seed)
    let library = try PostLibrary.holding([
      Post("a", title: "AND OR NOT", "NEAR(a b) \"x\" -> 梯度 a* ^b {title} : + C++"),
      Post("b", title: "梯度", "$\\epsilon_\\theta$ 采样"),
    ])
    let pieces = [
      "\"", "“", "”", "'", "(", ")", "{", "}", "*", "^", ":", "-", "+", "AND", "OR", "NOT", "NEAR",
      "NEAR(", ",", "/", "\\", "title:", "tag:", "-tag:", "body :", "rank", "a", "ab", "梯度", "梯",
      "ε", "_θ", " ", "\t", "\n", "\u{0}", "\u{202e}", "😀", "e\u{301}", "　", "：", "％", "C++", "C#",
      ";", "--", "/*", "DROP TABLE post", "x'00'", "?1", "@a", "$a", "\u{fffd}", "\u{10ffff}",
    ]
    for _ in 0..<5000 {
      let count = Int.random(in: 1...8, using: &generator)
      let query = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      #expect(throws: Never.self, "\(query.debugDescription), seed \(seed)") {
        _ = try library.search(SearchQuery(query))
      }
    }
  }

  @Test func `random scalars are no error`() throws {
    let seed: UInt64 = 43
    var generator = SeededGenerator(seed: seed)
    let library = try PostLibrary.holding([Post("a", "梯度 gradient")])
    for _ in 0..<3000 {
      var query = ""
      for _ in 0..<Int.random(in: 0...20, using: &generator) {
        let value = UInt32.random(in: 0...0x10ffff, using: &generator)
        let isASCII = Bool.random(using: &generator)
        if let scalar = Unicode.Scalar(isASCII ? value % 128 : value) {
          query.unicodeScalars.append(scalar)
        }
      }
      #expect(throws: Never.self, "\(query.debugDescription), seed \(seed)") {
        _ = try library.search(SearchQuery(query))
      }
    }
  }
}

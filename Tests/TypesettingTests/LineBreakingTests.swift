import Canvas
import TestSupport
import Testing
import Typesetting

/// Where lines of Chinese mixed with Latin words may break.
struct LineBreakingTests {
  private func wrap(_ text: String, _ width: Int) -> [String] {
    let glyphs = [Glyph].of(SafeText(text))
    return LineBreaking(width: width).lines(glyphs).map { range in
      String(glyphs[range].map(\.character))
    }
  }

  @Test(arguments: [
    ("一二三四五六", 6, ["一二三", "四五六"]),
    ("一二三，四", 6, ["一二", "三，四"]),
    ("一二三。”四", 6, ["一二", "三。”", "四"]),
    ("一二（三）四", 6, ["一二", "（三）", "四"]),
    ("“一二”三", 5, ["“一", "二”三"]),
    ("中文abc中文", 6, ["中文", "abc中", "文"]),
    ("约95%的数", 6, ["约95%", "的数"]),
    ("价￥95元", 5, ["价", "￥95", "元"]),
    ("等等……好", 5, ["等", "等……", "好"]),
    ("甲——乙丙", 4, ["甲——", "乙丙"]),
    ("it’s 好", 4, ["it’s", "好"]),
    ("it’s好", 3, ["it’", "s好"]),
    ("a well-known fact", 7, ["a well-", "known", "fact"]),
    ("and/or not", 4, ["and/", "or", "not"]),
    ("值 -5 好", 4, ["值", "-5", "好"]),
    ("in 2026-01-11 on", 11, ["in", "2026-01-11", "on"]),
    ("f(x), 好的", 6, ["f(x),", "好的"]),
    ("  前后  空白  ", 4, ["前后", "空白"]),
    ("word 。 好", 5, ["wor", "d 。", "好"]),
    ("説\"好\"的", 4, ["説", "\"好\"", "的"]),
    ("https://a.bc/defgh", 10, ["https://a.", "bc/defgh"]),
    ("abcdefghijkl", 5, ["abcde", "fghij", "kl"]),
    ("！！！！！！", 6, ["！！！", "！！！"]),
    ("😀👨‍👩‍👧😀", 4, ["😀👨‍👩‍👧", "😀"]),
  ])
  func `lines break where the rules say`(text: String, width: Int, expected: [String]) {
    #expect(wrap(text, width) == expected)
  }

  @Test func `a formula breaks between its pieces only`() {
    var glyphs = [Glyph].of(SafeText("x = y + z"))
    for index in glyphs.indices { glyphs[index].joint = index == 4 ? .open : .glued }
    glyphs[0].joint = .natural
    let lines = LineBreaking(width: 6).lines(.of(SafeText("因为")) + glyphs)
    #expect(lines == [0..<2, 2..<5, 6..<11])
  }

  private static let closing = Set("。，、；：！？）」』】》〉〗〕”’…—·～％‰")
  private static let opening = Set("（「『【《〈〖〔“‘([{")
  private static let pieces = [
    "扩散", "模", "型", "，", "。", "、", "；", "：", "！", "？", "（", "）", "《", "》", "“", "”", "……", "——",
    "GPT-4", "model", "state-of-the-art", " ", " ", "95%", "-3.5", "x/y", "f(x)", "(", ")", "a, b",
    "https://arxiv.org/abs/2006.11239?a=b&c=d", "[1]", "don’t", "é", "α", "→", "😀", "％", "·",
  ]

  @Test(arguments: 1...40)
  func `no width breaks a rule or loses a character`(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let text = (0..<120).map { _ in
      Self.pieces.randomElement(using: &random) ?? ""
    }.joined()
    let glyphs = [Glyph].of(SafeText(text))
    for width in 20...200 {
      let lines = LineBreaking(width: width).lines(glyphs)
      let fault = fault(glyphs, lines, width: width)
      #expect(fault == nil, "seed \(seed), width \(width): \(text)")
    }
  }

  /// The first rule that the lines break, if any.
  private func fault(_ glyphs: [Glyph], _ lines: [Range<Int>], width: Int) -> String? {
    var previousEnd = 0
    for (index, line) in lines.enumerated() {
      let skipped = glyphs[previousEnd..<line.lowerBound]
      guard let first = glyphs[line].first?.character, let last = glyphs[line].last?.character,
        first != " ", last != " "
      else { return "line \(index) is empty or has a blank at its edge" }
      if glyphs[line].reduce(0, { $0 + $1.columns }) > width { return "line \(index) is too wide" }
      if !skipped.allSatisfy({ $0.character == " " }) { return "line \(index) lost text" }
      let isClosing =
        Self.closing.contains(first)
        || (skipped.isEmpty && ",.;:!?)]}".contains(first))
      if index > 0 && isClosing { return "line \(index) starts with \(first)" }
      if index < lines.count - 1 && Self.opening.contains(last) {
        return "line \(index) ends with \(last)"
      }
      previousEnd = line.upperBound
    }
    return glyphs[previousEnd...].allSatisfy { $0.character == " " } ? nil : "the end is lost"
  }
}

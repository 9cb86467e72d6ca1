import Demos
import TestSupport
import Testing

struct TextPiecesTests {
  private func pieces(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return TextPieces(bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  @Test(arguments: [
    ("模型，模型。", ["模型", "，", "模型", "。"]),
    ("The GPT-2 model", ["The", " GPT", "-", "2", " model"]),
    (#"$\alpha_t=\{1\}$"#, ["$", #"\alpha"#, "_", "t", "=", #"\{"#, "1", #"\}"#, "$"]),
    (
      "if x {\n    y = 10\n}",
      ["if", " x", " ", "{", "\n", "   ", " y", " ", "=", " ", "1", "0", "\n", "}"]
    ),
    ("DPO：直接", ["DPO", "：", "直接"]),
    (#"a\"#, ["a", #"\"#]),
    ("x\n\ny", ["x", "\n\n", "y"]),
  ])
  func `text is cut where words, commands and marks meet`(text: String, expected: [String]) {
    #expect(pieces(text) == expected)
  }

  @Test(arguments: 1...20)
  func `pieces joined are the text`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet = Array("a1 \t\n\\模。é\u{1f600}{".utf8)
    let text = (0..<200).map { _ in alphabet.randomElement(using: &random) ?? 0 }
    var end = 0
    for piece in TextPieces(text) {
      #expect(piece.lowerBound == end && !piece.isEmpty, "seed \(seed)")
      end = piece.upperBound
    }
    #expect(end == text.count)
  }
}

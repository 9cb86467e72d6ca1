import Formula
import Testing

/// Formulas as MathML: closed, with arguments in the right number, and every letter kept.
struct MathMLTests {
  private func mathML(_ tex: String, isDisplay: Bool = true) throws -> String {
    try #require(ParsedFormula(tex).mathML(isDisplay: isDisplay))
  }

  /// The element without what stands around it in every formula.
  private func inner(_ tex: String) throws -> String {
    let text = try mathML(tex)
    let start = try #require(text.firstRange(of: "<semantics><mrow>")).upperBound
    let end = try #require(text.firstRange(of: "</mrow><annotation")).lowerBound
    return String(text[start..<end])
  }

  @Test(arguments: [
    ("x_t^2", "<msubsup><mi>x</mi><mrow><mi>t</mi></mrow><mrow><mn>2</mn></mrow></msubsup>"),
    ("\\frac{1}{20}", "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>20</mn></mrow></mfrac>"),
    ("\\sqrt[3]{x}", "<mroot><mrow><mi>x</mi></mrow><mrow><mn>3</mn></mrow></mroot>"),
    ("a<b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
    ("\\text{若 }x", "<mtext>若\u{A0}</mtext><mi>x</mi>"),
    ("\\quad", "<mspace width=\"1em\"/>"),
    ("\\foo", "<mtext class=\"unknown\">\\foo</mtext>"),
    (
      "\\bar x", "<mover accent=\"true\"><mrow><mi>x</mi></mrow><mo>¯</mo></mover>"
    ),
    (
      "\\max_a Q",
      "<munder><mo movablelimits=\"true\">max</mo><mrow><mi>a</mi></mrow></munder><mi>Q</mi>"
    ),
  ])
  func `constructs have their elements`(tex: String, expected: String) throws {
    #expect(try inner(tex) == expected)
  }

  @Test func `tags are closed, and elements have the arguments they need`() throws {
    for tex in sampleFormulas {
      let text = try mathML(tex)
      var open: [(name: String, children: Int)] = []
      for match in text.matches(of: /<(\/?)([a-z]+)[^>]*?(\/?)>/) {
        let name = String(match.2)
        if match.1.isEmpty {
          if !open.isEmpty { open[open.count - 1].children += 1 }
          if match.3.isEmpty { open.append((name, 0)) }
        } else {
          let closed = try #require(open.last, "\(tex)")
          open.removeLast()
          #expect(closed.name == name, "\(tex)")
          #expect(
            Self.arguments[name, default: closed.children] == closed.children, "\(tex): \(name)")
        }
      }
      #expect(open.isEmpty, "\(tex)")
    }
  }

  private static let arguments = [
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2,
    "munderover": 3, "semantics": 2,
  ]

  @Test func `a broken formula has none`() {
    #expect(ParsedFormula("\\frac{1}{").mathML(isDisplay: false) == nil)
  }
}

import Canvas
import Foundation
import Formula
import TestSupport
import Testing

/// What holds of every formula, at every width, on every kind of terminal.
@Suite struct FormulaPropertyTests {
  @Test(arguments: [1, 2], [20, 60, 80])
  func `all rows of a box have its width, and the axis is inside`(ambiguous: Int, width: Int) {
    for tex in sampleFormulas {
      expectSound(ParsedFormula(tex).drawing(width: width, ambiguous: ambiguous), ambiguous, tex)
    }
  }

  @Test(arguments: [1, 2])
  func `a formula in a sentence is one row as wide as it says`(ambiguous: Int) {
    let displayWidth = DisplayWidth(ambiguous: ambiguous)
    for tex in sampleFormulas {
      let options = FormulaOptions(displayWidth: displayWidth)
      guard case .row(let row) = ParsedFormula(tex).inline(options: options) else { continue }
      #expect(displayWidth.columns(of: row.text) == row.width, "\(tex)")
      #expect(!row.text.contains { $0.isNewline }, "\(tex)")
    }
  }

  @Test func `no command name is left in a formula without unknown commands`() {
    for tex in sampleFormulas {
      let formula = ParsedFormula(tex)
      guard !formula.isBroken, formula.unknownCommands.isEmpty else { continue }
      #expect(!formula.box(width: 80).text.contains("\\"), "\(tex)")
      #expect(!row(tex).contains("\\"), "\(tex)")
    }
  }

  @Test func `letters, digits and ideographs come out as they went in`() {
    for tex in sampleFormulas where !tex.contains("nowhere") && !tex.contains("tag") {
      let formula = ParsedFormula(tex)
      guard !formula.isBroken, formula.unknownCommands.isEmpty else { continue }
      let expected = ink(ofSource: tex)
      #expect(ink(of: formula.box(width: 80).text) == expected, "drawn: \(tex)")
      guard row(tex) != "hoisted", !tex.contains("binom") else { continue }
      #expect(ink(of: row(tex)) == expected, "in a sentence: \(tex)")
    }
  }

  @Test func `drawing twice gives the same`() {
    for tex in sampleFormulas {
      #expect(ParsedFormula(tex).box(width: 60) == ParsedFormula(tex).box(width: 60))
    }
  }

  @Test(arguments: 1...8)
  func `no mutation of a formula crashes or bends a box`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<400 {
      let tex = mutated(&generator)
      let formula = ParsedFormula(tex)
      let ambiguous = Int.random(in: 1...2, using: &generator)
      let width = Int.random(in: 1...100, using: &generator)
      expectSound(
        formula.drawing(width: width, ambiguous: ambiguous), ambiguous, "seed \(seed): \(tex)")
      _ = formula.inline()
      _ = formula.searchText
    }
  }

  // MARK: Checks

  private func expectSound(_ box: FormulaBox, _ ambiguous: Int, _ context: String) {
    let displayWidth = DisplayWidth(ambiguous: ambiguous)
    #expect(box.rows.indices.contains(box.axis), "\(context)")
    for row in box.rows {
      let columns = row.reduce(0) { $0 + displayWidth.columns(of: $1.text) }
      #expect(columns == box.width, "\(context)")
    }
  }

  /// A sample with a few pieces cut out, doubled, exchanged or put in from another sample.
  private func mutated(_ generator: inout SeededGenerator) -> String {
    func sample() -> [Character] { Array(sampleFormulas.randomElement(using: &generator) ?? "") }
    var text = sample()
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let start = Int.random(in: 0...text.count, using: &generator)
      let end = min(text.count, start + Int.random(in: 0...6, using: &generator))
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: text.removeSubrange(start..<end)
      case 1: text.insert(contentsOf: text[start..<end], at: end)
      case 2: text.insert(contentsOf: sample().prefix(20), at: start)
      default:
        text.insert(
          contentsOf: "{}\\^_&$%[]'\u{301}国".shuffled(using: &generator).prefix(2), at: start)
      }
    }
    return String(text)
  }

  // MARK: Ink

  /// The letters of ASCII, digits and ideographs of a drawing; small ones count as plain ones.
  private func ink(of drawing: String) -> String {
    let plain = drawing.replacing("⊤", with: "T").replacing("×", with: "x")
      .decomposedStringWithCompatibilityMapping
    return String(plain.unicodeScalars.filter(isInk).map(Character.init).sorted())
  }

  private func isInk(_ scalar: Unicode.Scalar) -> Bool {
    (0x4e00...0x9fff).contains(scalar.value)
      || scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
  }

  /// The same of the source: what is left without commands, names and measures.
  private func ink(ofSource tex: String) -> String {
    var text = tex
    text.replace(/\\begin\{(array|alignat)\}\{[^}]*\}/, with: "")
    text.replace(/\\(begin|end|label|color|hspace)\{[^}]*\}/, with: "")
    text.replace(/\\textcolor\{[^}]*\}/, with: "")
    text.replace(/\\kern3pt|%b/, with: "")
    text.replace(/\\top(?![a-z])/, with: " T")
    text.replace(/\\times(?![a-z])/, with: " x")
    text.replace(/\\ell(?![a-z])/, with: " l")
    text.replace(/\\[bp]mod(?![a-z])/, with: " mod")
    text.replace(/\\phantom\{abc\}/, with: "")
    text.replace(#/\\(log|exp|sin|cos|tanh|arg|max|min|sup|inf|lim|det|Pr)(?![a-z])/#) {
      " \($0.1)"
    }
    text.replace(/\\[a-zA-Z]+/, with: " ")
    return ink(of: text)
  }
}

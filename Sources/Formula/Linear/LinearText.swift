import Canvas

/// A stretch of a formula on one row, with what its surroundings must know of it.
struct LinearText {
  var cells: [GlyphCell] = []
  /// How loosely it hangs together; a tighter place needs parentheses around it.
  var precedence = Precedence.atom
  /// Places, as numbers of cells before them, where a line may end.
  var breaks: [Int] = []
  /// It ends in a script without parentheses, which a following letter would seem to join.
  var endsInBareScript = false

  /// From the loosest to the tightest.
  enum Precedence: Int, Comparable {
    case punctuation, relation, binary, fraction, application, product, root, atom

    static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }
  }

  init(_ cells: [GlyphCell] = [], _ precedence: Precedence = .atom) {
    self.cells = cells
    self.precedence = precedence
  }

  init(
    _ text: String, _ role: FormulaRole, _ attributes: Style.Attributes = [],
    precedence: Precedence = .atom
  ) {
    self.init(GlyphCell.cells(text, role, attributes), precedence)
  }

  var isEmpty: Bool { cells.isEmpty }

  /// Adds a text to the right, kept off by a blank where it would seem to join a script.
  mutating func append(_ other: LinearText) {
    guard let first = other.cells.first else { return }
    let joins = first.character.isLetter || first.character.isNumber
    if endsInBareScript && joins { cells.append(.blank) }
    breaks += other.breaks.map { $0 + cells.count }
    cells += other.cells
    endsInBareScript = other.endsInBareScript
  }

  mutating func appendBlanks(_ count: Int) {
    guard count > 0 else { return }
    cells += Array(repeating: .blank, count: count)
    endsInBareScript = false
  }

  /// The text between brackets; inside short ones no line ends.
  func enclosed(_ left: String = "(", _ right: String = ")") -> LinearText {
    var enclosed = LinearText(left, .structure)
    enclosed.append(self)
    enclosed.endsInBareScript = false
    enclosed.append(LinearText(right, .structure))
    return enclosed.withoutShortBreaks
  }

  /// The text, in parentheses if it is looser than its place asks.
  func enclosed(below precedence: Precedence) -> LinearText {
    self.precedence < precedence ? enclosed() : self
  }

  /// A group of at most twelve columns stays on one line.
  var withoutShortBreaks: LinearText {
    var text = self
    if cells.columns(.standard) <= 12 { text.breaks = [] }
    return text
  }

  /// Whether the whole stands in one pair of brackets already.
  var isEnclosed: Bool {
    guard let first = cells.first?.character, let last = cells.last?.character, cells.count > 1,
      "([{⟨".contains(first), ")]}⟩".contains(last)
    else { return false }
    var depth = 0
    for (index, cell) in cells.enumerated() {
      if "([{⟨".contains(cell.character) { depth += 1 }
      if ")]}⟩".contains(cell.character) { depth -= 1 }
      if depth == 0 && index < cells.count - 1 { return false }
    }
    return true
  }

  /// Whether the whole stands between one pair of upright bars, as a norm does.
  var isBetweenBars: Bool {
    guard let bar = cells.first?.character, "|‖".contains(bar), cells.count > 2 else {
      return false
    }
    return cells.last?.character == bar && cells.filter { $0.character == bar }.count == 2
  }
}

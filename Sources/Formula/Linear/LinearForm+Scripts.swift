import Canvas

extension LinearText {
  /// Adds a script: as small characters, as `_x` for one atom or word, else in parentheses.
  mutating func append(
    script nodes: [FormulaNode], _ position: ScriptWriter.Position, by form: LinearForm,
    isLimit: Bool = false
  ) {
    if let glyphs = form.smallGlyphs(of: nodes, position) {
      cells += glyphs
      if !glyphs.isEmpty { endsInBareScript = false }
      return
    }
    let script = form.text(nodes)
    guard !script.isEmpty else { return }
    append(LinearText(position == .lower ? "_" : "^", .structure))
    // Nobody primes an operator, so that the prime in `max_a′` can only be its letter's.
    let isWord = nodes.isWord || isLimit && nodes.isPrimedWord
    let isOneWord = isWord && !script.cells.contains(.blank)
    if script.isEnclosed || isOneWord || script.cells.count == 1 {
      cells += script.cells
      endsInBareScript = !script.isEnclosed
    } else {
      cells += script.enclosed().cells
      endsInBareScript = false
    }
  }

  /// A single minus or plus.
  var isSign: Bool { cells.count == 1 && "−+±∓".contains(cells[0].character) }

  /// A closing bracket, with or without scripts.
  var startsWithBracket: Bool { cells.first.map { ")]}⟩|‖⌉⌋".contains($0.character) } == true }

  var isDigits: Bool { cells.allSatisfy { $0.role == .number } }

  /// Letters of one upright word, such as `softmax`.
  var isWord: Bool { cells.allSatisfy { $0.role == .text && $0.character.isLetter } }
}

extension AtomClass {
  /// Whether a factor to the right of it multiplies with it.
  var multipliesRight: Bool {
    switch self {
    case .ordinary, .closing, .inner, .largeOperator: true
    default: false
    }
  }

  /// Whether a factor to the left of it multiplies with it.
  var multipliesLeft: Bool {
    switch self {
    case .ordinary, .opening, .inner, .largeOperator, .prefix: true
    default: false
    }
  }
}

extension StretchedArrow {
  /// The arrow without a label to carry.
  var short: String {
    if right == shaft { return left == shaft ? "=" : String(left) }
    return left == shaft ? String(right) : left == "←" ? "↔" : left == "⇐" ? "⇔" : String(left)
  }
}

extension Character {
  /// The grapheme with one more combining mark; at most four stay on a base.
  func marked(_ mark: Unicode.Scalar) -> Character {
    guard unicodeScalars.count <= 4, self != " " else { return self }
    var text = String(self)
    text.unicodeScalars.append(mark)
    return text.count == 1 ? Character(text) : self
  }
}

extension [String: String] {
  /// A label's number as a reference shows it; `??` for a label that no formula has.
  func shown(_ label: String, parenthesised: Bool) -> String {
    let number = self[label] ?? "??"
    return parenthesised ? "(\(number))" : number
  }
}

import Canvas

/// The commands that stand for one sign, by name.
///
/// Families are written as text, `name sign name sign …`, which is the form in which they can be
/// read and checked against math.md; they become one dictionary at the first use.
enum SymbolTable {
  static func symbol(named name: String) -> FormulaSymbol? {
    symbols[name]
  }

  private static let symbols: [String: FormulaSymbol] = {
    var symbols: [String: FormulaSymbol] = [:]
    let families = [letters, ordinarySigns, functions, largeOperators, binaries, relations, arrows]
    for family in families + [brackets, dots] {
      for (name, symbol) in family { symbols[name] = symbol }
    }
    return symbols
  }()

  /// Reads one family, all of whose signs share class, role and limits.
  static func family(
    _ atomClass: AtomClass, _ role: FormulaRole, limits: LimitPlacement = .beside, _ rows: String
  ) -> [(String, FormulaSymbol)] {
    let words = rows.split(whereSeparator: \.isWhitespace)
    return stride(from: 0, to: words.count - 1, by: 2).map { index in
      let symbol = FormulaSymbol(
        text: String(words[index + 1]), atomClass: atomClass, role: role, limits: limits)
      return (String(words[index]), symbol)
    }
  }

  /// A family whose signs are the names themselves.
  static func words(limits: LimitPlacement, _ names: String) -> [(String, FormulaSymbol)] {
    names.split(whereSeparator: \.isWhitespace).map { name in
      let symbol = FormulaSymbol(
        text: String(name), atomClass: .largeOperator, role: .text, limits: limits)
      return (String(name), symbol)
    }
  }

  /// A character typed as itself.
  static func symbol(typed character: Character) -> FormulaSymbol {
    typed[character] ?? letterOrDigit(character)
  }

  private static func letterOrDigit(_ character: Character) -> FormulaSymbol {
    if character.isASCII {
      let isNumber = character.isWholeNumber || character == "."
      return FormulaSymbol(text: String(character), role: isNumber ? .number : .variable)
    }
    let isIdeograph = DisplayWidth.standard.columns(of: character) == 2
    if isIdeograph {
      let atomClass: AtomClass =
        "（【《".contains(character)
        ? .opening : "）】》".contains(character) ? .closing : .ordinary
      return FormulaSymbol(text: String(character), atomClass: atomClass, role: .text)
    }
    return reversed[character] ?? FormulaSymbol(text: String(character))
  }

  /// Signs typed in Unicode (`≤`, `∈`) have the class of their command.
  private static let reversed: [Character: FormulaSymbol] = {
    var reversed: [Character: FormulaSymbol] = [:]
    for family in [largeOperators, binaries, relations, arrows, brackets] {
      for (_, symbol) in family where symbol.text.count == 1 {
        if let character = symbol.text.first { reversed[character] = symbol }
      }
    }
    return reversed
  }()

  private static let typed: [Character: FormulaSymbol] = {
    func symbol(_ text: String, _ atomClass: AtomClass, _ role: FormulaRole) -> FormulaSymbol {
      FormulaSymbol(text: text, atomClass: atomClass, role: role)
    }
    var typed: [Character: FormulaSymbol] = [
      "-": symbol("−", .binary, .relation), "'": symbol("′", .ordinary, .variable),
      "`": symbol("‘", .ordinary, .variable),
    ]
    // The asterisk on the line is not the star of a script.
    typed["*"] = symbol("∗", .binary, .relation)
    for character in "+−" { typed[character] = symbol(String(character), .binary, .relation) }
    for character in "=<>:" { typed[character] = symbol(String(character), .relation, .relation) }
    for character in ",;" {
      typed[character] = symbol(String(character), .punctuation, .structure)
    }
    for character in "([" { typed[character] = symbol(String(character), .opening, .structure) }
    for character in ")]" { typed[character] = symbol(String(character), .closing, .structure) }
    typed["|"] = symbol("|", .bar, .structure)
    for character in "/@!?" { typed[character] = symbol(String(character), .ordinary, .structure) }
    return typed
  }()
}

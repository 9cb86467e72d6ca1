import Canvas

extension FormulaParser {
  /// Reads what follows a command and makes its nodes.
  mutating func production(_ command: FormulaCommand) throws(FormulaFault) -> [FormulaNode] {
    switch command {
    case .fraction, .generalFraction, .radical, .accent, .arrow, .stackedRelation, .overset,
      .underset, .substack:
      try construct(command)
    case .left, .right, .middle, .bigDelimiter, .begin, .end, .framed:
      try enclosure(command)
    case .font, .fontDeclaration, .text, .operatorName, .classed, .negation, .modulo:
      try letters(command)
    case .space, .measuredSpace, .style, .limits, .ignored, .transparent, .boxed, .cancelled,
      .phantom, .circled:
      try appearance(command)
    case .label, .tag, .unnumbered, .reference, .macroDefinition, .rule:
      try bookkeeping(command)
    case .infix:
      []
    }
  }

  /// Fractions, roots, accents and stacks.
  private mutating func construct(_ command: FormulaCommand) throws(FormulaFault) -> [FormulaNode] {
    switch command {
    case .fraction(let kind):
      _ = try stream.takeRawOption()  // \cfrac[l]
      let numerator = try argument()
      let fraction = FormulaFraction(
        numerator: numerator, denominator: try argument(), kind: kind)
      return [.fraction(fraction)]
    case .generalFraction:
      return try generalFraction()
    case .radical:
      let degree = try option()
      return [.radical(degree: degree, body: try argument())]
    case .accent(let accent):
      _ = stream.take(.character("*"))
      return [.accent(accent, try argument())]
    case .arrow(let arrow):
      let under = try option()
      return [.arrow(arrow, over: try argument(), under: under)]
    case .stackedRelation, .overset:
      let over = try argument()
      return [.stack(base: try argument(), over: over, under: nil)]
    case .underset:
      let under = try argument()
      return [.stack(base: try argument(), over: nil, under: under)]
    default:
      return try lines()
    }
  }

  /// `\genfrac`: delimiters, the thickness of the bar and a style come before the two parts.
  private mutating func generalFraction() throws(FormulaFault) -> [FormulaNode] {
    let delimiters = [try argument(), try argument()].map { nodes -> Delimiter in
      if case .symbol(let symbol)? = nodes.first { symbol.text.first } else { nil }
    }
    let hasBar = try stream.takeRawArgument().sourceText.first != "0"
    _ = try stream.takeRawArgument()
    let numerator = try argument()
    let fraction = FormulaFraction(
      numerator: numerator, denominator: try argument(), kind: hasBar ? .bar : .stacked)
    guard delimiters.contains(where: { $0 != nil }) else { return [.fraction(fraction)] }
    if !hasBar && delimiters == ["(", ")"] {
      return [
        .fraction(
          FormulaFraction(
            numerator: numerator, denominator: fraction.denominator, kind: .binomial))
      ]
    }
    let fence = FormulaFence(
      left: delimiters[0], right: delimiters[1], parts: [[.fraction(fraction)]], middles: [])
    return [.fenced(fence)]
  }

  /// `\substack{a \\ b}`: lines one under the other.
  private mutating func lines() throws(FormulaFault) -> [FormulaNode] {
    let body = try argument()
    if case .matrix(var matrix)? = body.first, body.count == 1, matrix.columns == .left {
      matrix.columns = .lines
      return [.matrix(matrix)]
    }
    return [.group(body)]
  }

  private mutating func option() throws(FormulaFault) -> [FormulaNode]? {
    stream.skipSpaces()
    guard stream.take(.character("[")) else { return nil }
    let body = try list(until: .character("]"))
    guard stream.take(.character("]")) else { throw .unbalancedGroup }
    return body
  }

  /// Fonts, words and classes.
  private mutating func letters(_ command: FormulaCommand) throws(FormulaFault) -> [FormulaNode] {
    switch command {
    case .font(let font):
      return grouped(try argument(in: font))
    case .fontDeclaration(let font):
      self.font = font
      return []
    case .text(let attributes):
      return grouped(try text(attributes))
    case .operatorName:
      let isStarred = stream.take(.character("*"))
      let name = try argument(in: .roman)
      return [.group(name, .largeOperator, isStarred ? .stackedInDisplay : .beside)]
    case .classed(let atomClass):
      let limits = atomClass == .largeOperator ? LimitPlacement.stackedInDisplay : .beside
      return [.group(try argument(), atomClass, limits)]
    case .modulo(let isParenthesised):
      return try modulo(isParenthesised: isParenthesised)
    default:
      return negated(try argument())
    }
  }

  /// One node as it is, several as a group, so that scripts go to the whole.
  private func grouped(_ nodes: [FormulaNode]) -> [FormulaNode] {
    nodes.count == 1 ? nodes : [.group(nodes)]
  }

  private func negated(_ nodes: [FormulaNode]) -> [FormulaNode] {
    guard case .symbol(var symbol)? = nodes.first else { return nodes }
    symbol.text = SymbolTable.negations[symbol.text] ?? symbol.text + "\u{338}"
    return [.symbol(symbol)] + nodes.dropFirst()
  }

  private mutating func modulo(isParenthesised: Bool) throws(FormulaFault) -> [FormulaNode] {
    let word = FormulaSymbol(text: "mod", atomClass: .binary, role: .text)
    guard isParenthesised else { return [.symbol(word)] }
    let open = FormulaNode.symbol(SymbolTable.symbol(typed: "("))
    let close = FormulaNode.symbol(SymbolTable.symbol(typed: ")"))
    return [.space(1), open, .text("mod ", [])] + (try argument()) + [close]
  }

  /// Spaces, styles, and what is drawn in another way.
  private mutating func appearance(
    _ command: FormulaCommand
  ) throws(FormulaFault) -> [FormulaNode] {
    switch command {
    case .space(let columns): return [.space(columns)]
    case .measuredSpace(let isBraced): return [.space(try measure(isBraced: isBraced))]
    case .style(let style): return [.styleChange(style)]
    case .boxed: return [.boxed(try argument())]
    case .cancelled: return [.cancelled(try argument())]
    case .circled: return circled(try argument())
    case .phantom: return [.phantom(try argument())]
    case .ignored(let count):
      _ = stream.take(.character("*"))
      for _ in 0..<count { _ = try stream.takeRawArgument() }
      return []
    case .transparent(let count):
      for _ in 0..<count { _ = try stream.takeRawArgument() }
      return [.group(try argument())]
    default: return []
    }
  }

  /// `①` for a digit, parentheses around anything else.
  private func circled(_ body: [FormulaNode]) -> [FormulaNode] {
    if case .symbol(let symbol)? = body.first, body.count == 1, let digit = Int(symbol.text),
      digit > 0, let sign = Unicode.Scalar(0x2460 + UInt32(digit) - 1)
    {
      return [.symbol(FormulaSymbol(text: String(Character(sign)), role: .number))]
    }
    return [.fenced(FormulaFence(left: "(", right: ")", parts: [body], middles: []))]
  }

  /// Reads a length and gives it in columns; one column is about half an em.
  private mutating func measure(isBraced: Bool) throws(FormulaFault) -> Int {
    _ = stream.take(.character("*"))
    var length = ""
    if isBraced && stream.next == .beginGroup {
      length = try stream.takeRawArgument().sourceText
    } else {
      while case .character(let character)? = stream.next,
        character.isLetter && length.filter(\.isLetter).count < 2
          || "0123456789.-+".contains(character)
      {
        length.append(character)
        _ = stream.take()
      }
    }
    return Dimension(length).columns
  }
}

/// A length of TeX.
struct Dimension {
  private let amount: Double
  private let unit: String

  init(_ source: String) {
    let source = source.filter { !$0.isWhitespace }
    amount = Double(source.filter { "0123456789.-".contains($0) }) ?? 0
    unit = source.filter(\.isTeXLetter)
  }

  static func isDimension(_ source: String) -> Bool {
    let unit = source.filter(\.isTeXLetter)
    let units: Set<String> = ["em", "ex", "pt", "px", "mu", "in", "cm", "mm", "pc", "bp", "sp"]
    return units.contains(unit) && source.contains(where: \.isWholeNumber)
  }

  /// The columns it is worth in a row of text, at most 20.
  var columns: Int {
    let perColumn: [String: Double] = [
      "em": 0.5, "ex": 1, "pt": 5, "mu": 9, "px": 7, "in": 0.07, "cm": 0.18, "mm": 1.8,
    ]
    guard amount > 0, let size = perColumn[unit] else { return 0 }
    return min(20, Int((amount / size).rounded(.up)))
  }
}

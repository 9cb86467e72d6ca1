import Canvas

/// Parses TeX mathematics into a tree, leniently: only what cannot be drawn at all is a fault.
///
/// The grammar is in math.md, section 2. Commands that are not known become nodes of their own.
struct FormulaParser {
  var stream: TokenStream
  var font = MathFont.normal
  var macros: FormulaMacros
  /// Tags and labels of the row that is being read.
  var marks = RowMarks()
  /// Where the innermost environment has horizontal rules, and which row is being read.
  var rules: Set<Int> = []
  var rowIndex = 0
  private(set) var unknownCommands: [String] = []
  /// The names of all signs, for the search.
  private(set) var symbolNames: [String] = []
  private var depth = 0

  /// Nesting beyond this is refused: layout recurses as deep as the tree.
  private static let maximumDepth = 64

  init(_ tokens: [FormulaToken], macros: FormulaMacros) {
    stream = TokenStream(tokens)
    self.macros = macros
  }

  /// Reads a whole formula: rows of cells, most often a single one.
  mutating func formula() throws(FormulaFault) -> [FormulaNode] {
    let rows = try rows(ownMarks: true)
    guard stream.next == nil else { throw fault(at: stream.next) }
    if let row = rows.first, rows.count == 1, row.cells.count == 1 {
      marks = row.marks
      return row.cells[0]
    }
    let isPaired = rows.contains { $0.cells.count > 1 }
    let matrix = FormulaMatrix(
      rows: rows, columns: isPaired ? .paired : .lines, left: nil, right: nil,
      numbering: .unnumbered)
    return [.matrix(matrix)]
  }

  private func fault(at token: FormulaToken?) -> FormulaFault {
    switch token {
    case .command("right"), .command("middle"): .unbalancedDelimiters
    case .command("end"): .unbalancedEnvironment
    default: .unbalancedGroup
    }
  }

  // MARK: Lists

  /// Reads items up to a token that closes something, which is left for the caller.
  mutating func list(until stop: FormulaToken? = nil) throws(FormulaFault) -> [FormulaNode] {
    try enter()
    let outerFont = font
    defer {
      depth -= 1
      font = outerFont
    }
    var nodes: [FormulaNode] = []
    while let token = stream.next, token != stop, !token.closesList {
      if case .command(let name) = token, case .infix(let kind)? = CommandTable.command(named: name)
      {
        _ = stream.take()
        let denominator = try list(until: stop)
        let fraction = FormulaFraction(numerator: nodes, denominator: denominator, kind: kind)
        return [.fraction(fraction)]
      }
      try item(into: &nodes)
    }
    return nodes
  }

  /// Counts one more level of nesting; every call is paired with `leave()`.
  mutating func enter() throws(FormulaFault) {
    depth += 1
    guard depth <= FormulaParser.maximumDepth else { throw .tooDeep }
  }

  mutating func leave() { depth -= 1 }

  private mutating func item(into nodes: inout [FormulaNode]) throws(FormulaFault) {
    switch stream.next {
    case .superscriptMark, .subscriptMark, .character("'"):
      nodes.append(try scripts(on: &nodes))
    case .character(",") where nodes.endInNumber && stream.startsWithThousands:
      _ = stream.take()
      nodes.append(.symbol(FormulaSymbol(text: ",", role: .number)))
    case .command(let name):
      if case .limits(let placement)? = CommandTable.command(named: name) {
        _ = stream.take()
        if let last = nodes.popLast() { nodes.append(last.placingLimits(placement)) }
      } else {
        fallthrough
      }
    default:
      for node in try atom() { append(node, to: &nodes) }
    }
  }

  /// Reads all scripts of the atom before them, which they take with them; a second one of a kind
  /// is appended to the first, and primes join the superscript.
  private mutating func scripts(on nodes: inout [FormulaNode]) throws(FormulaFault) -> FormulaNode {
    var scripts = FormulaScripts()
    if let base = nodes.last, !base.isSpace {
      scripts.base = base
      nodes.removeLast()
    }
    while true {
      stream.skipSpaces()
      if stream.take(.superscriptMark) {
        scripts.upper = (scripts.upper.take() ?? []) + (try argument())
      } else if stream.take(.subscriptMark) {
        scripts.lower = (scripts.lower.take() ?? []) + (try argument())
      } else if stream.next == .character("'") {
        scripts.upper = (scripts.upper.take() ?? []) + primes()
      } else {
        return scripts.isPrime ? scripts.upper?.first ?? .scripts(scripts) : .scripts(scripts)
      }
    }
  }

  /// Primes as one sign; called where there is at least one.
  private mutating func primes() -> [FormulaNode] {
    var count = 0
    while stream.take(.character("'")) { count += 1 }
    let signs = ["′", "″", "‴"]
    let text =
      count <= signs.count ? signs[count - 1] : String(repeating: signs[0], count: count)
    return [.symbol(FormulaSymbol(text: text))]
  }

  /// Adds an atom; the two words of `\arg\max` become one operator, so that limits go under both.
  private func append(_ node: FormulaNode, to nodes: inout [FormulaNode]) {
    if case .symbol(var symbol) = node, symbol.limits == .stackedInDisplay, symbol.role == .text,
      case .symbol(let previous)? = nodes.last, previous.text == "arg"
    {
      symbol.text = "arg " + symbol.text
      nodes[nodes.count - 1] = .symbol(symbol)
    } else {
      nodes.append(node)
    }
  }

  // MARK: Arguments and atoms

  /// Reads a braced list or one atom; a missing argument is empty.
  mutating func argument() throws(FormulaFault) -> [FormulaNode] {
    try enter()
    defer { depth -= 1 }
    stream.skipSpaces()
    while case .command(let name)? = stream.next, let macro = macros[name] {
      _ = stream.take()
      try expand(macro, asGroup: true)
      stream.skipSpaces()
    }
    switch stream.next {
    case nil, .superscriptMark, .subscriptMark: return []
    case .some(let token) where token.closesList: return []
    case .beginGroup: return try bracedList()
    default: return try atom()
    }
  }

  /// Reads an argument in which letters have a font.
  mutating func argument(in font: MathFont) throws(FormulaFault) -> [FormulaNode] {
    let outer = self.font
    self.font = font
    defer { self.font = outer }
    return try argument()
  }

  /// Reads `{ … }`; lines inside braces become lines one under the other.
  private mutating func bracedList() throws(FormulaFault) -> [FormulaNode] {
    guard stream.take(.beginGroup) else { return [] }
    let rows = try rows(ownMarks: false)
    guard stream.take(.endGroup) else { throw fault(at: stream.next) }
    if let row = rows.first, rows.count == 1, row.cells.count == 1 { return row.cells[0] }
    return [.matrix(FormulaMatrix(rows: rows, columns: .left, left: nil, right: nil))]
  }

  /// Reads one atom, which may be nothing (a definition) or several nodes (a macro's body).
  private mutating func atom() throws(FormulaFault) -> [FormulaNode] {
    switch stream.next {
    case .beginGroup:
      let nodes = try bracedList()
      if case .symbol(let symbol)? = nodes.first, nodes.count == 1, symbol.atomClass == .ordinary {
        return nodes
      }
      return [.group(nodes)]
    case .command(let name):
      _ = stream.take()
      return try command(name)
    case .character(let character):
      _ = stream.take()
      return character == "~" ? [.space(1)] : [styled(SymbolTable.symbol(typed: character))]
    default:
      // Blanks mean nothing in mathematics, nor does a stray `#1` or `$`.
      _ = stream.take()
      return []
    }
  }

  private func styled(_ symbol: FormulaSymbol) -> FormulaNode {
    .symbol(font.apply(to: symbol))
  }

  private mutating func command(_ name: String) throws(FormulaFault) -> [FormulaNode] {
    if let macro = macros[name] {
      try expand(macro, asGroup: false)
      return []
    }
    if let symbol = SymbolTable.symbol(named: name) {
      if name.first?.isTeXLetter == true { symbolNames.append(name) }
      return [styled(symbol)]
    }
    if let command = CommandTable.command(named: name) { return try production(command) }
    unknownCommands.append(name)
    return [.unknown("\\" + name)]
  }
}

extension FormulaToken {
  /// Tokens that end a list; whoever began it takes them.
  var closesList: Bool {
    switch self {
    case .endGroup, .alignment: true
    case .command(let name): FormulaToken.closingCommands.contains(name)
    default: false
    }
  }

  private static let closingCommands: Set<String> = [
    "\\", "newline", "cr", "tabularnewline", "right", "middle", "end",
  ]
}

import Canvas

extension FormulaParser {
  /// Brackets that grow, and environments.
  mutating func enclosure(_ command: FormulaCommand) throws(FormulaFault) -> [FormulaNode] {
    switch command {
    case .left: return [.fenced(try fence())]
    case .bigDelimiter(let rows, let atomClass):
      let delimiter = delimiter()
      let implied = delimiter.map { SymbolTable.symbol(typed: $0).atomClass }
      return [
        .bigDelimiter(
          delimiter, rows: rows, atomClass == .ordinary ? implied ?? .ordinary : atomClass)
      ]
    case .begin: return try environment()
    case .framed(let left, let right):
      let body = try argument()
      return [.fenced(FormulaFence(left: left, right: right, parts: [body], middles: []))]
    default: throw .unbalancedDelimiters
    }
  }

  private mutating func fence() throws(FormulaFault) -> FormulaFence {
    var fence = FormulaFence(left: delimiter(), right: nil, parts: [try list()], middles: [])
    while stream.take(.command("middle")) {
      fence.middles.append(delimiter())
      fence.parts.append(try list())
    }
    guard stream.take(.command("right")) else { throw .unbalancedDelimiters }
    fence.right = delimiter()
    return fence
  }

  /// Reads the bracket after `\left` and its kin; an unusual one is taken as it is.
  private mutating func delimiter() -> Delimiter {
    stream.skipSpaces()
    switch stream.next {
    case .character(let character):
      _ = stream.take()
      switch character {
      case ".": return nil
      case "<": return "⟨"
      case ">": return "⟩"
      default: return character
      }
    case .command(let name):
      guard let symbol = SymbolTable.symbol(named: name) else { return nil }
      _ = stream.take()
      return symbol.text.first
    case .beginGroup:
      _ = stream.take()
      return bracedDelimiter() ?? "{"
    case .endGroup:
      _ = stream.take()
      return "}"
    default: return nil
    }
  }

  /// `\big{(}`: the bracket of an author who braces every argument.
  private mutating func bracedDelimiter() -> Delimiter {
    stream.skipSpaces()
    guard let token = stream.take() else { return nil }
    stream.skipSpaces()
    guard token != .endGroup, stream.take(.endGroup) else {
      stream.putBack([token])
      return nil
    }
    stream.putBack([token])
    return delimiter()
  }

  // MARK: Environments

  private mutating func environment() throws(FormulaFault) -> [FormulaNode] {
    let name = try stream.takeRawArgument().sourceText
    guard let environment = FormulaEnvironment.named(name) else { throw .unknownEnvironment(name) }
    let (outerRules, outerRow, outerMarks) = (rules, rowIndex, marks)
    (rules, rowIndex) = ([], 0)
    if environment.hasRowMarks { marks = RowMarks() }
    var matrix = FormulaMatrix(
      rows: [], columns: try columns(of: environment), left: environment.left,
      right: environment.right)
    matrix.isEnvironment = true
    matrix.rows = try rows(ownMarks: environment.hasRowMarks)
    matrix.ruledBefore = rules
    if environment.hasRowMarks { matrix.numbering = environment.numbering }
    guard stream.take(.command("end")) else { throw .unbalancedEnvironment }
    guard try stream.takeRawArgument().sourceText == name else { throw .unbalancedEnvironment }
    (rules, rowIndex) = (outerRules, outerRow)
    if environment.hasRowMarks { marks = outerMarks }
    return [.matrix(matrix)]
  }

  private mutating func columns(
    of environment: FormulaEnvironment
  ) throws(FormulaFault) -> FormulaMatrix.Columns {
    if stream.next == .character("["), case let option? = try stream.takeRawOption(),
      !["t", "b", "c"].contains(option.sourceText)
    {
      stream.putBack([.character("[")] + option + [.character("]")])
    }
    guard environment.hasArgument else { return environment.columns }
    let specification = try stream.takeRawArgument().sourceText
    guard environment.columns == .left else { return environment.columns }
    var alignments: [Character] = []
    var ruled: Set<Int> = []
    for character in specification {
      if "lcr".contains(character) { alignments.append(character) }
      if character == "|" { ruled.insert(alignments.count) }
    }
    return .specified(alignments, rules: ruled)
  }

  /// Reads rows of cells up to the token that closes them; a trailing `\\` makes no row.
  mutating func rows(ownMarks: Bool) throws(FormulaFault) -> [FormulaMatrix.Row] {
    var rows: [FormulaMatrix.Row] = []
    var cells: [[FormulaNode]] = []
    while true {
      cells.append(try list())
      if stream.take(.alignment) { continue }
      let continues = try takeLineBreak()
      if continues || rows.isEmpty || cells.count > 1 || !cells[0].isEmpty {
        rows.append(FormulaMatrix.Row(cells: cells, marks: ownMarks ? marks : RowMarks()))
        if ownMarks { marks = RowMarks() }
      }
      guard continues else { return rows }
      cells = []
      rowIndex += 1
      guard rows.count < 200 else { throw .tooManyRows }
    }
  }

  private mutating func takeLineBreak() throws(FormulaFault) -> Bool {
    guard case .command(let name)? = stream.next,
      ["\\", "newline", "cr", "tabularnewline"].contains(name)
    else { return false }
    _ = stream.take()
    _ = stream.take(.character("*"))
    if stream.next == .character("["), let option = try? stream.takeRawOption() {
      if !Dimension.isDimension(option.sourceText) {
        stream.putBack([.character("[")] + option + [.character("]")])
      }
    }
    return true
  }
}

extension FormulaEnvironment {
  fileprivate var numbering: FormulaMatrix.Numbering {
    guard isNumbered else { return .unnumbered }
    return isOneNumber ? .once : .perRow
  }
}

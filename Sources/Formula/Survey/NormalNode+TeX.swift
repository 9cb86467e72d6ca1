import Canvas

/// Makes the normal form from the tree that the parser of TeX gives.
struct TeXNormalizer {
  let references: [String: String]

  func list(_ nodes: [FormulaNode]) -> [NormalNode] {
    flat(nodes).grouped
  }

  /// The signs of a list with its groups laid open and its brackets still signs.
  private func flat(_ nodes: [FormulaNode]) -> [NormalNode] {
    nodes.reduce(into: []) { list, node in
      var more = flat(node)[...]
      // A prime, and scripts on nothing, are seen on what stands before them.
      while !list.isEmpty, let scripts = more.first?.bareScripts {
        list.attach(lower: scripts.lower, upper: scripts.upper)
        more.removeFirst()
      }
      list += more
    }
  }

  private func flat(_ node: FormulaNode) -> [NormalNode] {
    switch node {
    case .symbol(let symbol):
      signs(symbol.text, isText: symbol.role == .text, isBold: symbol.attributes.contains(.bold))
    case .group(let nodes, _, _), .boxed(let nodes), .cancelled(let nodes): flat(nodes)
    case .scripts(let scripts):
      scripted(scripts.base.map { [$0] } ?? [], scripts.lower, scripts.upper)
    case .fraction(let fraction): self.fraction(fraction)
    case .radical(let degree, let body): [.root(degree: list(degree ?? []), list(body).bare)]
    case .fenced(let fence): fenced(fence)
    case .bigDelimiter(let delimiter, _, _): sign(delimiter)
    case .accent(let accent, let body): [accented(accent, list(body))]
    case .stack(let base, let over, let under): scripted(base, under, over)
    case .arrow(let arrow, let over, let under):
      scripted([.symbol(FormulaSymbol(text: arrow.short))], under, over)
    case .matrix(let matrix): rows(matrix)
    case .text(let text, let attributes):
      signs(text, isText: true, isBold: attributes.contains(.bold))
    case .space, .styleChange, .phantom: []
    case .reference(let label, let parenthesised):
      signs(references.shown(label, parenthesised: parenthesised), isText: false, isBold: false)
    case .unknown(let name): signs(name, isText: false, isBold: false)
    }
  }

  private func signs(_ text: String, isText: Bool, isBold: Bool) -> [NormalNode] {
    let font = NormalFont(isText: isText, isBold: isBold)
    return text.filter { $0 != " " }.map { .sign($0, font) }
  }

  private func sign(_ delimiter: Delimiter) -> [NormalNode] {
    delimiter.map { [.sign($0, .plain)] } ?? []
  }

  // MARK: Constructs

  /// A base with scripts.
  ///
  /// Those of a word or a number stand at its last sign, and those of brackets at the closing one;
  /// any other base of several nodes is between brackets.
  private func scripted(
    _ base: [FormulaNode], _ lower: [FormulaNode]?, _ upper: [FormulaNode]?
  ) -> [NormalNode] {
    var nodes = flat(base)
    let whole = nodes.grouped
    if whole.count > 1 || whole.first?.isRatio == true, !base.isOneWord,
      !nodes.isWord
    {
      nodes = [.group("(", whole, ")")]
    }
    nodes.attach(lower: list(lower ?? []).primed, upper: list(upper ?? []).primed)
    return nodes
  }

  private func fraction(_ fraction: FormulaFraction) -> [NormalNode] {
    let above = list(fraction.numerator)
    let below = list(fraction.denominator)
    guard fraction.kind != .bar else { return [.ratio(above.bare, below.bare)] }
    let name: [NormalNode] = fraction.kind == .binomial ? [.sign("C", .plain)] : []
    return name + [.group("(", above + [.sign(",", .plain)] + below, ")")]
  }

  private func fenced(_ fence: FormulaFence) -> [NormalNode] {
    var nodes = sign(fence.left)
    for (index, part) in fence.parts.enumerated() {
      if index > 0 { nodes += sign(fence.middles[index - 1]) }
      let body = flat(inside: part)
      let whole = body.grouped
      let isLong = whole.count > 1 && !whole.isScriptedWord
      nodes += fence.isEvaluation && isLong ? [.group("(", whole, ")")] : body
    }
    return nodes + signs(fence.shownRight, isText: false, isBold: false)
  }

  /// A matrix alone between brackets has none of its own.
  private func flat(inside part: [FormulaNode]) -> [NormalNode] {
    let solid = part.filter { !$0.isSpace }
    if solid.count == 1, case .matrix(let matrix) = solid[0], matrix.left == nil,
      matrix.right == nil
    {
      return entries(matrix)
    }
    return flat(part)
  }

  private func accented(_ accent: FormulaAccent, _ body: [NormalNode]) -> NormalNode {
    if accent.row == .brace { return .accent(accent.isUnder ? "⏟" : "⏞", body.bare) }
    if body.count == 1, case .sign(let sign, let font) = body[0] {
      return .sign(sign.marked(accent.mark), font)
    }
    return .accent(Character(accent.mark), body.bare)
  }

  /// Rows and columns as the signs between them: semicolons and commas.
  private func rows(_ matrix: FormulaMatrix) -> [NormalNode] {
    let nodes = entries(matrix)
    if matrix.left == nil && matrix.right == nil {
      let isEnclosed = matrix.rows.count > 1 && matrix.columns == .centred
      return isEnclosed ? [.group("(", nodes.grouped, ")")] : nodes
    }
    return sign(matrix.left) + nodes + sign(matrix.right ?? "}")
  }

  private func entries(_ matrix: FormulaMatrix) -> [NormalNode] {
    let isSubstack = matrix.columns == .lines && matrix.numbering == nil
    var nodes: [NormalNode] = []
    for (index, row) in matrix.rows.enumerated() {
      if index > 0 { nodes.append(.sign(isSubstack ? "," : ";", .plain)) }
      for (column, cell) in row.cells.enumerated() {
        let isJoined = column == 0 || matrix.columns == .paired && column % 2 == 1
        if !isJoined && !row.cells[column - 1].endsInPunctuation {
          nodes.append(.sign(",", .plain))
        }
        nodes += flat(cell)
      }
    }
    return nodes
  }
}

extension [FormulaNode] {
  /// Text and names of functions, which are written as they are under a script.
  fileprivate var isOneWord: Bool {
    guard count == 1 else { return false }
    switch self[0] {
    case .text, .symbol, .fenced, .reference, .unknown, .bigDelimiter: return true
    case .group(_, .largeOperator, _): return true
    case .group(let nodes, _, _): return nodes.isOneWord
    case .matrix(let matrix): return matrix.left != nil
    case .fraction(let fraction): return fraction.kind != .bar
    default: return false
    }
  }
}

extension NormalNode {
  /// Scripts without a base, a bare prime among them.
  fileprivate var bareScripts: (lower: [NormalNode], upper: [NormalNode])? {
    switch self {
    case .scripts(nil, let lower, let upper): (lower, upper)
    case .sign(let sign, let font) where "′″‴".contains(sign) && !font.isText:
      ([], [self].primed)
    default: nil
    }
  }

  fileprivate var isRatio: Bool {
    if case .ratio = self { return true }
    return false
  }

  fileprivate var isTextLetter: Bool {
    if case .sign(let sign, let font) = self { return font.isText && sign.isLetter }
    return false
  }

  fileprivate var isDigit: Bool {
    if case .sign(let sign, _) = self { return sign.isNumber || sign == "." }
    return false
  }
}

extension [NormalNode] {
  /// Letters of upright text, or digits.
  fileprivate var isWord: Bool { allSatisfy(\.isTextLetter) || allSatisfy(\.isDigit) }

  /// The same with scripts at its end.
  fileprivate var isScriptedWord: Bool {
    guard case .scripts(let base?, _, _)? = last else { return isWord }
    return (dropLast() + [base]).isWord
  }

  /// Doubled primes are so many single ones.
  var primed: [NormalNode] {
    flatMap { node -> [NormalNode] in
      switch node {
      case .sign("″", let font): Array(repeating: .sign("′", font), count: 2)
      case .sign("‴", let font): Array(repeating: .sign("′", font), count: 3)
      default: [node]
      }
    }
  }
}

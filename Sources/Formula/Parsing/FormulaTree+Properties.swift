extension FormulaNode {
  /// The lists that it is made of.
  var parts: [[FormulaNode]] {
    switch self {
    case .symbol, .bigDelimiter, .text, .space, .styleChange, .reference, .unknown: []
    case .group(let nodes, _, _), .accent(_, let nodes), .boxed(let nodes), .cancelled(let nodes),
      .phantom(let nodes):
      [nodes]
    case .scripts(let scripts):
      [scripts.base.map { [$0] }, scripts.lower, scripts.upper].compactMap(\.self)
    case .fraction(let fraction): [fraction.numerator, fraction.denominator]
    case .radical(let degree, let body): [degree ?? [], body]
    case .fenced(let fence): fence.parts
    case .stack(let base, let over, let under): [base, over ?? [], under ?? []]
    case .arrow(_, let over, let under): [over, under ?? []]
    case .matrix(let matrix): matrix.rows.flatMap(\.cells)
    }
  }

  /// The class by which it is spaced.
  var atomClass: AtomClass {
    switch self {
    case .symbol(let symbol): symbol.atomClass
    case .group(_, let atomClass, _): atomClass
    case .scripts(let scripts): scripts.base?.atomClass ?? .ordinary
    case .fraction: .inner
    // A norm is a term like another; round brackets may be those of a function.
    case .fenced(let fence): fence.left == "|" || fence.left == "‖" ? .ordinary : .inner
    case .bigDelimiter(_, _, let atomClass): atomClass
    case .stack(let base, _, _):
      base.count == 1 ? base[0].atomClass : .ordinary
    case .arrow: .relation
    case .unknown: .largeOperator
    case .accent(_, let body):
      body.count == 1 && body[0].isLargeOperator ? .largeOperator : .ordinary
    default: .ordinary
    }
  }

  /// A sum, an integral, a function: something applied to what follows.
  var isLargeOperator: Bool { atomClass == .largeOperator }

  /// The operator with its scripts in another place: `\\limits` and its kin.
  func placingLimits(_ placement: LimitPlacement) -> FormulaNode {
    switch self {
    case .symbol(var symbol):
      symbol.limits = placement
      return .symbol(symbol)
    case .group(let nodes, let atomClass, _): return .group(nodes, atomClass, placement)
    case .scripts(var scripts):
      scripts.base = scripts.base?.placingLimits(placement)
      return .scripts(scripts)
    default: return self
    }
  }

  /// An operator that is a sign, or that has scripts.
  var isScriptedOperator: Bool {
    switch self {
    case .scripts: isLargeOperator
    case .symbol(let symbol): isLargeOperator && symbol.role == .relation
    default: false
    }
  }

  /// A relation with labels, a root with a degree: they would melt into what stands before them.
  var standsApart: Bool {
    switch self {
    case .stack: atomClass == .relation
    case .arrow, .radical(.some, _): true
    case .boxed(let body), .cancelled(let body): body.first?.standsApart == true
    default: false
    }
  }

  /// The name of a function: a letter or a word, with or without scripts, but no number.
  fileprivate var isCallable: Bool {
    switch self {
    case .symbol(let symbol): symbol.atomClass == .ordinary && symbol.role != .number
    case .scripts(let scripts): scripts.base?.isCallable == true
    case .text, .accent: true
    case .group(let nodes, .ordinary, _): nodes.isWord
    default: false
    }
  }

  var isDecorated: Bool {
    switch self {
    case .boxed, .cancelled: true
    default: false
    }
  }

  var isDigit: Bool {
    if case .symbol(let symbol) = self { return symbol.role == .number && symbol.text.count == 1 }
    return false
  }

  var isSpace: Bool {
    switch self {
    case .space, .styleChange: true
    default: false
    }
  }

  var isSign: Bool {
    if case .symbol = self { return true }
    return false
  }
}

extension FormulaScripts {
  /// `{'}`: primes with nothing to stand on.
  var isPrime: Bool {
    guard base == nil, lower == nil, upper?.count == 1, case .symbol(let symbol)? = upper?.first
    else { return false }
    return symbol.text.allSatisfy { "′″‴".contains($0) }
  }

  /// Whether the base, `{x_1}` in `{x_1}_2`, has scripts in the same place.
  var collidesWithBase: Bool {
    var node = base
    while case .group(let nodes, _, _)? = node, nodes.count == 1 { node = nodes[0] }
    return switch node {
    case .scripts(let inner)?:
      inner.lower != nil && lower != nil || inner.upper != nil && upper != nil
    case .stack(_, let over, let under)?:
      over != nil && upper != nil || under != nil && lower != nil
    case .arrow(_, _, let under)?: upper != nil || under != nil && lower != nil
    default: false
    }
  }

  /// Whether they follow what stands before them, for want of a base.
  var isBare: Bool { base == nil || base.map { [$0].isEmptyOrSpace } == true }
}

extension FormulaFence {
  /// `\left. f \right|`: a value at a place, with nothing to enclose the body on the left.
  var isEvaluation: Bool { left == nil && (right == "|" || right == "∣") }

  /// The right bracket on one row, where an open brace around rows must be closed.
  var shownRight: String {
    if left == "{" && right == nil { return "}" }
    return right.map(String.init) ?? ""
  }
}

extension [FormulaNode] {
  /// Nothing to see: `{}`, `{\,}`.
  var isEmptyOrSpace: Bool {
    allSatisfy { node in
      if case .group(let nodes, _, _) = node { return nodes.isEmptyOrSpace }
      return node.isSpace
    }
  }

  /// The nodes with plain groups laid open: braces group nothing that is seen.
  var ungrouped: [FormulaNode] {
    flatMap { node -> [FormulaNode] in
      guard case .group(let nodes, .ordinary, .beside) = node,
        nodes.count > 1 || nodes.first?.isSign == false
      else { return [node] }
      return nodes.ungrouped
    }
  }

  /// `q(x)` or `∂x`: below a bar these need no parentheses.
  var isCallOrDifferential: Bool {
    let solid = filter { !$0.isSpace }
    guard let first = solid.first, solid.count > 1 else { return false }
    if solid.count == 2, case .symbol(let symbol) = first, "∂dΔ∇".contains(symbol.text) {
      return true
    }
    guard first.isCallable else { return false }
    if solid.count == 2, case .fenced = solid[1] { return true }
    guard solid[1].atomClass == .opening else { return false }
    return solid[1...].firstIndex { $0.atomClass == .closing } == solid.count - 1
  }

  /// Letters and digits alone, without scripts of their own.
  var isWord: Bool {
    allSatisfy { node in
      switch node {
      case .symbol(let symbol): symbol.text.allSatisfy { $0.isLetter || $0.isNumber }
      case .text(let text, _): text.allSatisfy { $0.isLetter || $0.isNumber }
      case .group(let nodes, .ordinary, _): nodes.isWord
      default: false
      }
    }
  }

  /// One letter or word with primes, `a'`.
  var isPrimedWord: Bool {
    guard count == 1, case .scripts(let scripts) = self[0], scripts.lower == nil,
      let base = scripts.base, let upper = scripts.upper
    else { return false }
    return [base].isWord && upper.isPrimes
  }

  /// Primes alone.
  var isPrimes: Bool {
    allSatisfy { node in
      if case .symbol(let symbol) = node { return symbol.text.allSatisfy { "′″‴".contains($0) } }
      return false
    }
  }

  /// `\left. f \right|_{x=0}` alone.
  var isEvaluation: Bool {
    guard count == 1 else { return false }
    switch self[0] {
    case .fenced(let fence): return fence.isEvaluation
    case .scripts(let scripts): return scripts.base.map { [$0].isEvaluation } ?? false
    case .group(let nodes, _, _): return nodes.isEvaluation
    default: return false
    }
  }

  /// A digit at the end, of a number that does not begin with a zero.
  var endInNumber: Bool {
    let digits = reversed().prefix { $0.isDigit }
    return !digits.isEmpty && digits.last != .symbol(SymbolTable.symbol(typed: "0"))
  }

  var endsInPunctuation: Bool {
    last(where: { !$0.isSpace })?.atomClass == .punctuation
  }
}

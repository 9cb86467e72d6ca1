extension FormulaNode {
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

  /// A relation with labels, which would melt into one before it.
  var isLabelledRelation: Bool {
    switch self {
    case .stack: atomClass == .relation
    case .arrow: true
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

  var endsInPunctuation: Bool {
    last(where: { !$0.isSpace })?.atomClass == .punctuation
  }
}

extension FormulaNode {
  /// The class by which it is spaced.
  var atomClass: AtomClass {
    switch self {
    case .symbol(let symbol): symbol.atomClass
    case .group(_, let atomClass, _): atomClass
    case .scripts(let scripts): scripts.base?.atomClass ?? .ordinary
    case .fraction, .fenced: .inner
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
    if solid.count == 2 {
      if case .fenced = solid[1] { return first.atomClass == .ordinary }
      if case .symbol(let symbol) = first { return "∂dΔ∇".contains(symbol.text) }
      return false
    }
    guard first.atomClass == .ordinary, solid[1].atomClass == .opening else { return false }
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

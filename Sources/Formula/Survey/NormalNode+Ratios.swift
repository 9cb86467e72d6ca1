extension [NormalNode] {
  /// The list with every slash resolved: to its left a product, to its right one factor.
  ///
  /// A slash that the author typed and one that stands for a bar read alike. Round brackets around
  /// a ratio alone only group.
  var withRatios: [NormalNode] {
    var nodes: [NormalNode] = []
    var rest = self[...]
    while let node = rest.popFirst() {
      guard node == .sign("/", .plain), !nodes.isEmpty, !rest.isEmpty else {
        nodes.append(node.withoutRatioBrackets)
        continue
      }
      let start = nodes.numeratorStart
      let count = rest.denominatorCount
      let ratio = NormalNode.ratio(
        Array(nodes[start...]).bare, Array(rest.prefix(count)).map(\.withoutRatioBrackets).bare)
      nodes.removeSubrange(start...)
      nodes.append(ratio)
      rest = rest.dropFirst(count)
    }
    return nodes
  }
}

extension [NormalNode] {
  /// Where the product at the end begins; bars belong to it in pairs.
  fileprivate var numeratorStart: Int {
    let pairs = barPairs
    var start = endIndex
    while start > 0, self[start - 1].isFactor {
      guard self[start - 1].isBar else {
        start -= 1
        continue
      }
      guard let opening = pairs[start - 1] else { break }
      start = opening
    }
    return start
  }

  /// For each closing bar the opening one; of an odd number the last divides.
  private var barPairs: [Int: Int] {
    var pairs: [Int: Int] = [:]
    var open: [Character: Int] = [:]
    for (index, node) in enumerated() {
      guard node.isBar, let bar = node.baseSign else { continue }
      if let start = open.removeValue(forKey: bar) {
        pairs[index] = start
      } else {
        open[bar] = index
      }
    }
    return pairs
  }
}

extension ArraySlice<NormalNode> {
  /// How many nodes stand below the bar of a ratio: one factor, a call, a differential, a norm.
  fileprivate var denominatorCount: Int {
    guard let first else { return 0 }
    if let bar = first.bracket, "|‖".contains(bar),
      let end = dropFirst().firstIndex(where: { $0.baseSign == bar })
    {
      return end - startIndex + 1
    }
    let word = prefix { $0.isDigit }.count
    var count = Swift.max(1, word == 0 ? prefix { $0.isWordLetter }.count : word)
    let last = self[startIndex + count - 1]
    let next = dropFirst(count).first
    if word == 0, case .group? = next?.base, last.isCallable { count += 1 }
    if count == 1, first.isDifferential, next?.isFactor == true, next?.isBar == false {
      count += 1
    }
    return count
  }
}

extension NormalNode {
  /// What a script stands on.
  fileprivate var base: NormalNode {
    if case .scripts(let base?, _, _) = self { return base }
    return self
  }

  fileprivate var baseSign: Character? { base.bracket }

  fileprivate var isBar: Bool { baseSign.map("|‖".contains) == true }

  fileprivate var isDifferential: Bool {
    if case .sign(let sign, _) = self { return "∂dΔ∇".contains(sign) }
    return false
  }

  fileprivate var isDigit: Bool {
    if case .sign(let sign, _) = base { return sign.isNumber || sign == "." }
    return false
  }

  fileprivate var isWordLetter: Bool {
    if case .sign(let sign, let font) = base { return font.isText && sign.isLetter }
    return false
  }

  fileprivate var isCallable: Bool {
    if case .sign(let sign, _) = base { return sign.isLetter }
    if case .accent = base { return true }
    return false
  }

  /// Whether it multiplies with its neighbours, rather than parting them.
  fileprivate var isFactor: Bool {
    guard case .sign(let sign, let font) = base, !font.isText else { return true }
    if sign == "/" { return false }
    switch SymbolTable.symbol(typed: sign).atomClass {
    case .relation, .binary, .punctuation, .prefix: return false
    default: return !NormalNode.openers.contains(sign)
    }
  }

  fileprivate var withoutRatioBrackets: NormalNode {
    if case .group("(", let nodes, ")") = self, nodes.count == 1, case .ratio = nodes[0] {
      return nodes[0]
    }
    return self
  }
}

/// A formula without what one row cannot show: the form in which the TeX tree and the row, read
/// back, must agree (math.md, section 5).
///
/// Style, colour and space are gone; fonts are kept as far as roles tell them. Parentheses that
/// only group (around a script, a side of a fraction, a radicand) are dropped, and a stack is a
/// script. What is left is compared sign by sign.
indirect enum NormalNode: Hashable {
  case sign(Character, NormalFont)
  case scripts(base: NormalNode?, lower: [NormalNode], upper: [NormalNode])
  case ratio([NormalNode], [NormalNode])
  case root(degree: [NormalNode], [NormalNode])
  /// A mark over or under more than one sign.
  case accent(Character, [NormalNode])
  /// What stands between brackets, which need not be of one kind: `[0, 1)`.
  case group(Character, [NormalNode], Character)
}

/// What is left of a font: upright words and bold letters.
enum NormalFont: Hashable {
  case plain, text, bold, boldText

  init(isText: Bool, isBold: Bool) {
    self = isText ? (isBold ? .boldText : .text) : isBold ? .bold : .plain
  }

  var isText: Bool { self == .text || self == .boldText }
}

extension NormalNode {
  /// The bracket, if this is one that is not part of a word.
  var bracket: Character? {
    if case .sign(let sign, let font) = self, !font.isText { return sign }
    return nil
  }

  static let openers: Set<Character> = ["(", "[", "{", "⟨", "⌈", "⌊", "⟦"]
  static let closers: Set<Character> = [")", "]", "}", "⟩", "⌉", "⌋", "⟧"]

  /// The node with scripts, joined to those that it has if their places are free; what cannot
  /// carry them bare is between brackets.
  func attaching(lower: [NormalNode], upper: [NormalNode]) -> NormalNode {
    switch self {
    case .scripts(let base, let oldLower, let oldUpper)
    where (oldLower.isEmpty || lower.isEmpty) && (oldUpper.isEmpty || upper.isEmpty):
      .scripts(base: base, lower: oldLower + lower, upper: oldUpper + upper)
    case .scripts, .ratio, .root:
      .scripts(base: .group("(", [self], ")"), lower: lower, upper: upper)
    default: .scripts(base: self, lower: lower, upper: upper)
    }
  }
}

extension [NormalNode] {
  /// The nodes without one pair of round brackets around them all.
  var bare: [NormalNode] {
    if count == 1, case .group("(", let nodes, ")") = self[0] { return nodes.bare }
    return self
  }

  /// A script: without brackets around it, with the letters alike that have one small form.
  var asScript: [NormalNode] { bare.map(\.folded) }

  mutating func attach(lower: [NormalNode] = [], upper: [NormalNode] = []) {
    guard !lower.isEmpty || !upper.isEmpty else { return }
    let scripts = (lower.asScript, upper.asScript)
    if let base = popLast() {
      append(base.attaching(lower: scripts.0, upper: scripts.1))
    } else {
      append(.scripts(base: nil, lower: scripts.0, upper: scripts.1))
    }
  }

  /// Puts brackets and what they enclose into groups; one without a partner stays a sign.
  var grouped: [NormalNode] {
    var open: [(bracket: Character, nodes: [NormalNode])] = [(" ", [])]
    func add(_ node: NormalNode) { open[open.count - 1].nodes.append(node) }
    for node in self {
      if let bracket = node.bracket, NormalNode.openers.contains(bracket) {
        open.append((bracket, []))
      } else if let closer = node.closer, open.count > 1, let inner = open.popLast() {
        let group = NormalNode.group(inner.bracket, inner.nodes.withRatios, closer.bracket)
        guard case .scripts(_, let lower, let upper) = node else {
          add(group)
          continue
        }
        add(group.attaching(lower: lower, upper: upper))
      } else {
        add(node)
      }
    }
    var rest = open[0].nodes
    for unclosed in open.dropFirst() {
      rest += [.sign(unclosed.bracket, .plain)] + unclosed.nodes
    }
    return rest.withRatios
  }
}

extension NormalNode {
  /// The closing bracket, if this is one, with or without scripts.
  fileprivate var closer: (bracket: Character, Void)? {
    var node = self
    if case .scripts(let base?, _, _) = self { node = base }
    guard let bracket = node.bracket, NormalNode.closers.contains(bracket) else { return nil }
    return (bracket, ())
  }

  /// Signs that share a small form are one: `T`, `⊤` and `\mathrm T`; `×` and `x`; both phis.
  fileprivate var folded: NormalNode {
    switch self {
    case .sign("T", _), .sign("⊤", _): .sign("T", .plain)
    case .sign("×", let font): .sign("x", font)
    case .sign("ϕ", let font): .sign("φ", font)
    case .sign("∗", let font): .sign("*", font)
    case .group(let left, let nodes, let right): .group(left, nodes.map(\.folded), right)
    case .ratio(let above, let below): .ratio(above.map(\.folded), below.map(\.folded))
    default: self
    }
  }
}

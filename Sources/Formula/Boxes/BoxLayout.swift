import Canvas

/// Lays a formula out in two dimensions.
///
/// Everything is in columns, never in characters, since a letter may take two of them.
struct BoxLayout {
  let options: FormulaOptions
  /// Added to every character, for `\cancel`.
  var attributes: Style.Attributes = []

  init(_ options: FormulaOptions) {
    self.options = options
  }

  var displayWidth: DisplayWidth { options.displayWidth }

  /// An atom of a list with the blanks before it.
  struct Atom {
    var box: Box
    var atomClass: AtomClass
    var gapBefore = 0
    /// Its axis row is a bar, which must not run into another.
    var isFraction = false
    /// What it was made of, so that it can be taken apart where a line must end.
    var node: FormulaNode?
    /// A word after another of the same text, between which a line may end.
    var continuesText = false
  }

  func box(_ nodes: [FormulaNode], _ style: MathStyle) -> Box {
    join(atoms(nodes, style))
  }

  /// Atoms in a row with their gaps.
  func join(_ atoms: some Collection<Atom>) -> Box {
    var boxes: [Box] = []
    for (index, atom) in atoms.enumerated() {
      if index > 0 && atom.gapBefore > 0 { boxes.append(.blank(width: atom.gapBefore)) }
      boxes.append(atom.box)
    }
    return boxes.isEmpty ? .blank(width: 0) : Box.row(boxes)
  }

  /// The atoms of a list, laid out and spaced.
  func atoms(_ nodes: [FormulaNode], _ style: MathStyle) -> [Atom] {
    var atoms: [Atom] = []
    var growing: [(index: Int, node: FormulaNode, style: MathStyle)] = []
    var style = style
    var blanks = 0
    for node in nodes {
      switch node {
      case .space(let columns): blanks = max(blanks, style == .script && columns < 2 ? 0 : columns)
      case .styleChange(let newStyle): style = newStyle
      default:
        if style == .display, node.operatorSign.map(TallOperator.exists) == true {
          growing.append((atoms.count, node, style))
        }
        atoms.append(
          Atom(
            box: box(node, style), atomClass: node.atomClass, gapBefore: blanks,
            isFraction: node.isFraction && style != .script, node: node))
        blanks = 0
      }
    }
    if blanks > 0 && !atoms.isEmpty {
      atoms.append(Atom(box: .blank(width: 0), atomClass: .opening, gapBefore: blanks))
    }
    space(&atoms, isTight: style == .script)
    if style == .script && atoms.count > 1 { encloseFactors(in: &atoms) }
    grow(growing, in: &atoms)
    return atoms
  }

  private func space(_ atoms: inout [Atom], isTight: Bool) {
    let classes = AtomSpacing.resolved(atoms.map(\.atomClass))
    for index in atoms.indices {
      atoms[index].atomClass = classes[index]
      guard index > 0 else { continue }
      var gap = AtomSpacing.gap(classes[index - 1], classes[index], tight: isTight)
      let haveLabels = [index - 1, index].allSatisfy { atoms[$0].node?.carriesLabel == true }
      if atoms[index].node?.standsApart == true || haveLabels { gap = max(gap, 1) }
      if atoms[index].isFraction && gap == 0 {
        let previous = atoms[index - 1]
        if previous.isFraction || previous.box.singleCell?.character == "−"
          || previous.atomClass == .largeOperator
        {
          gap = 1
        }
      }
      atoms[index].gapBefore = max(gap, atoms[index].gapBefore)
    }
  }

  /// Draws sums and integrals tall where what they apply to is taller than one row.
  private func grow(
    _ growing: [(index: Int, node: FormulaNode, style: MathStyle)], in atoms: inout [Atom]
  ) {
    for (index, node, style) in growing.reversed() {
      let height = operandHeight(in: atoms[(index + 1)...])
      if height > 1 { atoms[index].box = box(node, style, operandHeight: height) }
    }
  }

  /// The rows of the term to the right of an operator, up to the next sign outside brackets.
  ///
  /// Operators inside it do not count: their limits say nothing about the term.
  private func operandHeight(in atoms: ArraySlice<Atom>) -> Int {
    var height = 1
    var depth = 0
    for atom in atoms {
      switch atom.atomClass {
      case .opening: depth += 1
      case .closing: depth -= 1
      case .largeOperator: continue
      case .relation, .binary, .punctuation:
        if depth <= 0 { return height }
      default: break
      }
      if atom.box.isTall { height = max(height, atom.box.height) }
    }
    return height
  }

  // MARK: Nodes

  func box(_ node: FormulaNode, _ style: MathStyle, operandHeight: Int = 1) -> Box {
    switch node {
    case .symbol(let symbol):
      if operandHeight > 1, let tall = TallOperator.box(symbol.text, operandHeight, self) {
        return tall
      }
      return row(symbol.text, symbol.role, symbol.attributes)
    case .group(let nodes, _, _): return box(nodes, style)
    case .scripts(let scripts): return scripted(scripts, style, operandHeight: operandHeight)
    case .fraction(let fraction): return box(fraction, style)
    case .radical(let degree, let body): return root(degree, body, style)
    case .fenced(let fence): return box(fence, style)
    case .bigDelimiter(let delimiter, let rows, _):
      return self.delimiter(delimiter, height: rows, axis: rows / 2)
    case .accent(let accent, let body): return accented(accent, body, style)
    case .stack(let base, let over, let under):
      return limits(of: box(base, style), over: over, under: under)
    case .arrow(let arrow, let over, let under): return labelled(arrow, over, under)
    case .matrix(let matrix): return laid(matrix, style).box
    case .text(let text, let attributes): return row(text, .text, attributes)
    case .space(let columns): return .blank(width: columns)
    case .styleChange: return .blank(width: 0)
    case .boxed(let body): return framed(box(body, style))
    case .cancelled(let body): return adding(.struck).box(body, style)
    case .phantom(let body):
      let shape = box(body, style)
      return .blank(width: shape.width, height: shape.height, axis: shape.axis)
    case .reference(let label, let parenthesised):
      return row(options.references.shown(label, parenthesised: parenthesised), .tag)
    case .unknown(let name): return row(name, .unknown)
    }
  }

  func row(_ text: String, _ role: FormulaRole, _ more: Style.Attributes = []) -> Box {
    Box(options.glyphs.glyphs(GlyphCell.cells(text, role, attributes.union(more))), displayWidth)
  }

  private func adding(_ more: Style.Attributes) -> BoxLayout {
    var layout = self
    layout.attributes.formUnion(more)
    return layout
  }

  /// The linear form as a box, for what would be too tall inside a script.
  func linear(_ node: FormulaNode, isEnclosed: Bool = false) -> Box {
    let text = LinearForm(options, isTight: true).text(node)
    return Box(options.glyphs.glyphs((isEnclosed ? text.enclosed() : text).cells), displayWidth)
  }

  /// Puts parentheses around the fractions of a script that stand in a product: there they are
  /// written on one row.
  private func encloseFactors(in atoms: inout [Atom]) {
    for index in atoms.indices {
      guard case .fraction(let fraction)? = atoms[index].node, fraction.kind == .bar,
        let node = atoms[index].node
      else { continue }
      let before = index > 0 ? atoms[index - 1].atomClass : .opening
      let after = index + 1 < atoms.count ? atoms[index + 1].atomClass : .closing
      let followsSign =
        index == 1 && atoms[0].box.singleCell.map { "−+±∓".contains($0.character) } == true
      if before.multipliesRight && !followsSign || after.multipliesLeft {
        atoms[index].box = linear(node, isEnclosed: true)
      }
    }
  }
}

extension FormulaNode {
  /// A label over or under it may be wider than it is, and would run into another.
  fileprivate var carriesLabel: Bool {
    switch self {
    case .stack: true
    case .scripts(let scripts):
      if case .accent(let accent, _)? = scripts.base { accent.row == .brace } else { false }
    default: false
    }
  }

  fileprivate var isFraction: Bool {
    if case .fraction(let fraction) = self { return fraction.kind == .bar }
    return false
  }

  /// The sign of a big operator, with or without its limits.
  var operatorSign: String? {
    switch self {
    case .symbol(let symbol):
      symbol.atomClass == .largeOperator && symbol.role == .relation ? symbol.text : nil
    case .scripts(let scripts): scripts.base?.operatorSign
    default: nil
    }
  }
}

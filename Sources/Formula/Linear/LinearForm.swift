import Canvas

/// Writes a formula on exactly one row.
///
/// Parentheses come from precedence, so that the row reads as the formula and nothing else; scripts
/// are characters of Unicode where all of them exist, `_x` and `^(…)` otherwise (math.md, section 5).
struct LinearForm {
  private let options: FormulaOptions
  /// Inside scripts and beside a fraction's bar, relations and operators stand without blanks.
  private(set) var isTight = false

  init(_ options: FormulaOptions, isTight: Bool = false) {
    self.options = options
    self.isTight = isTight
  }

  /// The same form without blanks, for scripts and the sides of a fraction.
  var tight: LinearForm { LinearForm(options, isTight: true) }

  /// A script as small characters, where the terminal's font has them.
  func smallGlyphs(
    of nodes: [FormulaNode], _ position: ScriptWriter.Position
  ) -> [GlyphCell]? {
    if options.glyphs == .ascii && !nodes.isPrimes { return nil }
    return ScriptWriter.glyphs(for: nodes, position)
  }

  // MARK: Lists

  /// One written atom of a list.
  private struct Item {
    var text: LinearText
    var atomClass: AtomClass
    var blanksBefore: Int
    /// A fraction or another loose construct that a neighbour would tear apart.
    var isLoose = false
    /// A sum with its limits, a `max` with what it ranges over.
    var isScriptedOperator = false
    /// Scripts without a base, which belong to what stands before them.
    var isBareScript = false
  }

  func text(_ nodes: [FormulaNode]) -> LinearText {
    var items = items(nodes)
    let classes = AtomSpacing.resolved(items.map(\.atomClass))
    for index in items.indices { items[index].atomClass = classes[index] }
    encloseLooseFactors(in: &items)
    if items.count == 1 { return items[0].text }
    var row = LinearText([], precedence(of: items))
    var groups: [(start: Int, breaks: Int)] = []
    for (index, item) in items.enumerated() {
      let previous = index > 0 ? items[index - 1] : nil
      if let previous {
        let gap = AtomSpacing.gap(previous.atomClass, item.atomClass, tight: isTight)
        if !item.isBareScript { row.appendBlanks(max(gap, item.blanksBefore)) }
        let isBreak = [.relation, .binary, .punctuation].contains(previous.atomClass)
        if isBreak && gap > 0 { row.breaks.append(row.cells.count) }
      }
      if item.atomClass == .opening { groups.append((row.cells.count, row.breaks.count)) }
      row.append(item.text)
      if item.atomClass == .closing, item.text.startsWithBracket, let group = groups.popLast(),
        row.cells[group.start...].count <= 12
      {
        row.breaks.removeSubrange(group.breaks...)
      }
    }
    return row
  }

  private func items(_ nodes: [FormulaNode]) -> [Item] {
    var items: [Item] = []
    var blanks = 0
    for node in nodes.ungrouped {
      switch node {
      case .space(let columns): blanks = max(blanks, isTight && columns < 2 ? 0 : columns)
      case .styleChange: continue
      default:
        let text = text(node)
        guard !text.isEmpty else { continue }
        var item = Item(text: text, atomClass: node.atomClass, blanksBefore: blanks)
        let isRelation = node.atomClass == .relation
        if node.standsApart && !(isTight && isRelation) { item.blanksBefore = max(1, blanks) }
        item.isScriptedOperator = node.isScriptedOperator
        if case .scripts(let scripts) = node { item.isBareScript = scripts.isBare }
        // An underlined or struck body shows by itself how far it goes.
        item.isLoose =
          node.isDecorated
          ? text.precedence == .fraction : text.precedence <= .fraction && !node.isSign
        items.append(item)
        blanks = 0
      }
    }
    return items
  }

  /// Puts parentheses around a fraction that stands in a product.
  private func encloseLooseFactors(in items: inout [Item]) {
    for index in items.indices where items[index].isLoose {
      let before = index > 0 ? items[index - 1].atomClass : .opening
      let after = index + 1 < items.count ? items[index + 1].atomClass : .closing
      let isFactor =
        before.multipliesRight && !(index == 1 && items[0].text.isSign)
        || after.multipliesLeft
      guard isFactor else { continue }
      items[index].text = items[index].text.enclosed()
      // A blank, lest a sum seem a function of the fraction.
      if index > 0 && items[index - 1].isScriptedOperator { items[index].blanksBefore = 1 }
    }
  }

  private func precedence(of items: [Item]) -> LinearText.Precedence {
    var precedence = LinearText.Precedence.product
    var depth = 0
    for (index, item) in items.enumerated() {
      if item.atomClass == .opening { depth += 1 }
      if item.atomClass == .closing && item.text.startsWithBracket { depth -= 1 }
      guard depth == 0 else { continue }
      switch item.atomClass {
      case .punctuation: precedence = min(precedence, .punctuation)
      case .relation: precedence = min(precedence, .relation)
      case .binary: precedence = min(precedence, .binary)
      case .largeOperator: precedence = min(precedence, .application)
      default:
        if index == 0 && item.text.isSign { precedence = min(precedence, .binary) }
        if item.text.precedence == .fraction { precedence = min(precedence, .fraction) }
      }
    }
    let isOneWord = items.allSatisfy(\.text.isDigits) || items.allSatisfy(\.text.isWord)
    if precedence == .product && isOneWord { return .atom }
    return precedence
  }

  // MARK: Nodes

  func text(_ node: FormulaNode) -> LinearText {
    switch node {
    case .symbol(let symbol): LinearText(symbol.text, symbol.role, symbol.attributes)
    case .group(let nodes, let atomClass, _):
      atomClass == .ordinary || atomClass == .largeOperator
        ? text(nodes) : tight.text(nodes)
    case .scripts(let scripts): scripted(scripts)
    case .fraction(let fraction): written(fraction)
    case .radical(let degree, let body): root(degree, body)
    case .fenced(let fence): written(fence)
    case .bigDelimiter(let delimiter, _, _):
      LinearText(delimiter.map(String.init) ?? "", .structure)
    case .accent(let accent, let body): accented(accent, body)
    case .stack(let base, let over, let under): stacked(base, over, under)
    case .arrow(let arrow, let over, let under):
      scripted(LinearText(arrow.short, .relation), lower: under, upper: over)
    case .matrix(let matrix): written(matrix)
    case .text(let text, let attributes): LinearText(text, .text, attributes)
    case .space(let columns): LinearText(String(repeating: " ", count: columns), .variable)
    case .styleChange, .phantom: LinearText()
    case .boxed(let body): decorated(body, .underline)
    case .cancelled(let body): decorated(body, .struck)
    case .reference(let label, let parenthesised):
      LinearText(options.references.shown(label, parenthesised: parenthesised), .tag)
    case .unknown(let name): LinearText(name, .unknown)
    }
  }

  private func decorated(_ body: [FormulaNode], _ attributes: Style.Attributes) -> LinearText {
    var text = text(body)
    for index in text.cells.indices { text.cells[index].attributes.formUnion(attributes) }
    return text
  }

  // MARK: Scripts

  private func scripted(_ scripts: FormulaScripts) -> LinearText {
    var base = scripts.base.map(text) ?? LinearText()
    let isBare = scripts.base?.isLargeOperator == true || base.isEnclosed
    if base.precedence < .atom && !isBare || scripts.collidesWithBase { base = base.enclosed() }
    let isOperator = scripts.base?.isLargeOperator == true
    return scripted(base, lower: scripts.lower, upper: scripts.upper, isOperator: isOperator)
  }

  func scripted(
    _ base: LinearText, lower: [FormulaNode]?, upper: [FormulaNode]?, isOperator: Bool = false
  ) -> LinearText {
    var text = base
    text.precedence = .atom
    if let lower {
      text.append(script: lower, .lower, by: tight, isLimit: isOperator && upper == nil)
    }
    if let upper { text.append(script: upper, .upper, by: tight) }
    return text
  }

  private func stacked(
    _ base: [FormulaNode], _ over: [FormulaNode]?, _ under: [FormulaNode]?
  ) -> LinearText {
    scripted(text(base).enclosed(below: .atom), lower: under, upper: over)
  }
}

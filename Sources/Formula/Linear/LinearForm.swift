import Canvas

/// Writes a formula on exactly one row.
///
/// Parentheses come from precedence, so that the row reads as the formula and nothing else; scripts
/// are characters of Unicode where all of them exist, `_x` and `^(…)` otherwise (math.md, section 5).
struct LinearForm {
  let references: [String: String]
  /// Inside scripts and beside a fraction's bar, relations and operators stand without blanks.
  private(set) var isTight = false

  init(references: [String: String], isTight: Bool = false) {
    self.references = references
    self.isTight = isTight
  }

  private var tight: LinearForm { LinearForm(references: references, isTight: true) }

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
        row.appendBlanks(max(gap, item.blanksBefore))
        let isBreak = [.relation, .binary, .punctuation].contains(previous.atomClass)
        if isBreak && gap > 0 { row.breaks.append(row.cells.count) }
      }
      if item.atomClass == .opening { groups.append((row.cells.count, row.breaks.count)) }
      row.append(item.text)
      if item.atomClass == .closing, item.text.isBracket, let group = groups.popLast(),
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
    for node in nodes {
      switch node {
      case .space(let columns): blanks = max(blanks, isTight && columns < 2 ? 0 : columns)
      case .styleChange: continue
      default:
        let text = text(node)
        guard !text.isEmpty else { continue }
        var item = Item(text: text, atomClass: node.atomClass, blanksBefore: blanks)
        if node.isLabelledRelation && !isTight { item.blanksBefore = max(1, blanks) }
        item.isScriptedOperator = node.isScriptedOperator
        item.isLoose = text.precedence <= .fraction && !node.isSign
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
      if item.atomClass == .closing && item.text.isBracket { depth -= 1 }
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
    if precedence == .product && items.allSatisfy(\.text.isDigits) { return .atom }
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
      LinearText(references.shown(label, parenthesised: parenthesised), .tag)
    case .unknown(let name): LinearText(name, .unknown)
    }
  }

  private func decorated(_ body: [FormulaNode], _ attributes: Style.Attributes) -> LinearText {
    var text = text(body).enclosed(below: .product)
    for index in text.cells.indices { text.cells[index].attributes.formUnion(attributes) }
    return text
  }

  // MARK: Scripts

  private func scripted(_ scripts: FormulaScripts) -> LinearText {
    var base = scripts.base.map(text) ?? LinearText()
    if base.precedence < .atom, scripts.base?.isLargeOperator != true, !base.isEnclosed {
      base = base.enclosed()
    }
    return scripted(base, lower: scripts.lower, upper: scripts.upper)
  }

  func scripted(
    _ base: LinearText, lower: [FormulaNode]?, upper: [FormulaNode]?
  ) -> LinearText {
    var text = base
    text.precedence = .atom
    if let lower { text.append(script: lower, .lower, by: tight) }
    if let upper { text.append(script: upper, .upper, by: tight) }
    return text
  }

  private func stacked(
    _ base: [FormulaNode], _ over: [FormulaNode]?, _ under: [FormulaNode]?
  ) -> LinearText {
    scripted(text(base).enclosed(below: .atom), lower: under, upper: over)
  }

  // MARK: Fractions and roots

  private func written(_ fraction: FormulaFraction) -> LinearText {
    switch fraction.kind {
    case .bar: return ratio(fraction)
    case .binomial, .stacked:
      var text = LinearText(fraction.kind == .binomial ? "C(" : "(", .structure)
      text.append(tight.text(fraction.numerator))
      text.append(LinearText(", ", .structure))
      text.append(tight.text(fraction.denominator))
      text.append(LinearText(")", .structure))
      return text
    }
  }

  /// `a/b`: a product may stand above the bar bare, below it only one atom.
  private func ratio(_ fraction: FormulaFraction) -> LinearText {
    var text = tight.text(fraction.numerator).enclosed(below: .product)
    text.endsInBareScript = false
    text.append(LinearText("/", .structure))
    let denominator = tight.text(fraction.denominator)
    let isBare =
      denominator.precedence == .atom || denominator.isBetweenBars
      || fraction.denominator.isCallOrDifferential
    text.append(isBare ? denominator : denominator.enclosed())
    text.precedence = .fraction
    text.breaks = []
    return text
  }

  private func root(_ degree: [FormulaNode]?, _ body: [FormulaNode]) -> LinearText {
    var text = LinearText()
    if let degree, !degree.isEmpty {
      text =
        ScriptWriter.glyphs(for: degree, .upper).map { LinearText($0) }
        ?? tight.text(degree).enclosed()
      text.endsInBareScript = false
    }
    text.append(LinearText("√", .structure))
    let radicand = tight.text(body)
    let isBare = radicand.isEnclosed || radicand.precedence == .atom
    text.append(isBare ? radicand : radicand.enclosed())
    text.endsInBareScript = isBare
    return text
  }

  // MARK: Fences, accents, matrices

  private func written(_ fence: FormulaFence) -> LinearText {
    var text = LinearText(fence.left.map(String.init) ?? "", .structure)
    for (index, part) in fence.parts.enumerated() {
      if index > 0 {
        text.append(LinearText(fence.middles[index - 1].map { " \($0) " } ?? "", .structure))
      }
      let body = inside(fence, part)
      text.append(fence.isEvaluation ? body.enclosed(below: .atom) : body)
    }
    text.endsInBareScript = false
    text.append(LinearText(fence.shownRight, .structure))
    if fence.right == nil && fence.shownRight.isEmpty { text.precedence = .product }
    return text.withoutShortBreaks
  }

  /// A matrix directly inside a fence needs no brackets of its own.
  private func inside(_ fence: FormulaFence, _ part: [FormulaNode]) -> LinearText {
    let solid = part.filter { !$0.isSpace }
    if solid.count == 1, case .matrix(let matrix) = solid[0], matrix.left == nil,
      matrix.right == nil
    {
      return entries(of: matrix)
    }
    return text(part)
  }

  private func accented(_ accent: FormulaAccent, _ body: [FormulaNode]) -> LinearText {
    var text = text(body)
    if case .brace = accent.row {
      text = text.enclosed(below: .atom)
      text.append(LinearText(accent.isUnder ? "⏟" : "⏞", .structure))
      return text
    }
    if text.cells.count != 1 && !text.isEnclosed { text = text.enclosed() }
    if accent.mark == "\u{304}" && text.cells.count > 1 {
      text.append(LinearText("‾", .structure))
    } else if let last = text.cells.last {
      text.cells[text.cells.count - 1].character = last.character.marked(accent.mark)
    }
    text.precedence = .atom
    return text
  }

  private func written(_ matrix: FormulaMatrix) -> LinearText {
    let entries = entries(of: matrix)
    if matrix.left == nil && matrix.right == nil {
      return matrix.rows.count > 1 && matrix.columns == .centred ? entries.enclosed() : entries
    }
    return entries.enclosed(
      matrix.left.map(String.init) ?? "", matrix.right.map(String.init) ?? "}")
  }

  /// Cells joined by commas (pairs of `aligned` belong together), rows by semicolons.
  private func entries(of matrix: FormulaMatrix) -> LinearText {
    if let row = matrix.rows.first, matrix.rows.count == 1, row.cells.count == 1 {
      return text(row.cells[0])
    }
    var text = LinearText([], .punctuation)
    for (index, row) in matrix.rows.enumerated() {
      if index > 0 {
        text.append(separator(matrix.columns == .lines && matrix.numbering == nil ? ", " : "; "))
      }
      text.append(matrix.columns == .paired ? paired(row) : separated(row))
    }
    return text
  }

  private func paired(_ row: FormulaMatrix.Row) -> LinearText {
    var text = LinearText([], .relation)
    for pair in stride(from: 0, to: row.cells.count, by: 2) {
      if pair > 0 { text.append(separator(", ")) }
      text.append(self.text(Array(row.cells[pair..<min(pair + 2, row.cells.count)].joined())))
    }
    return text
  }

  private func separated(_ row: FormulaMatrix.Row) -> LinearText {
    var text = LinearText()
    for (index, cell) in row.cells.enumerated() {
      if index > 0 { text.append(separator(row.cells[index - 1].endsInPunctuation ? " " : ", ")) }
      text.append(self.text(cell))
    }
    return text
  }

  private func separator(_ mark: String) -> LinearText {
    var text = LinearText(mark, .structure)
    text.breaks = [text.cells.count]
    return text
  }
}

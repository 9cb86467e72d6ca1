import Canvas

/// Writes a formula as presentation MathML, the form that browsers draw by themselves.
///
/// - Source: W3C, "MathML Core", https://www.w3.org/TR/mathml-core/.
struct MathMLWriter {
  /// What `\ref` shows for each label.
  let references: [String: String]
  /// What stands at the right edge of each row of a numbered environment.
  var numbers: [String?] = []

  /// The nodes as the content of a row; a change of style holds to its end.
  func row(_ nodes: [FormulaNode]) -> String {
    var text = ""
    let nodes = Self.joined(nodes)
    for (index, node) in nodes.enumerated() {
      guard case .styleChange(let style) = node else {
        text += self.node(node)
        continue
      }
      let rest = row(Array(nodes[(index + 1)...]))
      let level = style == .script ? 1 : 0
      return text + "<mstyle displaystyle=\"\(style == .display)\" scriptlevel=\"\(level)\">"
        + rest + "</mstyle>"
    }
    return text
  }

  /// The nodes with the digits of a number, and the letters of an upright word, in one.
  private static func joined(_ nodes: [FormulaNode]) -> [FormulaNode] {
    var joined: [FormulaNode] = []
    for node in nodes {
      guard case .symbol(let next) = node, case .symbol(var last)? = joined.last,
        next.role == .number || next.role == .text, next.role == last.role,
        next.atomClass == .ordinary, last.atomClass == .ordinary,
        next.attributes == last.attributes
      else {
        joined.append(node)
        continue
      }
      last.text += next.text
      joined[joined.count - 1] = .symbol(last)
    }
    return joined
  }

  /// The nodes as one element, as an argument needs it.
  private func one(_ nodes: [FormulaNode]) -> String { "<mrow>\(row(nodes))</mrow>" }

  private func node(_ node: FormulaNode) -> String {
    switch node {
    case .symbol(let symbol): self.symbol(symbol)
    case .group(let nodes, .largeOperator, let limits): operatorGroup(nodes, limits)
    case .group(let nodes, _, _): one(nodes)
    case .scripts(let scripts): self.scripts(scripts)
    case .fraction(let fraction): self.fraction(fraction)
    case .radical(nil, let body): "<msqrt>\(row(body))</msqrt>"
    case .radical(let degree?, let body): "<mroot>\(one(body))\(one(degree))</mroot>"
    case .fenced(let fence): self.fence(fence)
    case .bigDelimiter(let delimiter, let rows, let atomClass):
      bracket(delimiter, height: rows > 1 ? 2.4 : 1.2, atomClass)
    case .accent(let accent, let body): self.accent(accent, body)
    case .stack(let base, let over, let under): stack(one(base), over: over, under: under)
    case .arrow(let arrow, let over, let under): stack(sign(of: arrow), over: over, under: under)
    case .matrix(let matrix): self.matrix(matrix)
    case .text(let text, let attributes):
      "<mtext\(Self.style(attributes))>\(Self.fixed(text))</mtext>"
    case .space(let columns): columns == 0 ? "" : "<mspace width=\"\(Self.width(columns))\"/>"
    case .styleChange: ""
    case .boxed(let body):
      "<mrow style=\"border:1px solid;padding:0.2em\">\(row(body))</mrow>"
    case .cancelled(let body):
      "<menclose notation=\"updiagonalstrike\" style=\"text-decoration:line-through\">"
        + one(body) + "</menclose>"
    case .phantom(let body): "<mphantom>\(row(body))</mphantom>"
    case .reference(let label, let isParenthesised): reference(label, isParenthesised)
    case .unknown(let name): "<mtext class=\"unknown\">\(MarkupText.escaped(name))</mtext>"
    }
  }

  private static func width(_ columns: Int) -> String {
    columns == 1 ? "0.2em" : "\(columns / 2)em"
  }

  private func reference(_ label: String, _ isParenthesised: Bool) -> String {
    let number = MarkupText.escaped(references[label] ?? "??")
    return "<mtext>\(isParenthesised ? "(\(number))" : number)</mtext>"
  }

  // MARK: Signs

  private func symbol(_ symbol: FormulaSymbol) -> String {
    let text = MarkupText.escaped(symbol.text)
    let style = Self.style(symbol.attributes)
    switch symbol.atomClass {
    case .opening, .closing, .bar: return "<mo stretchy=\"false\"\(style)>\(text)</mo>"
    case .relation, .binary, .prefix, .punctuation: return "<mo\(style)>\(text)</mo>"
    case .largeOperator: return "<mo\(Self.limits(symbol.limits))\(style)>\(text)</mo>"
    case .ordinary, .inner: break
    }
    switch symbol.role {
    case .number: return "<mn\(style)>\(text)</mn>"
    // A single letter would be slanted.
    case .text: return "<mi mathvariant=\"normal\"\(style)>\(text)</mi>"
    case .variable: return "<mi\(style)>\(text)</mi>"
    default: return "<mo stretchy=\"false\"\(style)>\(text)</mo>"
    }
  }

  private static func style(_ attributes: Style.Attributes) -> String {
    attributes.contains(.bold) ? " style=\"font-weight:bold\"" : ""
  }

  private static func limits(_ placement: LimitPlacement) -> String {
    " movablelimits=\"\(placement == .stackedInDisplay)\""
  }

  /// A word that works as an operator: `\operatorname{softmax}`, `\mathop{…}`.
  private func operatorGroup(_ nodes: [FormulaNode], _ limits: LimitPlacement) -> String {
    let word = nodes.compactMap { node -> String? in
      switch node {
      case .symbol(let symbol): symbol.text
      case .text(let text, _): text
      default: nil
      }
    }
    guard word.count == nodes.count else { return one(nodes) }
    return "<mo\(Self.limits(limits))>\(MarkupText.escaped(word.joined()))</mo>"
  }

  private func bracket(
    _ delimiter: Delimiter, height: Double? = nil, _ atomClass: AtomClass = .opening
  ) -> String {
    guard let delimiter else { return "" }
    let form =
      switch atomClass {
      case .opening: "prefix"
      case .closing: "postfix"
      default: "infix"
      }
    let size = height.map { " minsize=\"\($0)em\" maxsize=\"\($0)em\"" } ?? ""
    let text = MarkupText.escaped(String(delimiter))
    return "<mo form=\"\(form)\" stretchy=\"true\" symmetric=\"true\"\(size)>\(text)</mo>"
  }

  // MARK: Constructs

  private func scripts(_ scripts: FormulaScripts) -> String {
    let base = scripts.base.map(node) ?? "<mrow></mrow>"
    let isStacked = scripts.base.map(\.limitPlacement) != .beside
    return stack(
      base.isEmpty ? "<mrow></mrow>" : base, over: scripts.upper, under: scripts.lower,
      names: scripts.base != nil && isStacked
        ? ("munder", "mover", "munderover") : ("msub", "msup", "msubsup"))
  }

  /// A base with what stands at, or over and under, it.
  private func stack(
    _ base: String, over: [FormulaNode]?, under: [FormulaNode]?,
    names: (lower: String, upper: String, both: String) = ("munder", "mover", "munderover")
  ) -> String {
    switch (under, over) {
    case (let under?, let over?):
      "<\(names.both)>\(base)\(one(under))\(one(over))</\(names.both)>"
    case (let under?, nil): "<\(names.lower)>\(base)\(one(under))</\(names.lower)>"
    case (nil, let over?): "<\(names.upper)>\(base)\(one(over))</\(names.upper)>"
    case (nil, nil): base
    }
  }

  private func fraction(_ fraction: FormulaFraction) -> String {
    let parts = one(fraction.numerator) + one(fraction.denominator)
    switch fraction.kind {
    case .bar: return "<mfrac>\(parts)</mfrac>"
    case .stacked: return "<mfrac linethickness=\"0\">\(parts)</mfrac>"
    case .binomial:
      return "<mrow>\(bracket("("))<mfrac linethickness=\"0\">\(parts)</mfrac>"
        + bracket(")", .closing) + "</mrow>"
    }
  }

  private func fence(_ fence: FormulaFence) -> String {
    var text = bracket(fence.left)
    for (index, part) in fence.parts.enumerated() {
      if index > 0 { text += bracket(fence.middles[index - 1], .inner) }
      text += row(part)
    }
    return "<mrow>\(text)\(bracket(fence.right, .closing))</mrow>"
  }

  private func accent(_ accent: FormulaAccent, _ body: [FormulaNode]) -> String {
    let mark: String
    switch accent.row {
    case .arrow(let arrow): mark = sign(of: arrow)
    case .brace: mark = "<mo stretchy=\"true\">\(accent.isUnder ? "⏟" : "⏞")</mo>"
    case .centred, .repeated: mark = "<mo>\(Self.marks[accent.mark] ?? "¯")</mo>"
    }
    return accent.isUnder
      ? "<munder accentunder=\"true\">\(one(body))\(mark)</munder>"
      : "<mover accent=\"true\">\(one(body))\(mark)</mover>"
  }

  /// Combining marks as signs that stand alone.
  private static let marks: [Unicode.Scalar: String] = [
    "\u{302}": "^", "\u{30C}": "ˇ", "\u{306}": "˘", "\u{301}": "´", "\u{300}": "`",
    "\u{30A}": "˚", "\u{307}": "˙", "\u{308}": "¨", "\u{20DB}": "\u{20DB}", "\u{20DC}": "\u{20DC}",
    "\u{304}": "¯", "\u{303}": "~", "\u{332}": "_", "\u{330}": "~",
  ]

  /// The end of an arrow that is no shaft, or a sign with two such ends.
  private func sign(of arrow: StretchedArrow) -> String {
    let shafts: Set<Character> = ["─", "═"]
    let text: String =
      switch (shafts.contains(arrow.left), shafts.contains(arrow.right)) {
      case (true, true): "="
      case (true, false): String(arrow.right)
      case (false, true): String(arrow.left)
      case (false, false):
        switch arrow.left {
        case "⇐": "⇔"
        case "↦", "↪", "⇌": String(arrow.left)
        default: arrow.right == "↩" ? "↩" : "↔"
        }
      }
    return "<mo stretchy=\"true\">\(text)</mo>"
  }

  private func matrix(_ matrix: FormulaMatrix) -> String {
    let rows = matrix.rows.enumerated().map { index, row in
      let cells = row.cells.enumerated().map { column, cell in
        "<mtd style=\"\(matrix.columns.style(column, row: index, of: matrix.rows.count))\">"
          + self.row(cell) + "</mtd>"
      }
      return "<mtr>\(cells.joined())\(number(of: index))</mtr>"
    }
    let isDisplay =
      switch matrix.columns {
      case .paired, .lines, .staggered: true
      default: false
      }
    let table = "<mtable displaystyle=\"\(isDisplay)\">\(rows.joined())</mtable>"
    return "<mrow>\(bracket(matrix.left))\(table)\(bracket(matrix.right, .closing))</mrow>"
  }

  private func number(of row: Int) -> String {
    guard numbers.contains(where: { $0 != nil }) else { return "" }
    let number = row < numbers.count ? numbers[row] : nil
    return
      "<mtd style=\"padding-left:2em\"><mtext>\(MarkupText.escaped(number ?? ""))</mtext></mtd>"
  }

  /// Words whose blanks at the ends would be lost.
  private static func fixed(_ text: String) -> String {
    MarkupText.escaped(text).replacing(" ", with: "\u{A0}")
  }
}

extension FormulaMatrix.Columns {
  /// How the cells of a column stand.
  fileprivate func style(_ column: Int, row: Int, of rows: Int) -> String {
    switch self {
    case .centred: "text-align:center"
    case .paired:
      column.isMultiple(of: 2)
        ? "text-align:right;padding-right:0" : "text-align:left;padding-left:0.2em"
    case .left: "text-align:left"
    case .lines: "text-align:center"
    case .staggered:
      "text-align:\(row == 0 ? "left" : row == rows - 1 ? "right" : "center")"
    case .specified(let letters, let rules):
      "text-align:\(Self.sides[column < letters.count ? letters[column] : "c"] ?? "center")"
        + (rules.contains(column) ? ";border-left:1px solid" : "")
    }
  }

  private static let sides: [Character: String] = ["l": "left", "r": "right", "c": "center"]
}

extension FormulaNode {
  /// Where its scripts stand.
  fileprivate var limitPlacement: LimitPlacement {
    switch self {
    case .symbol(let symbol): symbol.limits
    case .group(_, _, let limits): limits
    case .accent(let accent, _): accent.row == .brace ? .stacked : .beside
    case .scripts(let scripts): scripts.base?.limitPlacement ?? .beside
    default: .beside
    }
  }
}

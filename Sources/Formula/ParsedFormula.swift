import Canvas

/// A formula of TeX, parsed once and laid out in two ways.
///
/// Nothing throws: an unknown command stays visible by its own name, in the role `unknown`; a
/// formula whose structure is broken shows its exact source and says so.
package struct ParsedFormula: Sendable {
  /// The TeX as it stood in the post, without its delimiters.
  package let source: String
  /// Whether the source is shown, because it cannot be drawn.
  package let isBroken: Bool
  /// Commands that are not known, each once, in the order of their first use.
  package let unknownCommands: [String]
  /// The macros in force after this formula, which may define some.
  package let macros: FormulaMacros
  let nodes: [FormulaNode]
  private let marks: RowMarks
  private let symbolNames: [String]

  /// Longer sources are not parsed; the longest seen in practice has four kibibytes.
  package static let maximumLength = 16_384
  /// Larger drawings are not painted: a page has some thousand cells.
  private static let maximumCells = 400_000

  package init(_ source: String, macros: FormulaMacros = FormulaMacros()) {
    self.source = source
    var parser = FormulaParser(
      source.utf8.count <= ParsedFormula.maximumLength ? FormulaLexer.tokens(of: source) : [],
      macros: macros)
    do throws(FormulaFault) {
      guard source.utf8.count <= ParsedFormula.maximumLength else { throw .tooLong }
      nodes = try parser.formula()
      isBroken = false
    } catch {
      nodes = []
      isBroken = true
    }
    unknownCommands = isBroken ? [] : parser.unknownCommands.uniqued
    symbolNames = isBroken ? [] : parser.symbolNames.uniqued
    self.macros = isBroken ? macros : parser.macros
    marks = parser.marks
  }

  // MARK: Drawing

  /// The formula in two dimensions, broken at relations and operators to fit a width if it can.
  ///
  /// It may still be wider; then the caller scrolls. With numbers the box has the whole width, the
  /// formula in the middle and the numbers at the right edge.
  package func box(
    width: Int, numbers: [String?] = [], options: FormulaOptions = FormulaOptions()
  ) -> FormulaBox {
    guard !isBroken else { return FormulaBox(source: source, options.displayWidth) }
    let layout = DisplayLayout(options: options, width: width)
    let box = layout.box(self, numbers: numbers)
    guard box.width * box.height <= ParsedFormula.maximumCells else {
      return FormulaBox(source: source, options.displayWidth)
    }
    return FormulaBox(box, options.displayWidth)
  }

  /// The formula on one row, or the advice to set it apart if a matrix makes it too long.
  package func inline(
    width: Int = 60, options: FormulaOptions = FormulaOptions()
  ) -> InlineFormula {
    let row = row(options: options)
    if !isBroken && nodes.holdsEnvironment && row.width > min(60, width) { return .hoisted }
    return .row(row)
  }

  /// The formula on one row, however long; its source if it cannot be drawn.
  package func row(options: FormulaOptions = FormulaOptions()) -> FormulaRow {
    let text =
      isBroken
      ? LinearText(GlyphCell.cells(SafeText(source).string, .variable))
      : LinearForm(options).text(nodes)
    return FormulaRow(text, options)
  }

  /// What a search finds the formula by, besides its source: the row, a tab, and the names of its
  /// signs.
  package var searchText: String {
    guard !isBroken else { return "" }
    let row = LinearForm(FormulaOptions()).text(nodes)
    return String(row.cells.map(\.character)) + "\t" + symbolNames.joined(separator: " ")
  }

  // MARK: Numbering

  /// The labels that are bound to its rows.
  package var labels: [String] { numberedRows.flatMap(\.marks.labels) }

  /// The labels that it refers to, in the order of the text.
  package var referencedLabels: [String] { nodes.referencedLabels }

  /// The rows that may carry a number: those of a numbering environment, else the whole.
  var numberedRows: [NumberedRow] {
    guard let matrix = numberedMatrix else { return [NumberedRow(marks: marks, counts: false)] }
    switch matrix.numbering {
    case .once:
      let all = matrix.rows.reduce(into: RowMarks()) { $0.merge($1.marks) }
      return [NumberedRow(marks: all, counts: true)]
    case .perRow: return matrix.rows.map { NumberedRow(marks: $0.marks, counts: true) }
    default: return matrix.rows.map { NumberedRow(marks: $0.marks, counts: false) }
    }
  }

  /// The environment that is the whole formula, if it numbers its rows.
  var numberedMatrix: FormulaMatrix? {
    let solid = nodes.filter { !$0.isSpace }
    guard solid.count == 1, case .matrix(let matrix) = solid[0], matrix.numbering != nil else {
      return nil
    }
    return matrix
  }
}

extension RowMarks {
  fileprivate mutating func merge(_ other: RowMarks) {
    tag = tag ?? other.tag
    labels += other.labels
    isUnnumbered = isUnnumbered || other.isUnnumbered
  }
}

extension FormulaRow {
  fileprivate init(_ text: LinearText, _ options: FormulaOptions) {
    let displayWidth = options.displayWidth
    let cells = options.glyphs.glyphs(text.cells)
    var pieces: [[FormulaRun]] = []
    var start = 0
    for end in text.withoutShortBreaks.breaks + [cells.count] where end > start {
      pieces.append(Array(cells[start..<end]).runs(displayWidth))
      start = end
    }
    self.init(pieces: pieces, width: cells.columns(displayWidth))
  }
}

extension [String] {
  /// The strings, each once.
  fileprivate var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}

extension [FormulaNode] {
  fileprivate var referencedLabels: [String] {
    flatMap { node -> [String] in
      if case .reference(let label, _) = node { return [label] }
      return node.parts.flatMap(\.referencedLabels)
    }
  }

  /// Whether rows and columns stand anywhere in it that a row of text can only flatten.
  fileprivate var holdsEnvironment: Bool {
    contains { node in
      switch node {
      case .matrix(let matrix) where matrix.isEnvironment: true
      default: node.parts.contains(where: \.holdsEnvironment)
      }
    }
  }
}

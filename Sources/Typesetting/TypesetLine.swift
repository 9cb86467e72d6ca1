package import Canvas

/// One row of a laid-out post.
package struct TypesetLine: Hashable, Sendable {
  package var line: Line
  /// The top-level block that the row belongs to, counted from 0; footnotes follow the last block.
  package var block: Int
  /// Row within that block.
  package var row: Int
  /// Links, formulas and other things of this row that the focus can visit.
  package var targets: [Target]
  /// How many first columns of the row stay when the reader moves it sideways.
  ///
  /// Nil for a row that does not move. All rows of a code block, table or formula that is wider
  /// than the page have one, so that they move together; `visibleLine` shows a part of them.
  package var fixedColumns: Int?
  /// How the row goes on the one above; nil where the author began a line.
  package var continuation: Continuation?

  /// What stood where a line was broken, for joining its rows again.
  package enum Continuation: Hashable, Sendable { case afterBlank, withinText }

  /// Something on a row that can be focused, followed, copied or scrolled.
  package struct Target: Hashable, Sendable {
    /// Order in the document, equal on all rows of one target.
    package var id: Int
    package var kind: Kind
    /// Columns of the row that it covers.
    package var columns: Range<Int>

    package init(id: Int, kind: Kind, columns: Range<Int>) {
      self.id = id
      self.kind = kind
      self.columns = columns
    }
  }

  /// What a target is, with what acting on it needs.
  package enum Kind: Hashable, Sendable {
    case link(destination: String)
    case footnote(Int)
    case math(source: String)
    /// A reference to a numbered equation, `\eqref`, with the block where that stands.
    case equation(block: Int, source: String)
    case code(source: String)
    case table
    case image(source: String)
    /// The demo's card; the body of its block sets parameters, one `name = value` a line.
    case demo(settings: String)

    /// The exact TeX of a formula.
    package var formulaSource: String? {
      switch self {
      case .math(let source), .equation(_, let source): source
      default: nil
      }
    }
  }

  package init(
    line: Line, block: Int, row: Int, targets: [Target] = [], fixedColumns: Int? = nil,
    continuation: Continuation? = nil
  ) {
    self.line = line
    self.block = block
    self.row = row
    self.targets = targets
    self.fixedColumns = fixedColumns
    self.continuation = continuation
  }
}

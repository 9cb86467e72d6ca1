import Canvas

/// How an atom is spaced against its neighbours: the classes of TeX.
enum AtomClass: Hashable, Sendable {
  case ordinary, largeOperator, binary, relation, opening, closing, punctuation, inner
  /// A sign before a term, which a binary operator becomes without a term to its left.
  case prefix
  /// An upright bar: it opens, closes or divides, as its neighbours tell.
  case bar
}

/// Where the scripts of an operator stand.
enum LimitPlacement: Hashable, Sendable {
  /// Beside it, as on a letter.
  case beside
  /// Above and below in display style, beside it otherwise (`\sum`, `\max`).
  case stackedInDisplay
  /// Always above and below (`\limits`).
  case stacked
}

/// TeX's math styles as far as character cells can tell them apart.
enum MathStyle: Hashable, Sendable {
  case display, text, script
}

/// A sign or a short word: one indivisible piece of a formula.
struct FormulaSymbol: Hashable, Sendable {
  var text: String
  var atomClass: AtomClass = .ordinary
  var role: FormulaRole = .variable
  var attributes: Style.Attributes = []
  var limits: LimitPlacement = .beside
}

/// A bracket of `\left`, `\big` or an environment; nil is the empty one, `\left.`.
typealias Delimiter = Character?

/// A formula as a tree, one case for each production of the grammar (math.md, section 2).
///
/// Fonts are resolved to characters and attributes while parsing; both back ends, the boxes and
/// the row, read this one tree.
indirect enum FormulaNode: Hashable, Sendable {
  case symbol(FormulaSymbol)
  /// `{…}`, and what counts as one atom of a given class (`\mathbin{…}`, `\operatorname{…}`).
  case group([FormulaNode], AtomClass, LimitPlacement)
  case scripts(FormulaScripts)
  case fraction(FormulaFraction)
  case radical(degree: [FormulaNode]?, body: [FormulaNode])
  case fenced(FormulaFence)
  case bigDelimiter(Delimiter, rows: Int, AtomClass)
  case accent(FormulaAccent, [FormulaNode])
  /// Labels centred over and under a base: `\overset`, `\underset`, `\stackrel`.
  case stack(base: [FormulaNode], over: [FormulaNode]?, under: [FormulaNode]?)
  /// An arrow as long as its labels: `\xrightarrow[under]{over}`.
  case arrow(StretchedArrow, over: [FormulaNode], under: [FormulaNode]?)
  case matrix(FormulaMatrix)
  case text(String, Style.Attributes)
  /// Blanks: 2 for `\quad`, 1 for the thin ones, 0 for `\!`.
  case space(Int)
  /// `\displaystyle` and its kin: holds to the end of the list.
  case styleChange(MathStyle)
  case boxed([FormulaNode])
  case cancelled([FormulaNode])
  /// Takes room, shows nothing.
  case phantom([FormulaNode])
  /// `\ref` (bare) or `\eqref` (in parentheses).
  case reference(String, parenthesised: Bool)
  case unknown(String)

  /// A plain group.
  static func group(_ nodes: [FormulaNode]) -> FormulaNode { .group(nodes, .ordinary, .beside) }
}

/// An atom with its subscript and superscript.
struct FormulaScripts: Hashable, Sendable {
  var base: FormulaNode?
  var lower: [FormulaNode]?
  var upper: [FormulaNode]?
}

/// Two parts one over the other.
struct FormulaFraction: Hashable, Sendable {
  var numerator: [FormulaNode]
  var denominator: [FormulaNode]
  /// A binomial has parentheses and no bar; `\atop` has neither.
  var kind: Kind = .bar

  enum Kind: Hashable, Sendable {
    case bar, binomial, stacked
  }
}

/// `\left … \middle … \right`.
struct FormulaFence: Hashable, Sendable {
  var left: Delimiter
  var right: Delimiter
  /// The parts between the delimiters, one more than there are middle ones.
  var parts: [[FormulaNode]]
  var middles: [Delimiter]
}

/// A mark over or under a body.
struct FormulaAccent: Hashable, Sendable {
  /// The combining mark for a body of one grapheme.
  var mark: Unicode.Scalar
  /// The row for a longer one.
  var row: Row
  var isUnder = false

  enum Row: Hashable, Sendable {
    /// One sign in the middle.
    case centred(Character)
    /// A sign repeated over the whole body.
    case repeated(Character)
    case arrow(StretchedArrow)
    /// A brace with a stem for its label.
    case brace
  }
}

/// An arrow that grows: its ends and its shaft.
struct StretchedArrow: Hashable, Sendable {
  var left: Character
  var shaft: Character
  var right: Character
}

/// Rows and columns: every environment.
struct FormulaMatrix: Hashable, Sendable {
  var rows: [Row]
  var columns: Columns
  var left: Delimiter
  var right: Delimiter
  var ruledBefore: Set<Int> = []
  /// Whether it was written as an environment, and not as mere lines.
  var isEnvironment = false
  /// What an environment that numbers its rows needs; nil for the others.
  var numbering: Numbering?

  struct Row: Hashable, Sendable {
    var cells: [[FormulaNode]]
    var marks = RowMarks()
  }

  enum Numbering: Hashable, Sendable {
    case perRow, once, unnumbered
  }

  /// How cells stand in their column.
  enum Columns: Hashable, Sendable {
    /// All centred (`matrix`), with a gap between columns.
    case centred
    /// Right and left by turns, without a gap inside a pair (`aligned`).
    case paired
    /// Left, as `cases`.
    case left
    /// As the argument of `array` says: `lcr`, and the columns before which a rule stands.
    case specified([Character], rules: Set<Int>)
    /// Whole lines, each centred (`gather`).
    case lines
    /// `multline`: the first line left, the last right.
    case staggered
  }
}

/// What numbering needs to know of one row.
struct RowMarks: Hashable, Sendable {
  /// The text of `\tag`, with its parentheses unless starred.
  var tag: String?
  var labels: [String] = []
  var isUnnumbered = false
}

/// One place of the grid: a grapheme and its style.
///
/// A wide grapheme stands in its left cell; the cell to the right is its tail and holds nothing.
package struct Cell: Hashable, Sendable {
  package var symbol: Symbol
  package var style: Style

  /// What stands in a cell.
  package enum Symbol: Hashable, Sendable {
    /// A grapheme that starts here, of one column or of two.
    case grapheme(Character)
    /// The right half of the wide grapheme to the left.
    case tail
  }

  package init(_ symbol: Symbol, _ style: Style = .plain) {
    self.symbol = symbol
    self.style = style
  }

  /// An empty cell in the terminal's own colours.
  package static let blank = Cell(.grapheme(" "))
}

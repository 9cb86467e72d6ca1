import Canvas
import TestSupport
import Testing

struct CellGridTests {
  @Test func `text is drawn from its place to the right`() {
    var grid = CellGrid(width: 8, height: 2)
    let end = grid.draw(SafeText("采样ab"), column: 1, row: 1)
    #expect(end == 7)
    #expect(grid.text == "\n 采样ab\n")
  }

  @Test func `a wide character that does not fit whole is not drawn`() {
    var grid = CellGrid(width: 3, height: 1)
    grid.draw(SafeText("采样"), column: 0, row: 0)
    #expect(grid.rowText(0) == "采")
  }

  @Test func `a wide character that is half overwritten disappears`() {
    for column in 0...1 {
      var grid = CellGrid(width: 4, height: 1)
      grid.draw(SafeText("采样"), column: 0, row: 0)
      grid.draw(SafeText("x"), column: column, row: 0)
      #expect(grid.rowText(0) == (column == 0 ? "x 样" : " x样"))
    }
  }

  @Test func `nothing is drawn outside the area`() {
    var grid = CellGrid(width: 6, height: 3)
    let area = Rect(x: 2, y: 1, width: 2, height: 1)
    for row in 0..<3 { grid.draw(SafeText("abcdef"), column: 0, row: row, in: area) }
    #expect(grid.text == "\n  cd\n\n")
  }

  @Test func `marks do not take a cell of their own`() {
    var grid = CellGrid(width: 3, height: 1)
    grid.draw(SafeText("e\u{301}a"), column: 0, row: 0)
    #expect(grid[column: 1, row: 0].symbol == .grapheme("a"))
  }

  @Test func `fill and restyle stay within the grid`() {
    var grid = CellGrid(width: 3, height: 2)
    grid.fill(Rect(x: -5, y: -5, width: 100, height: 6), with: "x", style: .plain)
    grid.restyle(Rect(x: 1, y: 0, width: 9, height: 9)) { $0.attributes = .bold }
    #expect(grid.text == "xxx\n\n")
    #expect(grid[column: 0, row: 0].style == .plain)
    #expect(grid[column: 2, row: 1].style.attributes == .bold)
  }

  @Test func `a row as a line has the same text and styles`() {
    var grid = CellGrid(width: 6, height: 1)
    grid.draw(SafeText("a采"), column: 0, row: 0, style: Style(attributes: .bold))
    let line = grid.line(0)
    #expect(line.text == "a采   ")
    #expect(line.spans.count == 2)
    #expect(line.spans[0].style.attributes == .bold)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `every row keeps the width of the grid whatever is drawn`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let pieces = ["采样", "a", "α×", "👩‍💻", "e\u{301}", "。", "  "]
    for width in [DisplayWidth.standard, DisplayWidth(ambiguous: 2)] {
      for _ in 0..<300 {
        var grid = CellGrid(
          width: Int.random(in: 0...9, using: &generator),
          height: Int.random(in: 0...3, using: &generator), displayWidth: width)
        for _ in 0..<6 {
          grid.draw(
            SafeText(pieces[Int.random(in: 0..<pieces.count, using: &generator)]),
            column: Int.random(in: -3...10, using: &generator),
            row: Int.random(in: -1...3, using: &generator))
        }
        for row in 0..<grid.height { #expect(grid.isWhole(row: row), "seed \(seed)") }
      }
    }
  }
}

extension CellGrid {
  /// Whether each wide grapheme of a row has its tail, and each tail its grapheme.
  fileprivate func isWhole(row: Int) -> Bool {
    let cells = Array(self.row(row))
    return cells.indices.allSatisfy { index in
      let hasTail = index + 1 < cells.count && cells[index + 1].symbol == .tail
      switch cells[index].symbol {
      case .grapheme(let character): return hasTail == (displayWidth.columns(of: character) == 2)
      case .tail: return index > 0 && cells[index - 1].symbol != .tail
      }
    }
  }
}

import Canvas
import DemoKit
import Reader
import TestSupport
import Testing
import Typesetting

struct WidgetTests {
  private let plain = Appearance(theme: .plain)

  private func drawn(
    _ width: Int, _ height: Int, _ draw: (inout CellGrid, Rect) -> Void
  ) -> String {
    var grid = CellGrid(width: width, height: height)
    draw(&grid, grid.bounds)
    return grid.text
  }

  @Test func `a plot of a curve and a cloud`() {
    let view = PlotView(Fixtures.plot, appearance: plain)
    expectSnapshot(drawn(60, 14) { view.render(into: &$0, in: $1) }, named: "plot-60x14")
  }

  @Test func `a plot with values that are no numbers`() {
    let values: [Double] = [1, 2, .nan, 4, .infinity, -.infinity, 3]
    let plot = Plot(
      title: "loss", series: [.init("loss", x: (0..<7).map { Double($0) }, y: values)])
    let view = PlotView(plot, appearance: plain)
    expectSnapshot(drawn(40, 8) { view.render(into: &$0, in: $1) }, named: "plot-gaps-40x8")
  }

  @Test func `plots of nothing, of one point and of equal values do not trap`() {
    let series: [[Double]] = [
      [], [3], [2, 2, 2], [.nan], [1e308, -1e308], [0, .leastNonzeroMagnitude],
    ]
    for values in series {
      let plot = Plot(title: "p", series: [.init("s", x: values, y: values)])
      for (width, height) in [(1, 1), (8, 3), (9, 4), (30, 8)] {
        _ = drawn(width, height) { PlotView(plot, appearance: plain).render(into: &$0, in: $1) }
      }
    }
  }

  @Test func `a rising line rises from the lower left to the upper right`() {
    let plot = Plot(title: "", series: [.init("s", x: [0, 1], y: [0, 1])])
    let rows = drawn(24, 10) { PlotView(plot, appearance: plain).render(into: &$0, in: $1) }
      .split(separator: "\n").map { Array($0) }
    let dots = rows.map { row in row.firstIndex { ("\u{2801}"..."\u{28ff}").contains($0) } }
    let places = dots.compactMap(\.self)
    #expect(places.count == 7)
    #expect(places == places.sorted(by: >))
  }

  @Test func `a table shrinks its widest column`() {
    let table = Table(
      title: "t", header: ["名称", "说明"], rows: [["a", "一段很长很长很长的说明文字"], ["b", "短"]])
    let view = TableView(table, appearance: plain)
    let text = drawn(20, view.height) { view.render(into: &$0, in: $1) }
    #expect(text.contains("…"))
    #expect(text.contains("b     短"))
  }

  @Test func `a picture in dots and in shades`() {
    expectSnapshot(
      drawn(16, 8) { ImageView(Fixtures.picture, appearance: plain).render(into: &$0, in: $1) },
      named: "picture-dots")
    let shaded = Appearance(theme: Theme(colors: .indexed))
    var grid = CellGrid(width: 16, height: 8)
    ImageView(Fixtures.picture, appearance: shaded).render(into: &grid, in: grid.bounds)
    let middle = grid[column: 8, row: 4].style
    let corner = grid[column: 0, row: 0].style
    #expect(middle.foreground == .indexed(231))
    #expect(corner.foreground == .indexed(16))
  }

  @Test func `a paragraph begins no row with a closing mark and loses no character`() {
    let text = SafeText("他说：“采样很快。”然后（真的）跑了 50 步，less is more！")
    for width in 2...60 {
      let rows = Paragraph(text).lines(width: width, displayWidth: .standard).map(\.text)
      let joined = rows.joined().filter { $0 != " " }
      #expect(joined == text.string.filter { $0 != " " }, "width \(width)")
      #expect(rows.allSatisfy { DisplayWidth.standard.columns(of: $0) <= max(2, width) })
      if width > 12 {
        #expect(rows.allSatisfy { !"。，）”！".contains($0.first ?? " ") }, "width \(width): \(rows)")
      }
    }
  }

  @Test func `a list keeps its choice in sight`() {
    var list = ListView(count: 100, height: 10)
    for command in [Command.last, .pageUp, .halfDown, .lineUp, .first, .pageDown, .percent] {
      _ = list.move(command, count: nil)
      #expect(list.visible.contains(list.selection), "\(command)")
      #expect(list.visible.count == 10)
    }
    list.resize(count: 3)
    #expect(list.visible == 0..<3)
    list.resize(count: 0)
    #expect(list.visible.isEmpty)
  }

  @Test func `a field edits at its cursor`() {
    var field = TextField("采样 方法")
    for key in [Key.left, .left, .backspace, .character("-"), .end, .control("w")] {
      let isTaken = field.take(key)
      #expect(isTaken)
    }
    #expect(field.text == "")
    field.insert(SafeText("a\nb"))
    #expect(field.text == "a b")
    let takesEnter = field.take(.enter)
    #expect(!takesEnter)
  }

  @Test func `a card is as wide as it is told at any width`() {
    var outcome = DemoOutcome()
    for message in Fixtures.messages { outcome.update(message) }
    for ambiguous in 1...2 {
      let width = DisplayWidth(ambiguous: ambiguous)
      let card = DemoCard(
        Fixtures.demos[0], outcome: outcome,
        appearance: Appearance(theme: .plain, displayWidth: width))
      for columns in 20...100 {
        for line in card.lines(width: columns) {
          #expect(line.width(width) <= columns, "\(columns): \(line.text)")
        }
      }
    }
  }
}

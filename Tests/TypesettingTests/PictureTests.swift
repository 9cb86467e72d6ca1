import Canvas
import Images
import Markdown
import TestSupport
import Testing
import Typesetting

/// Images on a page: room, drawings and captions.
struct PictureTests {
  private func lines(
    _ text: String, _ states: [String: Pictures.State], theme: Theme = .plain, width: Int = 20,
    rows: Int = 6, displayWidth: DisplayWidth = .standard
  ) throws -> [TypesetLine] {
    Typesetter(
      document: try MarkdownParser.parse(text),
      options: .init(
        width: width, displayWidth: displayWidth, theme: theme,
        pictures: Pictures(states, mostRows: rows))
    ).lines
  }

  private func text(_ lines: [TypesetLine]) -> [String] {
    lines.map { line in
      var text = line.line.text
      while text.last == " " { text.removeLast() }
      return text
    }
  }

  /// A picture whose pixels are a function of their place.
  private func raster(
    _ width: Int, _ height: Int, _ pixel: (Int, Int) -> (UInt8, UInt8, UInt8)
  ) -> Raster {
    let pixels = (0..<width * height).flatMap { place in
      let (red, green, blue) = pixel(place % width, place / width)
      return [red, green, blue]
    }
    return Raster(width: width, height: height, pixels: pixels)
  }

  /// Black on white: a frame, and its diagonals in red.
  private var figure: Raster {
    raster(64, 64) { x, y in
      if x == y || x + y == 63 { return (220, 30, 30) }
      return x < 1 || y < 1 || x > 62 || y > 62 ? (0, 0, 0) : (255, 255, 255)
    }
  }

  private var sunset: Raster {
    raster(32, 24) { x, y in (UInt8(8 * x), UInt8(10 * y), 128) }
  }

  @Test func `room is left before the picture is there, and the text below does not move`() throws {
    let markdown = "上文\n\n![图一](a.png)\n\n下文"
    let awaited = try lines(markdown, ["a.png": .sized(width: 32, height: 24)])
    #expect(text(awaited) == ["上文", "", "", "", "", "", "", "", "     [图：图一]", "", "下文"])
    let drawn = try lines(markdown, ["a.png": .sized(width: 32, height: 24, sunset)])
    #expect(drawn.count == awaited.count && drawn.last?.line == awaited.last?.line)
    #expect(awaited.map(\.targets) == drawn.map(\.targets))
  }

  @Test(arguments: [
    (320, 200, 40, 12, 38, 12), (320, 200, 40, 30, 40, 13), (10, 4, 40, 12, 10, 2),
    (10_000, 10, 40, 12, 40, 1), (10, 10_000, 40, 12, 1, 12), (1, 1, 1, 1, 1, 1),
  ])
  func `a picture keeps its proportions within the page`(
    width: Int, height: Int, columns: Int, rows: Int, fittedColumns: Int, fittedRows: Int
  ) {
    let size = PictureSize(width: width, height: height, withinColumns: columns, rows: rows)
    #expect(size.columns == fittedColumns && size.rows == fittedRows)
  }

  @Test func `a photograph is half blocks of two colours`() throws {
    let quarters = raster(4, 4) { x, y in (x < 2 ? 255 : 0, y < 2 ? 255 : 0, 0) }
    let states = ["a.png": Pictures.State.sized(width: 4, height: 4, quarters)]
    let drawn = try lines("![](a.png)", states, theme: Theme(colors: .trueColor))
    #expect(text(drawn) == ["        ▀▀▀▀", "        ▀▀▀▀", "        [图]"])
    let (red, yellow) = (
      Color.rgb(red: 255, green: 0, blue: 0), Color.rgb(red: 255, green: 255, blue: 0)
    )
    #expect(drawn[0].line.spans[1].style == Style(foreground: yellow, background: yellow))
    #expect(drawn[1].line.spans[1].style == Style(foreground: red, background: red))
    let indexed = try lines("![](a.png)", states, theme: Theme(colors: .indexed))
    #expect(indexed[1].line.spans[1].style.background == .indexed(196))
  }

  @Test func `line art is braille in the terminal's colour, coloured ink in its own`() throws {
    let drawn = try lines(
      "![](a.png)", ["a.png": .sized(width: 64, height: 64, figure)],
      theme: Theme(colors: .trueColor), width: 12)
    expectSnapshot(text(drawn).joined(separator: "\n") + "\n", named: "picture-line-art")
    let corner = drawn[0].line.spans.first { $0.text.string.contains { $0 != " " } }
    #expect(corner?.style.background == .standard)
    let colors = Set(drawn.flatMap { $0.line.spans.map(\.style.foreground) })
    #expect(colors.contains(.standard))
    #expect(
      colors.contains { if case .rgb(let red, let green, _) = $0 { red > green } else { false } })
  }

  @Test func `a thin line stays in a small drawing, and a fainter grid does not`() throws {
    let plot = raster(240, 240) { x, y in
      if y == 120 { return (0, 0, 0) }
      return x % 40 == 20 ? (176, 176, 176) : (255, 255, 255)
    }
    let drawn = try lines(
      "![](a.png)", ["a.png": .sized(width: 240, height: 240, plot)],
      theme: Theme(colors: .indexed), width: 20)
    let inked = drawn.dropLast().map { $0.line.text.contains { $0 != " " } }
    #expect(inked.count { $0 } == 1, "\(text(drawn))")
  }

  @Test func `one shape on one colour is no line art`() throws {
    let disc = raster(64, 64) { x, y in
      (x - 20) * (x - 20) + (y - 30) * (y - 30) < 200 ? (250, 180, 60) : (20, 30, 60)
    }
    let drawn = try lines(
      "![](a.png)", ["a.png": .sized(width: 64, height: 64, disc)],
      theme: Theme(colors: .indexed), width: 12)
    #expect(drawn[0].line.text.contains("▀"))
  }

  @Test(arguments: [Theme.Background.dark, .light])
  func `with few colours a photograph is dithered`(background: Theme.Background) throws {
    let drawn = try lines(
      "![](a.png)", ["a.png": .sized(width: 32, height: 24, sunset)],
      theme: Theme(background: background, colors: .sixteen), width: 16)
    expectSnapshot(
      text(drawn).joined(separator: "\n") + "\n", named: "picture-dithered-\(background)")
  }

  @Test func `where blocks are wide nothing is drawn with them`() throws {
    let drawn = try lines(
      "![](a.png)", ["a.png": .sized(width: 32, height: 24, sunset)],
      theme: Theme(colors: .trueColor), displayWidth: DisplayWidth(ambiguous: 2))
    #expect(!drawn.contains { $0.line.text.contains("▀") })
    #expect(drawn.allSatisfy { $0.line.width(DisplayWidth(ambiguous: 2)) <= 20 })
  }

  @Test func `an image that is not drawn says why`() throws {
    let page = try lines(
      "![甲](a.png)\n\n文 ![](b.png) 中", ["a.png": .refused(.missing), "b.png": .refused(.damaged)],
      width: 40)
    #expect(text(page) == ["        [图：甲（没有这个文件）]", "", "文 [图（文件已损坏）] 中"])
    for problem in ImageProblem.allCases {
      for labels in [PageLabels.chinese, .english] {
        #expect(labels.problems[problem]?.isEmpty == false)
      }
    }
  }

  @Test func `only images that stand alone are drawn, in links and HTML too`() throws {
    let states = ["a.png": Pictures.State.sized(width: 4, height: 4)]
    let height = { (markdown: String) in try lines(markdown, states).count }
    #expect(try height("![甲](a.png)") == 3)
    #expect(try height("![甲](a.png)\n![乙](a.png)") == 7)
    #expect(try height("<p align=\"center\">\n<img src=\"a.png\" alt=\"甲\">\n</p>") == 3)
    #expect(try height("文 ![甲](a.png)") == 1)
    #expect(try height("![甲](other.png)") == 1)
    let linked = try lines("[![甲](a.png)](b.md)", states)
    #expect(linked.allSatisfy { $0.targets.first?.kind == .link(destination: "b.md") })
    #expect(linked.count == 3)
  }

  @Test(arguments: [20, 37, 80, 200])
  func `no picture is wider than its page or its quote`(width: Int) throws {
    let page = try lines(
      "![](a.png)\n\n> ![](a.png)\n\n- ![](a.png)",
      ["a.png": .sized(width: 640, height: 90, figure.resized(width: 640, height: 90))],
      theme: Theme(colors: .indexed), width: width, rows: 100)
    #expect(page.allSatisfy { $0.line.width() <= width })
    #expect(page.count { $0.line.text.contains { $0 >= "\u{2800}" && $0 <= "\u{28ff}" } } >= 6)
  }
}

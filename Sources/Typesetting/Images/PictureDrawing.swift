import Canvas
import Images

/// Draws pictures in cells.
///
/// Photographs are half blocks of two colours. Line art, that is plots, figures and text on one
/// colour of paper, is braille in the terminal's own foreground, which is four times as fine and
/// does not glare on a dark screen; only ink that has a colour keeps it. Where there are fewer than
/// 256 colours everything is braille.
struct PictureDrawing {
  let theme: Theme
  let displayWidth: DisplayWidth

  /// The rows of a picture; each is as wide as `size`.
  func rows(of raster: Raster, size: PictureSize) -> [Line] {
    if let paper = raster.paper { return lineArt(raster, on: paper, size) }
    let hasColors = theme.colors == .indexed || theme.colors == .trueColor
    // Where ambiguous characters are wide a block is no square any more.
    return hasColors && displayWidth.columns(of: PictureDrawing.block) == 1
      ? halfBlocks(raster, size) : dithered(raster, size)
  }

  private static let block: Character = "▀"

  private func halfBlocks(_ raster: Raster, _ size: PictureSize) -> [Line] {
    let cells = raster.resized(width: size.columns, height: 2 * size.rows)
    return (0..<size.rows).map { row in
      var line = Line()
      var run = 0
      var style = Style.plain
      for column in 0...size.columns {
        let next =
          column == size.columns
          ? nil
          : Style(
            foreground: color(cells[x: column, y: 2 * row]),
            background: color(cells[x: column, y: 2 * row + 1]))
        if next == style { run += 1; continue }
        if run > 0 {
          let text = String(repeating: PictureDrawing.block, count: run)
          line.spans.append(Span(SafeText(text), style))
        }
        (style, run) = (next ?? .plain, 1)
      }
      return line
    }
  }

  private func color(_ pixel: Raster.Pixel) -> Color { theme.color(rgb: pixel.rgb) }

  /// Dots where there is ink.
  private func lineArt(_ raster: Raster, on paper: Raster.Pixel, _ size: PictureSize) -> [Line] {
    var canvas = BrailleCanvas(columns: size.columns, rows: size.rows)
    let dots = raster.resized(width: canvas.width, height: canvas.height)
    // A black line of one pixel fades with the pixels that a dot stands for, and must stay.
    let reduction = max(1, raster.width / canvas.width)
    let faintest = min(Self.faintest, 150 / reduction)
    for cellY in 0..<size.rows {
      for cellX in 0..<size.columns {
        let places = (0..<8).map { (x: 2 * cellX + $0 % 2, y: 4 * cellY + $0 / 2) }
        let inked = places.filter { dots[x: $0.x, y: $0.y].distance(to: paper) >= faintest }
        let darkest = inked.map { dots[x: $0.x, y: $0.y] }
          .max { $0.distance(to: paper) < $1.distance(to: paper) }
        guard let darkest else { continue }
        let style = Style(foreground: inkColor(darkest, on: paper))
        for place in inked { canvas.set(x: place.x, y: place.y, style: style) }
      }
    }
    return canvas.lines
  }

  /// Grid lines are often fainter, and better left out.
  fileprivate static let faintest = 40

  /// The colour of thin ink as it would be without the paper that it is mixed with; the terminal's
  /// own for grey.
  private func inkColor(_ ink: Raster.Pixel, on paper: Raster.Pixel) -> Color {
    let stretch = min(4, 200 / Double(ink.distance(to: paper)))
    func unmixed(_ ink: UInt8, _ paper: UInt8) -> UInt8 {
      UInt8(min(max(Double(paper) + (Double(ink) - Double(paper)) * max(1, stretch), 0), 255))
    }
    let pure = Raster.Pixel(
      red: unmixed(ink.red, paper.red), green: unmixed(ink.green, paper.green),
      blue: unmixed(ink.blue, paper.blue))
    return pure.saturation < 64 ? .standard : color(pure)
  }

  /// Dots as dense as the picture is bright, or on a light screen dark.
  ///
  /// - Source: Bayer, "An optimum method for two-level rendition of continuous-tone pictures", 1973.
  private func dithered(_ raster: Raster, _ size: PictureSize) -> [Line] {
    var canvas = BrailleCanvas(columns: size.columns, rows: size.rows)
    let dots = raster.resized(width: canvas.width, height: canvas.height)
    for y in 0..<canvas.height {
      for x in 0..<canvas.width {
        let threshold = 16 * Self.bayer[y % 4][x % 4] + 8
        let isBright = dots[x: x, y: y].brightness > threshold
        if isBright == (theme.background == .dark) { canvas.set(x: x, y: y) }
      }
    }
    return canvas.lines
  }

  /// The order in which the dots of a 4 by 4 tile appear.
  private static let bayer = [[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]
}

extension Raster {
  /// The one colour that line art stands on; nil for a picture that is not line art.
  fileprivate var paper: Pixel? {
    guard let paper = commonColor else { return nil }
    var ink = 0
    var solid = 0
    // What is thin has paper within this distance, on one side at least.
    let reach = max(2, width / 80)
    for y in 0..<height {
      for x in 0..<width where isInk(x, y, paper) {
        ink += 1
        if isInk(x - reach, y, paper), isInk(x + reach, y, paper), isInk(x, y - reach, paper),
          isInk(x, y + reach, paper)
        {
          solid += 1
        }
      }
    }
    return 5 * solid <= ink ? paper : nil
  }

  private func isInk(_ x: Int, _ y: Int, _ paper: Pixel) -> Bool {
    x >= 0 && x < width && y >= 0 && y < height
      && self[x: x, y: y].distance(to: paper) >= PictureDrawing.faintest
  }

  /// The colour of four fifths of the pixels, if they have one.
  private var commonColor: Pixel? {
    var counts = [Int](repeating: 0, count: 1 << 12)
    for place in stride(from: 0, to: pixels.count, by: 3) {
      let bucket =
        Int(pixels[place] >> 4) << 8 | Int(pixels[place + 1] >> 4) << 4
        | Int(pixels[place + 2] >> 4)
      counts[bucket] += 1
    }
    guard let most = counts.indices.max(by: { counts[$0] < counts[$1] }),
      5 * counts[most] >= 4 * width * height
    else { return nil }
    func part(_ shift: Int) -> UInt8 { UInt8(most >> shift & 15) * 17 }
    return Pixel(red: part(8), green: part(4), blue: part(0))
  }
}

extension Raster.Pixel {
  fileprivate var rgb: UInt32 { UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }

  /// How bright it looks, from 0 to 255, by the weights of BT.601.
  fileprivate var brightness: Int { (299 * Int(red) + 587 * Int(green) + 114 * Int(blue)) / 1000 }

  fileprivate var saturation: Int {
    Int(max(red, green, blue)) - Int(min(red, green, blue))
  }

  /// The largest difference of one part.
  fileprivate func distance(to other: Self) -> Int {
    max(
      abs(Int(red) - Int(other.red)), abs(Int(green) - Int(other.green)),
      abs(Int(blue) - Int(other.blue)))
  }
}

package import Canvas
package import DemoKit

/// A grey picture in cells: half blocks of two greys, or dithered braille where there are no
/// colours.
package struct ImageView: Sendable {
  package var image: Image
  package var appearance: Appearance

  package init(_ image: Image, appearance: Appearance) {
    self.image = image
    self.appearance = appearance
  }

  /// Cells that the picture takes within a width and a height, in its own proportions.
  ///
  /// A cell is about twice as high as wide, so a half block is a square of one pixel.
  package func size(within columns: Int, rows: Int, zoomed: Bool = false) -> (
    columns: Int, rows: Int
  ) {
    guard image.width > 0, image.height > 0, columns > 0, rows > 0 else { return (0, 0) }
    let horizontal = Double(columns) / Double(image.width)
    let vertical = Double(2 * rows) / Double(image.height)
    var scale = min(horizontal, vertical)
    if !zoomed { scale = min(scale, image.width < 16 ? 2 : 1) }
    return (
      max(1, Int(Double(image.width) * scale)),
      max(1, Int((Double(image.height) * scale / 2).rounded(.up)))
    )
  }

  /// Draws the picture over the whole of `area`.
  package func render(into grid: inout CellGrid, in area: Rect) {
    guard image.width > 0, image.height > 0, !area.isEmpty else { return }
    if appearance.hasShades {
      renderHalfBlocks(into: &grid, in: area)
    } else {
      renderBraille(into: &grid, in: area)
    }
  }

  private func renderHalfBlocks(into grid: inout CellGrid, in area: Rect) {
    for row in 0..<area.height {
      for column in 0..<area.width {
        let upper = brightness(column, 2 * row, of: area.width, 2 * area.height)
        let lower = brightness(column, 2 * row + 1, of: area.width, 2 * area.height)
        grid.draw(
          SafeText("▀"), column: area.x + column, row: area.y + row,
          style: Style(foreground: ImageView.grey(upper), background: ImageView.grey(lower)),
          in: area)
      }
    }
  }

  private func renderBraille(into grid: inout CellGrid, in area: Rect) {
    var canvas = BrailleCanvas(columns: area.width, rows: area.height)
    for y in 0..<canvas.height {
      for x in 0..<canvas.width {
        let threshold = (Float(ImageView.bayer[y % 4][x % 4]) + 0.5) / 16
        if brightness(x, y, of: canvas.width, canvas.height) > threshold { canvas.set(x: x, y: y) }
      }
    }
    canvas.render(into: &grid, column: area.x, row: area.y, in: area)
  }

  /// The mean brightness of the pixels below one of `columns * rows` equal tiles.
  private func brightness(_ x: Int, _ y: Int, of columns: Int, _ rows: Int) -> Float {
    let left = x * image.width / columns
    let right = max(left + 1, (x + 1) * image.width / columns)
    let top = y * image.height / rows
    let bottom = max(top + 1, (y + 1) * image.height / rows)
    var sum: Float = 0
    for row in top..<min(bottom, image.height) {
      for column in left..<min(right, image.width) {
        sum += image.pixels[row * image.width + column]
      }
    }
    let mean = sum / Float(max(1, (right - left) * (bottom - top)))
    return mean.isFinite ? min(max(mean, 0), 1) : 0
  }

  /// One of the terminal's 24 greys, black and white.
  private static func grey(_ brightness: Float) -> Color {
    let level = Int(brightness * 25 + 0.5)
    return .indexed(level == 0 ? 16 : level >= 25 ? 231 : UInt8(231 + level))
  }

  /// Ordered dithering: the order in which the dots of a 4 by 4 tile appear.
  ///
  /// - Source: Bayer, "An optimum method for two-level rendition of continuous-tone pictures", 1973.
  private static let bayer = [[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]
}

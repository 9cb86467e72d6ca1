package import Canvas

/// The colours that a terminal has, and the nearest of them to any colour.
package struct Palette: Hashable, Sendable {
  /// 0, 8, 16, 256 or `trueColor`; a terminal with another number is used with the next smaller one.
  package let colors: Int

  /// A terminal whose colours are numbered by their red, green and blue, such as `xterm-direct`.
  package static let trueColor = 1 << 24

  package init(colors: Int) {
    self.colors = [Palette.trueColor, 256, 16, 8].first { colors >= $0 } ?? 0
  }

  /// The number of the nearest colour; -1 for the terminal's own.
  package func index(of color: Color) -> Int32 {
    switch color {
    case _ where colors == 0: -1
    case .standard: -1
    case .rgb(let red, let green, let blue) where colors == Palette.trueColor:
      // Numbers below 8 are the named colours; the nearest blues are not to be told from black.
      Int32(max(8, Int(red) << 16 | Int(green) << 8 | Int(blue)))
    case .indexed(let index) where colors == Palette.trueColor: number(ofIndex: Int(index))
    case .indexed(let index) where Int(index) < colors: Int32(index)
    case .indexed(let index): nearest(to: Palette.components(of: Int(index)))
    case .rgb(let red, let green, let blue): nearest(to: [Int(red), Int(green), Int(blue)])
    }
  }

  private func number(ofIndex index: Int) -> Int32 {
    guard index >= 8 else { return Int32(index) }
    return Int32(Palette.components(of: index).reduce(0) { $0 << 8 | $1 })
  }

  private func nearest(to wanted: [Int]) -> Int32 {
    // The first 16 colours are whatever the user made of them, so only poor terminals use them.
    let candidates = colors == 256 ? 16..<256 : 0..<colors
    let best = candidates.min { one, other in
      Palette.distance(Palette.components(of: one), wanted)
        < Palette.distance(Palette.components(of: other), wanted)
    }
    return Int32(best ?? -1)
  }

  private static func distance(_ one: [Int], _ other: [Int]) -> Int {
    zip(one, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  /// Red, green and blue, each 0 to 255, of one of xterm's 256 colours.
  private static func components(of index: Int) -> [Int] {
    switch index {
    case 0..<8:
      return [index & 1, index >> 1 & 1, index >> 2 & 1].map { $0 * 205 }
    case 8..<16:
      return index == 8
        ? [127, 127, 127] : [index & 1, index >> 1 & 1, index >> 2 & 1].map { $0 * 255 }
    case 16..<232:
      let levels = [0, 95, 135, 175, 215, 255]
      let place = index - 16
      return [levels[place / 36], levels[place / 6 % 6], levels[place % 6]]
    default:
      let grey = 8 + 10 * (index - 232)
      return [grey, grey, grey]
    }
  }
}

import Canvas

/// Which styles may be written as escape sequences.
enum ColorSupport: Hashable, Sendable {
  /// No escape byte at all: a pipe, a file, a poor terminal.
  case none
  /// Bold, underline and reverse, but no colour: `NO_COLOR`.
  case attributes
  case indexed
  case trueColor

  /// Ends every style.
  static let reset = "\u{1B}[0m"

  /// The sequence that begins `style`; empty if there is nothing to begin.
  func escape(for style: Style) -> String {
    guard self != .none else { return "" }
    let codes = attributeCodes(style.attributes) + colorCodes(style)
    return codes.isEmpty ? "" : "\u{1B}[" + codes.joined(separator: ";") + "m"
  }

  private func attributeCodes(_ attributes: Style.Attributes) -> [String] {
    let codes: [(Style.Attributes, String)] = [
      (.bold, "1"), (.dim, "2"), (.underline, "4"), (.reverse, "7"), (.struck, "9"),
    ]
    return codes.compactMap { attributes.contains($0.0) ? $0.1 : nil }
  }

  private func colorCodes(_ style: Style) -> [String] {
    guard self != .attributes else { return [] }
    return [code(style.foreground, base: 30), code(style.background, base: 40)].compactMap(\.self)
  }

  private func code(_ color: Color, base: Int) -> String? {
    switch color {
    case .standard: nil
    case .indexed(let index) where index < 8: "\(base + Int(index))"
    case .indexed(let index) where index < 16: "\(base + 52 + Int(index))"
    case .indexed(let index): "\(base + 8);5;\(index)"
    case .rgb(let red, let green, let blue):
      if self == .trueColor {
        "\(base + 8);2;\(red);\(green);\(blue)"
      } else {
        "\(base + 8);5;\(cube(red, green, blue))"
      }
    }
  }

  /// The nearest of the 216 colours of the six-level cube.
  private func cube(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int {
    func level(_ value: UInt8) -> Int { (Int(value) * 5 + 127) / 255 }
    return 16 + 36 * level(red) + 6 * level(green) + level(blue)
  }
}

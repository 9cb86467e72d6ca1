package import Canvas

/// What a piece of text is, for the theme to give it a look.
package enum Role: Hashable, Sendable, CaseIterable {
  case body, title, heading1, heading2, heading3, heading4, heading5, heading6
  case rule, emphasis, strong, link, image, quote, quoteBar, listMarker, footnote, dim
  case code, codeKeyword, codeType, codeFunction, codeString, codeNumber, codeComment
  case codePunctuation, codeLabel
  case mathVariable, mathNumber, mathText, mathRelation, mathStructure, mathUnknown, mathTag
  case tableHeader, tableRule
  case selection, focus, status, statusStrong, match, currentMatch, unread, star
  case good, bad, warning, progress, plot1, plot2, plot3, plot4

  /// The role of a heading's text by its level, 1 to 6.
  package static func heading(_ level: Int) -> Role {
    let roles: [Role] = [.heading1, .heading2, .heading3, .heading4, .heading5, .heading6]
    return roles[min(max(level, 1), 6) - 1]
  }
}

/// The looks of all roles on one kind of terminal.
package struct Theme: Hashable, Sendable {
  package var background: Background
  package var colors: Colors

  /// What the terminal's own background is; a theme never paints it.
  package enum Background: String, Hashable, Sendable, CaseIterable { case dark, light }

  /// How many colours the terminal shows; `none` also stands for `NO_COLOR`.
  package enum Colors: Hashable, Sendable, CaseIterable { case none, sixteen, indexed, trueColor }

  package init(background: Background = .dark, colors: Colors = .trueColor) {
    self.background = background
    self.colors = colors
  }

  /// The look without colours, for pipes and `NO_COLOR`.
  package static let plain = Theme(colors: .none)

  package func style(_ role: Role) -> Style {
    let look = Look(role)
    return Style(
      foreground: color(look.foreground), background: color(look.background),
      attributes: attributes(of: look))
  }

  /// Reverse video, or what a role says, takes the place of a background that the terminal cannot
  /// show.
  ///
  /// So it does with sixteen colours, since nobody knows how those look. A grey needs no dimming.
  private func attributes(of look: Look) -> Style.Attributes {
    var attributes = look.attributes
    switch colors {
    case .none, .sixteen: if look.background != nil { attributes.formUnion(look.substitute) }
    case .indexed, .trueColor: attributes.remove(.dim)
    }
    return attributes
  }

  private func color(_ ink: Ink?) -> Color {
    guard let ink else { return .standard }
    if colors == .sixteen {
      let number = background == .dark ? ink.sixteen.dark : ink.sixteen.light
      return number.map { .indexed($0) } ?? .standard
    }
    return color(rgb: background == .dark ? ink.dark : ink.light)
  }

  /// A colour, as near as the terminal has it; its own where it has too few.
  func color(rgb: UInt32) -> Color {
    switch colors {
    case .none, .sixteen: .standard
    case .indexed: .indexed(Theme.nearestIndex(to: rgb))
    case .trueColor:
      .rgb(red: UInt8(rgb >> 16 & 255), green: UInt8(rgb >> 8 & 255), blue: UInt8(rgb & 255))
    }
  }

  /// The nearest of the 6×6×6 cube and the 24 greys of 256 colours.
  private static func nearestIndex(to rgb: UInt32) -> UInt8 {
    let (red, green, blue) = (Int(rgb >> 16 & 255), Int(rgb >> 8 & 255), Int(rgb & 255))
    let steps = (step(red), step(green), step(blue))
    func distance(_ other: (Int, Int, Int)) -> Int {
      let (r, g, b) = (red - other.0, green - other.1, blue - other.2)
      return r * r + g * g + b * b
    }
    let grey = min(max(((red + green + blue) / 3 - 3) / 10, 0), 23)
    let greyLevel = 8 + 10 * grey
    return distance((greyLevel, greyLevel, greyLevel))
      < distance((level(steps.0), level(steps.1), level(steps.2)))
      ? UInt8(232 + grey) : UInt8(16 + 36 * steps.0 + 6 * steps.1 + steps.2)
  }

  /// The nearest of the six steps of a colour of the cube.
  private static func step(_ part: Int) -> Int {
    part < 48 ? 0 : part <= 115 ? 1 : (part - 36) / 40
  }

  /// How bright a step is: 0, 95, 135, 175, 215 or 255.
  private static func level(_ step: Int) -> Int { step == 0 ? 0 : 55 + 40 * step }
}

/// One colour on each kind of terminal: true colour by background, and its number of sixteen, where
/// that can be read: on white neither green nor yellow nor cyan can.
///
/// As text each has a contrast of at least 4.5 (WCAG 2.1, 1.4.3) to black and white backgrounds.
private struct Ink {
  var dark: UInt32
  var light: UInt32
  var sixteen: (dark: UInt8?, light: UInt8?)

  static let blue = Ink(dark: 0x7aa2f7, light: 0x1f5fbf, sixteen: (12, 4))
  static let cyan = Ink(dark: 0x7dcfff, light: 0x0f6f7d, sixteen: (14, 4))
  static let green = Ink(dark: 0x9ece6a, light: 0x376d12, sixteen: (10, 5))
  static let yellow = Ink(dark: 0xe0af68, light: 0x8f5e15, sixteen: (11, 1))
  static let orange = Ink(dark: 0xff9e64, light: 0xa85600, sixteen: (3, 1))
  static let red = Ink(dark: 0xf7768e, light: 0xc02a3b, sixteen: (9, 1))
  static let purple = Ink(dark: 0xbb9af7, light: 0x7847bd, sixteen: (13, 5))
  static let grey = Ink(dark: 0x9aa2c4, light: 0x626779, sixteen: (nil, nil))
  static let bar = Ink(dark: 0x2f3549, light: 0xdfe3ee, sixteen: (nil, nil))
  static let found = Ink(dark: 0x4f4312, light: 0xffe9a8, sixteen: (nil, nil))
}

/// How a role looks before the terminal's limits are known.
private struct Look {
  var foreground: Ink?
  var background: Ink?
  /// What takes the place of the background where there is none.
  var substitute = Style.Attributes.reverse
  var attributes: Style.Attributes = []

  init(_ role: Role) {
    switch role {
    case .body, .tableRule, .mathVariable, .mathText: break
    case .title, .heading1: attributes = .bold
    case .heading2: (foreground, attributes) = (.blue, .bold)
    case .heading3: (foreground, attributes) = (.cyan, .bold)
    case .heading4: (foreground, attributes) = (.green, .bold)
    case .heading5: (foreground, attributes) = (.yellow, .bold)
    case .heading6: (foreground, attributes) = (.purple, .bold)
    case .rule, .quoteBar, .dim, .codeLabel: (foreground, attributes) = (.grey, .dim)
    case .emphasis: attributes = .underline
    case .strong, .tableHeader: attributes = .bold
    case .link: (foreground, attributes) = (.blue, .underline)
    case .image: foreground = .purple
    case .quote: foreground = .grey
    case .listMarker: foreground = .yellow
    case .footnote: foreground = .blue
    case .code: foreground = .green
    case .codeKeyword: (foreground, attributes) = (.purple, .bold)
    case .codeType: foreground = .cyan
    case .codeFunction: foreground = .blue
    case .codeString: foreground = .green
    case .codeNumber, .mathNumber: foreground = .orange
    case .codeComment: (foreground, attributes) = (.grey, .dim)
    case .codePunctuation: foreground = .grey
    case .mathRelation: foreground = .cyan
    case .mathStructure: foreground = .grey
    case .mathUnknown: (foreground, attributes) = (.red, .underline)
    case .mathTag: foreground = .grey
    case .selection: attributes = .reverse
    case .focus: attributes = [.reverse, .bold]
    case .status: background = .bar
    case .statusStrong: (background, attributes) = (.bar, .bold)
    case .match: (background, substitute) = (.found, .underline)
    case .currentMatch: (foreground, attributes) = (.yellow, [.reverse, .bold])
    case .unread: (foreground, attributes) = (.cyan, .bold)
    case .star: foreground = .yellow
    case .good: foreground = .green
    case .bad: (foreground, attributes) = (.red, .bold)
    case .warning: foreground = .yellow
    case .progress: foreground = .blue
    case .plot1: foreground = .cyan
    case .plot2: foreground = .orange
    case .plot3: foreground = .green
    case .plot4: foreground = .purple
    }
  }
}

extension Style {
  /// This style with another's colours, where it has any, and its attributes added.
  package func overlaid(by other: Style) -> Style {
    Style(
      foreground: other.foreground == .standard ? foreground : other.foreground,
      background: other.background == .standard ? background : other.background,
      attributes: attributes.union(other.attributes))
  }
}

package import Canvas

/// What a cell of the interface is; posts have the roles of `Theme`.
package enum Role: Hashable, Sendable {
  case body, heading, faint, accent, selection, status, match, currentMatch, focus
  case good, bad, border
  /// The curves of a plot, counted from 0.
  case series(Int)
}

extension Appearance {
  /// How cells of a role look. Attributes tell what colours tell, for terminals without them.
  package func style(_ role: Role) -> Style {
    let pick = { (dark: UInt8, light: UInt8) in Color.indexed(isDark ? dark : light) }
    switch role {
    case .body: return .plain
    case .heading: return Style(foreground: pick(117, 25), attributes: .bold)
    case .faint: return Style(foreground: pick(245, 243))
    case .accent: return Style(foreground: pick(180, 130))
    case .selection: return Style(attributes: .reverse)
    case .status: return Style(attributes: .reverse)
    case .match: return Style(attributes: [.underline, .bold])
    case .currentMatch: return Style(attributes: [.reverse, .bold])
    case .focus: return Style(attributes: [.reverse])
    case .good: return Style(foreground: pick(114, 28))
    case .bad: return Style(foreground: pick(210, 124), attributes: .bold)
    case .border: return Style(foreground: pick(240, 248))
    case .series(let index):
      let dark: [UInt8] = [117, 215, 114, 211, 183, 229]
      let light: [UInt8] = [25, 130, 28, 125, 91, 94]
      return Style(foreground: .indexed((isDark ? dark : light)[index % dark.count]))
    }
  }
}

import Canvas
import Foundation
import Testing
import Typesetting

/// Roles on every kind of terminal.
struct ThemeTests {
  @Test(arguments: Role.allCases)
  func `without colours a role uses attributes only`(role: Role) {
    let style = Theme.plain.style(role)
    #expect(style.foreground == .standard && style.background == .standard)
  }

  @Test func `what must be noticed differs without colours too`() {
    for role in [Role.match, .currentMatch, .selection, .link, .heading2, .status, .mathUnknown] {
      #expect(Theme.plain.style(role).attributes != [], "\(role)")
    }
    for theme in [Theme.plain, Theme(colors: .sixteen)] {
      #expect(!theme.style(.match).attributes.contains(.reverse))
      #expect(theme.style(.currentMatch).attributes.contains(.reverse))
    }
  }

  @Test(arguments: Role.allCases)
  func `each number of colours keeps to its own`(role: Role) {
    for background in [Theme.Background.dark, .light] {
      let sixteen = Theme(background: background, colors: .sixteen).style(role)
      for color in [sixteen.foreground, sixteen.background] {
        if case .indexed(let index) = color { #expect(index < 16) }
        if case .rgb = color { Issue.record("\(role) has true colour on 16") }
      }
      let indexed = Theme(background: background, colors: .indexed).style(role)
      if case .rgb = indexed.foreground { Issue.record("\(role) has true colour on 256") }
    }
  }

  @Test(arguments: Role.allCases, [Theme.Background.dark, .light])
  func `text can be read on black and on white`(role: Role, background: Theme.Background) {
    let style = Theme(background: background, colors: .trueColor).style(role)
    guard case .rgb(let red, let green, let blue) = style.foreground else { return }
    // WCAG 2.1, relative luminance and contrast.
    let weights = [0.2126, 0.7152, 0.0722]
    let luminance = zip(weights, [red, green, blue]).reduce(0) { sum, part in
      let value = Double(part.1) / 255
      return sum + part.0 * (value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4))
    }
    let contrast = background == .dark ? (luminance + 0.05) / 0.05 : 1.05 / (luminance + 0.05)
    #expect(contrast >= 4.5, "\(role)")
  }

  @Test func `256 colours are the nearest ones`() {
    let theme = Theme(colors: .indexed)
    #expect(theme.style(.heading2).foreground == .indexed(111))
  }

  @Test func `an overlay keeps what it does not say`() {
    let link = Style(foreground: .indexed(4), attributes: .underline)
    let both = Style(background: .indexed(2), attributes: .bold).overlaid(by: link)
    #expect(
      both
        == Style(
          foreground: .indexed(4), background: .indexed(2), attributes: [.bold, .underline]))
  }
}

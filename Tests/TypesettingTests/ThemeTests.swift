import Canvas
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
    #expect(Theme.plain.style(.match) != Theme.plain.style(.currentMatch))
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

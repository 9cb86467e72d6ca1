import Canvas

/// One press of a key, or one notch of the mouse wheel.
package enum Key: Hashable, Sendable {
  case character(Character)
  /// A letter with Ctrl held, in lower case.
  case control(Character)
  case enter, escape, tab, backTab, backspace, delete
  case up, down, left, right
  case home, end, pageUp, pageDown
  case wheelUp, wheelDown
  /// The left button, pressed over a cell.
  case click(column: Int, row: Int)

  /// The key as help and manual print it.
  package var name: String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .control(let letter): "Ctrl-\(letter.uppercased())"
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backTab: "S-Tab"
    case .backspace: "Backspace"
    case .delete: "Delete"
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .wheelUp: "Wheel↑"
    case .wheelDown: "Wheel↓"
    case .click: "Click"
    }
  }

  /// Whether Ctrl is held, which text never needs.
  var isControl: Bool {
    if case .control = self { true } else { false }
  }
}

import CNCurses
package import Canvas
import Foundation
import Glibc
import Reader
package import Typesetting

/// The terminal of this process, through ncurses: the only user of `CNCurses`.
@MainActor
package final class CursesTerminal: TerminalDevice {
  private let palette: Palette
  let isUTF8: Bool
  private var shown: CellGrid?

  /// Takes the terminal over; nil if it cannot show a full screen.
  ///
  /// - Parameter hasColors: whether colours are wanted; `NO_COLOR` says no.
  package init?(hasColors: Bool) {
    guard cn_start(hasColors ? 1 : 0) == CN_STARTED else { return nil }
    palette = Palette(colors: Int(cn_colors()))
    isUTF8 = cn_is_utf8() != 0
    if palette.colors > 0 { cn_ask_background() }
  }

  /// Gives the terminal back.
  package func close() { cn_stop() }

  /// What a theme may use here.
  package var colors: Theme.Colors {
    switch palette.colors {
    case Palette.trueColor: .trueColor
    case 256: .indexed
    case 0: .none
    default: .sixteen
    }
  }

  package var size: (columns: Int, rows: Int) {
    var columns: Int32 = 0
    var rows: Int32 = 0
    cn_resize(&columns, &rows)
    return (Int(columns), Int(rows))
  }

  package func suspend() {
    cn_suspend()
    shown = nil
  }

  package func lend(thenWaiting text: SafeText?, _ body: () -> Void) {
    cn_lend()
    body()
    if let text { cn_wait_for_enter(text.string) }
    cn_resume()
    shown = nil
  }

  package func copy(_ text: String) {
    cn_copy(Data(text.utf8).base64EncodedString())
  }

  package func setMouse(_ isOn: Bool) { cn_mouse(isOn ? 1 : 0) }

  package func show(_ frame: CellGrid, everything: Bool) {
    let isComparable = shown?.width == frame.width && shown?.height == frame.height
    for row in 0..<frame.height {
      if isComparable, !everything, shown?.row(row) == frame.row(row) { continue }
      put(frame.row(row), row: row)
    }
    cn_show(everything ? 1 : 0)
    shown = frame
  }

  private func put(_ cells: ArraySlice<Cell>, row: Int) {
    for (column, index) in cells.indices.enumerated() {
      guard case .grapheme(let character) = cells[index].symbol else { continue }
      let isWide = index + 1 < cells.endIndex && cells[index + 1].symbol == .tail
      let glyph = Glyph(character, columns: isWide ? 2 : 1, isUTF8: isUTF8)
      for (offset, scalars) in glyph.cells.enumerated() {
        put(scalars, style: cells[index].style, row: row, column: column + offset)
      }
    }
  }

  private func put(_ scalars: [UInt32], style: Style, row: Int, column: Int) {
    cn_put(
      Int32(row), Int32(column), scalars, scalars.count, Int32(style.attributes.rawValue),
      palette.index(of: style.foreground), palette.index(of: style.background))
  }
}

// MARK: Input

extension CursesTerminal {
  package func wait(for descriptor: Int32, seconds: Double?) -> [TerminalInput] {
    var descriptors = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: cn_signal_descriptor(), events: Int16(POLLIN), revents: 0),
    ]
    let milliseconds = seconds.map { Int32(min(max(0, $0) * 1000, 60_000).rounded(.up)) } ?? -1
    _ = poll(&descriptors, nfds_t(descriptors.count), milliseconds)
    var inputs = signals()
    let lost = Int16(POLLHUP | POLLERR | POLLNVAL)
    if descriptors[0].revents & lost != 0 {
      inputs.append(.ended(signal: SIGHUP))
    } else if descriptors[0].revents & Int16(POLLIN) != 0 {
      inputs += keys()
    }
    return inputs
  }

  private func signals() -> [TerminalInput] {
    var inputs: [TerminalInput] = []
    while case let signal = cn_next_signal(), signal != 0 {
      switch signal {
      case SIGWINCH: inputs.append(.resized)
      case SIGCONT:
        shown = nil
        inputs.append(.resized)
      case SIGTSTP: inputs.append(.stopped)
      default: inputs.append(.ended(signal: signal))
      }
    }
    return inputs
  }

  private func keys() -> [TerminalInput] {
    var inputs: [TerminalInput] = []
    // A flood of keys is taken in slices, so that frames appear in between.
    while inputs.count < 256 {
      let code = Int(cn_read())
      if code == CN_NONE { break }
      if code == CN_PASTE_BEGIN {
        inputs.append(.pasted(paste()))
      } else if code == CN_BACKGROUND {
        if let background = background() { inputs.append(.background(background)) }
      } else if let key = Key(code: code) {
        inputs.append(.key(key))
      }
    }
    return inputs
  }

  /// The text of a bracketed paste: text and never commands, at most 64 KiB (R12).
  private func paste() -> SafeText {
    var text = String.UnicodeScalarView()
    var bytes = 0
    var idleRounds = 0
    while idleRounds < 20 {
      let code = Int(cn_read())
      if code == CN_PASTE_END { break }
      if code == CN_NONE {
        // The end of the paste may still be on its way; without it the paste ends here.
        var keyboard = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        if poll(&keyboard, 1, 50) <= 0 { idleRounds += 1 }
        continue
      }
      guard let scalar = Unicode.Scalar(UInt32(code)), bytes < 64 * 1024 else { continue }
      text.append(scalar)
      bytes += UTF8.width(scalar)
    }
    return SafeText(String(text))
  }
}

// MARK: The terminal's background

extension CursesTerminal {
  /// The rest of the answer, `rgb:1a1a/1b1b/2626` and its end; nil if it says something else.
  private func background() -> Theme.Background? {
    var answer = ""
    var idleRounds = 0
    while idleRounds < 4, answer.count < 64 {
      let code = Int(cn_read())
      if code == 0x07 { break }
      if code == CN_NONE {
        var keyboard = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        if poll(&keyboard, 1, 25) <= 0 { idleRounds += 1 }
        continue
      }
      if code == 0x5c, answer.last == "\u{1b}" { break }
      guard let scalar = Unicode.Scalar(UInt32(code)) else { continue }
      answer.unicodeScalars.append(scalar)
    }
    return Theme.Background(answer: answer)
  }
}

extension Key {
  /// The key of a code that `cn_read` gave; nil for one without a use.
  @MainActor
  fileprivate init?(code: Int) {
    switch code {
    case CN_UP: self = .up
    case CN_DOWN: self = .down
    case CN_LEFT: self = .left
    case CN_RIGHT: self = .right
    case CN_HOME: self = .home
    case CN_END: self = .end
    case CN_PAGE_UP: self = .pageUp
    case CN_PAGE_DOWN: self = .pageDown
    case CN_BACKSPACE, 0x7f, 0x08: self = .backspace
    case CN_DELETE: self = .delete
    case CN_BACK_TAB: self = .backTab
    case CN_ENTER, 0x0d, 0x0a: self = .enter
    case CN_WHEEL_UP: self = .wheelUp
    case CN_WHEEL_DOWN: self = .wheelDown
    case CN_CLICK:
      var column: Int32 = 0
      var row: Int32 = 0
      cn_click(&column, &row)
      self = .click(column: Int(column), row: Int(row))
    case 0x09: self = .tab
    case 0x1b: self = .escape
    case 0x01...0x1a:
      guard let letter = Unicode.Scalar(UInt32(code + 0x60)) else { return nil }
      self = .control(Character(letter))
    default:
      guard code >= 0x20, let scalar = Unicode.Scalar(UInt32(code)) else { return nil }
      self = .character(Character(scalar))
    }
  }
}

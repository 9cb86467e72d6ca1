package import Canvas
package import Reader
package import Typesetting

/// A terminal as the loop sees it: a size, something to show frames on, something to wait for.
@MainActor
package protocol TerminalDevice: AnyObject {
  var size: (columns: Int, rows: Int) { get }
  /// Shows a frame, sending only what changed, or everything.
  func show(_ frame: CellGrid, everything: Bool)
  /// Sleeps until there is input, the descriptor is readable, or the time is over; without a time
  /// it waits for ever.
  func wait(for descriptor: Int32, seconds: Double?) -> [TerminalInput]
  /// Gives the terminal back, stops the process, and takes the terminal again when it goes on.
  func suspend()
  /// Gives the terminal to another program for the time of `body`; with a text it waits for Enter
  /// afterwards, so that what was printed can be read.
  func lend(thenWaiting text: SafeText?, _ body: () -> Void)
  /// Sends text to the terminal's clipboard; whether it arrives is not known.
  func copy(_ text: String)
  /// Whether clicks and the wheel are reported.
  func setMouse(_ isOn: Bool)
}

/// Something that comes from the terminal.
package enum TerminalInput: Hashable, Sendable {
  case key(Key)
  case pasted(SafeText)
  /// The terminal said what its background is.
  case background(Theme.Background)
  /// The window has another size, or its content is lost.
  case resized
  /// Somebody asks the process to stop, as Ctrl-Z does.
  case stopped
  /// A signal asks the process to end.
  case ended(signal: Int32)
}

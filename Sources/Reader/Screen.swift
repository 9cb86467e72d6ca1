package import Canvas

/// One full-screen page of the reader: its state, its reaction to events, its appearance.
///
/// `update` and `render` are pure: what has to be done outside is described by effects. Every event
/// but a key or a paste goes to all open screens.
package protocol Screen: Sendable {
  /// The keys that the screen obeys; the help prints the same table.
  static var keys: [KeyBinding] { get }
  /// The name of the screen in its help.
  static var name: Message { get }
  /// Whether keys are text at the moment, so that no other meaning may take them.
  var isTyping: Bool { get }
  /// What the screen wants done when it opens, after it has learnt the size of the window.
  mutating func opened() -> [Effect]
  mutating func update(_ event: Event) -> [Effect]
  func render(into grid: inout CellGrid, in area: Rect)
  /// The part of the window that the screen covers: all of it, or a pane at the right, beside
  /// which the screen below shows.
  func frame(in window: Rect) -> Rect
}

extension Screen {
  package var isTyping: Bool { false }

  package mutating func opened() -> [Effect] { [] }

  package func frame(in window: Rect) -> Rect { window }
}

/// One row of a screen's key table: what `update` obeys, and what help and manual print.
package struct KeyBinding: Hashable, Sendable {
  /// The keys that mean the same.
  package var keys: [Key]
  package var command: Command
  package var explanation: Message

  package init(_ keys: Key..., command: Command, _ explanation: Message) {
    self.keys = keys
    self.command = command
    self.explanation = explanation
  }

  /// The keys as the help prints them: `j ↓`.
  package var keyNames: String {
    keys.map(\.name).joined(separator: " ")
  }
}

/// What a key can mean.
///
/// One key has one meaning where possible, on every screen.
package enum Command: String, Hashable, Sendable, CaseIterable {
  case lineDown, lineUp, pageDown, pageUp, halfDown, halfUp, first, last, percent
  case left, right, nextFocus, previousFocus
  case open, close, quit, cancel, help, search, find, findNext, findPrevious, filter
  case nextPost, previousPost, nextUnread, previousUnread, toggleRead, markAllRead, star
  case contents, nextHeading, previousHeading, historyBack, historyForward, hints
  case setMark, goToMark, source, runDemo, editDemo, zoom, reload
  case copyLink, copySource, browse, view, pipe, save, commandLine
  case quitAll, interrupt, redraw, suspend
}

extension [KeyBinding] {
  /// What a key means on the screen of this table.
  package func command(for key: Key) -> Command? {
    first { $0.keys.contains(key) }?.command
  }

  /// Keys that `App` obeys on every screen.
  package static let common: [KeyBinding] = [
    KeyBinding(.character("?"), command: .help, .keyHelp),
    KeyBinding(.character(":"), command: .commandLine, .keyCommandLine),
    KeyBinding(.control("l"), command: .redraw, .keyRedraw),
    KeyBinding(.control("z"), command: .suspend, .keySuspend),
    KeyBinding(.control("c"), command: .interrupt, .keyInterrupt),
    KeyBinding(.character("Q"), command: .quitAll, .keyQuitAll),
  ]

  /// Motion through anything longer than the window, after less and vi.
  package static let motion: [KeyBinding] = [
    KeyBinding(.character("j"), .down, .wheelDown, command: .lineDown, .keyDown),
    KeyBinding(.character("k"), .up, .wheelUp, command: .lineUp, .keyUp),
    KeyBinding(.character(" "), .character("f"), .pageDown, command: .pageDown, .keyPageDown),
    KeyBinding(.character("b"), .pageUp, command: .pageUp, .keyPageUp),
    KeyBinding(.character("d"), .control("d"), command: .halfDown, .keyHalfDown),
    KeyBinding(.character("u"), .control("u"), command: .halfUp, .keyHalfUp),
    KeyBinding(.character("g"), .home, command: .first, .keyFirst),
    KeyBinding(.character("G"), .end, command: .last, .keyLast),
    KeyBinding(.character("%"), command: .percent, .keyPercent),
  ]
}

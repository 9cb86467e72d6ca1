package import Canvas
import CNCurses
package import DemoKit
import Glibc
package import Reader
import Typesetting

/// How the reader ended: the exit status, and a sentence for standard error if there is one.
package struct ReaderEnd: Hashable, Sendable {
  package var status: Int32
  package var sentence: SafeText?

  package init(status: Int32, sentence: SafeText? = nil) {
    self.status = status
    self.sentence = sentence
  }
}

/// Opens the reader on this process's terminal, and returns when it is closed.
///
/// Where a full screen is impossible (no terminal, `TERM` unset, unknown or `dumb`) nothing is
/// sent to it, and the sentence says what to use instead. `TERM` is taken from the environment.
@MainActor
package func runReader(
  services: ReaderServices, demos: [DemoDescription], appearance: Appearance,
  environment: [String: String]
) -> ReaderEnd {
  let messages = appearance.messages
  guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
    return ReaderEnd(status: 1, sentence: messages(.noTerminal))
  }
  let type = environment["TERM"] ?? ""
  guard !type.isEmpty else { return ReaderEnd(status: 1, sentence: messages(.noTerminalType)) }
  guard type != "dumb" else { return ReaderEnd(status: 1, sentence: messages(.badTerminal, type)) }
  guard let inbox = Inbox() else { return ReaderEnd(status: 1, sentence: messages(.noPipes)) }
  guard let terminal = CursesTerminal(hasColors: appearance.theme.colors != .none) else {
    return ReaderEnd(status: 1, sentence: messages(.badTerminal, type))
  }
  defer { terminal.close() }
  var adapted = appearance
  adapted.theme.colors = terminal.colors
  adapted.isASCII = !terminal.isUTF8
  let runtime = Runtime(
    app: App(appearance: adapted, demos: demos), device: terminal, services: services,
    inbox: inbox, messages: messages)
  return ReaderEnd(status: runtime.run())
}

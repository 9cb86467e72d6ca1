package import Canvas
package import Reader
package import Typesetting

/// A terminal without a terminal: plays a script of keys to the real `Runtime` and keeps what was
/// shown.
@MainActor
package final class ScriptedTerminal: TerminalDevice {
  /// One thing that a script does.
  package enum Step: Sendable {
    case key(Key)
    /// Presses the key of each character.
    case type(String)
    case paste(String)
    case resize(columns: Int, rows: Int)
    case signal(Int32)
    case background(Theme.Background)
    /// Waits until the last frame contains the text.
    case until(String)
  }

  package private(set) var size: (columns: Int, rows: Int)
  package private(set) var frames: [CellGrid] = []
  /// The text that `until` waited for in vain, when the script was cut short.
  package private(set) var missed: String?
  /// What was sent to the clipboard.
  package private(set) var copied: [String] = []
  private var script: ArraySlice<Step>
  private var patience: Int

  /// A terminal of a size; `until` waits for so many seconds.
  package init(columns: Int, rows: Int, script: [Step], patience: Int = 10) {
    size = (columns, rows)
    self.script = script[...]
    self.patience = patience
  }

  /// The text of the frame shown last.
  package var screen: String { frames.last?.text ?? "" }

  package func show(_ frame: CellGrid, everything: Bool) {
    // Only the end of a long session is kept.
    if frames.count >= 64 { frames.removeFirst(32) }
    frames.append(frame)
  }

  package func suspend() {}

  package func lend(thenWaiting text: SafeText?, _ body: () -> Void) { body() }

  package func copy(_ text: String) { copied.append(text) }

  package func setMouse(_ isOn: Bool) {}

  package func wait(for descriptor: Int32, seconds: Double?) -> [TerminalInput] {
    // A frame that is due is drawn before the next key, so that every key can be seen.
    if let seconds {
      _ = Descriptor.wait(descriptor, seconds: seconds)
      return []
    }
    guard let step = script.first else { return [.ended(signal: 0)] }
    if case .until(let text) = step, !screen.contains(text) {
      if Descriptor.wait(descriptor, seconds: Double(patience)) { return [] }
      missed = text
      script = []
      return [.ended(signal: 0)]
    }
    script.removeFirst()
    return inputs(of: step)
  }

  private func inputs(of step: Step) -> [TerminalInput] {
    switch step {
    case .key(let key): return [.key(key)]
    case .type(let text): return text.map { .key(.character($0)) }
    case .paste(let text): return [.pasted(SafeText(text))]
    case .resize(let columns, let rows):
      size = (columns, rows)
      return [.resized]
    case .background(let background): return [.background(background)]
    case .signal(let number): return [.ended(signal: number)]
    case .until: return []
    }
  }
}

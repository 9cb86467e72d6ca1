import Canvas
import Typesetting

// Answers to what was asked in the lowest row.
extension App {
  mutating func answered(_ key: Key) -> [Effect] {
    guard var asked = prompt else { return [] }
    let outcome = asked.take(key)
    prompt = outcome == .goesOn ? asked : nil
    return outcome == .answered ? carryOut(asked) : []
  }

  private mutating func carryOut(_ prompt: Prompt) -> [Effect] {
    let text = prompt.field.text
    let words = text.split(whereSeparator: \.isWhitespace).map { String($0) }
    switch prompt.purpose {
    case .browse(let address): return [.host(.browser(address))]
    case _ where words.isEmpty: return []
    case .command: return obey(text)
    case .save(let excerpt): return [.save(excerpt.text, path: text)]
    case .pipe(let excerpt): return [.host(.command(words, input: excerpt.text))]
    }
  }

  private mutating func obey(_ text: String) -> [Effect] {
    switch ReaderCommand(text) {
    case nil:
      let usage = ReaderCommand.usage(after: text)
      return [.tell(.failed(appearance.messages(.commands, usage)))]
    case .sort(let order): return broadcast(.sorted(order))
    case .theme(let background):
      return adapt {
        $0.theme.background = background
        $0.followsTerminal = false
      }
    case .language(let language): return adapt { $0.messages = Messages(language: language) }
    case .measure(let columns): return adapt { $0.measure = columns }
    case .ambiguousWidth(let columns):
      return adapt { $0.displayWidth = DisplayWidth(ambiguous: columns) }
    case .lineNumbers(let areShown): return adapt { $0.numbersLines = areShown }
    case .mouse(let isOn): return [.setMouse(isOn)]
    case .backlinks: return broadcast(.backlinksAsked)
    case .help: return common(.help)
    case .quit: return [.quit]
    }
  }

  /// Changes how things look, on all screens.
  mutating func adapt(_ change: (inout Appearance) -> Void) -> [Effect] {
    change(&appearance)
    return broadcast(.appearanceChanged(appearance))
  }
}

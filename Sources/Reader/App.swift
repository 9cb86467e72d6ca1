package import Canvas
package import DemoKit
import Typesetting

/// The model of the whole reader: a stack of screens, the topmost one reading the keys.
///
/// Keys go to the top screen, every other event to all of them, so that a screen below is up to
/// date when the one above closes. `update` returns the effects that only `Runtime` can perform.
package struct App: Sendable {
  package private(set) var screens: [any Screen]
  package internal(set) var appearance: Appearance
  private var width = 80
  private var height = 24
  /// A sentence over the status bar, until the next key.
  private var notice: SafeText?
  private var isAskingToQuit = false
  var prompt: Prompt?
  private var running: Set<RunID> = []

  package init(appearance: Appearance, demos: [DemoDescription] = []) {
    self.appearance = appearance
    screens = [PostListScreen(appearance: appearance, demos: demos)]
  }

  /// What is to be done before the first frame.
  package mutating func start() -> [Effect] {
    perform(screens[0].opened())
  }

  /// Takes one event in.
  ///
  /// - Returns: what is left to be done outside, in order.
  package mutating func update(_ event: Event) -> [Effect] {
    switch event {
    case .key(let key):
      return perform(pressed(key))
    case .pasted(let text):
      if prompt != nil {
        prompt?.insert(text)
        return []
      }
      return perform(screens[screens.count - 1].update(event))
    case .resized(let width, let height):
      (self.width, self.height) = (width, height)
    case .backgroundKnown(let background):
      guard appearance.followsTerminal else { return [] }
      return perform(adapt { $0.theme.background = background })
    case .failed(let sentence), .noticed(let sentence):
      notice = sentence
    case .demo(let run, .finished), .demo(let run, .failed):
      running.remove(run)
    default:
      break
    }
    return perform(broadcast(event))
  }

  /// The frame to show.
  package func render() -> CellGrid {
    var grid = CellGrid(width: width, height: height, displayWidth: appearance.displayWidth)
    guard width >= 20, height >= 5 else {
      grid.draw(appearance.messages(.windowTooSmall), column: 0, row: 0)
      return grid
    }
    let pane = screens[screens.count - 1].frame(in: grid.bounds)
    for screen in screens[firstVisible...].dropLast() {
      screen.render(into: &grid, in: Rect(width: pane.x, height: height))
    }
    screens[screens.count - 1].render(into: &grid, in: pane)
    if let prompt {
      prompt.render(into: &grid, appearance: appearance)
    } else if let notice = isAskingToQuit ? appearance.messages(.askQuit) : notice {
      StatusBar(left: notice, appearance: appearance)
        .render(into: &grid, in: grid.bounds)
    }
    return grid
  }

  /// The lowest screen of which anything shows.
  private var firstVisible: Int {
    let window = Rect(width: width, height: height)
    return screens.lastIndex { $0.frame(in: window) == window } ?? 0
  }
}

extension App {
  /// What a key does: nothing but text while a screen reads text.
  private mutating func pressed(_ key: Key) -> [Effect] {
    notice = nil
    if prompt != nil { return answered(key) }
    let wasAsking = isAskingToQuit
    isAskingToQuit = false
    let top = screens[screens.count - 1]
    let command = [KeyBinding].common.command(for: key)
    if wasAsking, key == .character("q") || command == .quitAll || command == .interrupt {
      running = []
      return [.quit]
    }
    // While a screen reads text, only keys held with Ctrl keep their common meaning.
    if let command, !top.isTyping || key.isControl { return common(command) }
    return screens[screens.count - 1].update(.key(key))
  }

  func common(_ command: Command) -> [Effect] {
    switch command {
    case .commandLine: return [.ask(Prompt(.command))]
    case .help:
      let top = type(of: screens[screens.count - 1])
      if top == HelpScreen.self { return [.close] }
      let keys = top.keys + .common
      return [.open(HelpScreen(keys: keys, of: top.name, appearance: appearance))]
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .interrupt where !running.isEmpty:
      return running.sorted { $0.number < $1.number }.map { .stopDemo($0) }
    case .quitAll, .interrupt: return [.quit]
    default: return []
    }
  }

  mutating func broadcast(_ event: Event) -> [Effect] {
    screens.indices.flatMap { screens[$0].update(event) }
  }

  /// Carries out what concerns the screens themselves, and returns the rest.
  private mutating func perform(_ effects: [Effect]) -> [Effect] {
    var outside: [Effect] = []
    for effect in effects {
      switch effect {
      case .open(var screen):
        var opening = screen.update(.resized(width: width, height: height))
        opening += screen.opened()
        screens.append(screen)
        outside += perform(opening)
      case .close:
        if screens.count > 1 { screens.removeLast() }
      case .ask(let prompt):
        self.prompt = prompt.fits(width: width, height: height) ? prompt : nil
        if self.prompt == nil { notice = appearance.messages(.addressTooLong) }
      case .tell(let event):
        outside += update(event)
      case .quit:
        if running.isEmpty { outside.append(.quit) } else { isAskingToQuit = true }
      case .remember(let change):
        outside.append(effect)
        outside += perform(broadcast(.changed(change)))
      case .startDemo(let run, let request):
        running.insert(run)
        outside.append(effect)
        outside += perform(broadcast(.demoRequested(run, request)))
      default:
        outside.append(effect)
      }
    }
    return outside
  }
}

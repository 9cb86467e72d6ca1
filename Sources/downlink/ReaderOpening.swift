import Canvas
import DemoKit
import Demos
import Posts
import Reader
import Terminal
import Typesetting

/// Opens the reader: the one place where library, state, demos and terminal meet.
struct ReaderOpening {
  let settings: Settings
  let options: ReaderOptions

  /// - Returns: the exit status.
  func run() throws -> Int32 {
    guard settings.streams.inputIsTerminal, settings.streams.outputIsTerminal else {
      throw CommandError.noTerminal
    }
    let appearance = appearance(try Configuration(contentsOf: settings.configuration))
    let library = try LibraryAccess(settings).open()
    let state = try ReaderState(at: settings.state)
    if let notice = state.notice { Output.complain(SafeText(notice)) }
    let demos = DemoProcess(environment: settings.environment)
    let end = MainActor.assumeIsolated {
      runReader(
        services: ReaderServices(
          library: library, state: state, demos: demos, environment: settings.environment),
        demos: Catalogue.demos.map { $0.description }, appearance: appearance,
        environment: settings.environment)
    }
    if let sentence = end.sentence { Output.complain(SafeText("downlink: ") + sentence) }
    return end.status
  }

  /// The command line goes before the settings file, and that before the environment.
  private func appearance(_ configuration: Configuration) -> Appearance {
    let wish = options.appearance.color == .auto ? configuration.color : options.appearance.color
    let theme = options.theme ?? configuration.theme
    return Appearance(
      language: options.lang ?? configuration.language
        ?? Language(environment: settings.environment),
      theme: Theme(
        background: theme ?? background, colors: hasColors(wish ?? .auto) ? .indexed : .none),
      displayWidth: DisplayWidth(ambiguous: configuration.ambiguousWidth ?? 1),
      measure: configuration.measure ?? 80, followsTerminal: theme == nil)
  }

  private func hasColors(_ wish: ColorWish) -> Bool {
    switch wish {
    case .always: true
    case .never: false
    case .auto: (settings.environment["NO_COLOR"] ?? "").isEmpty
    }
  }

  /// What the terminal says of its background in `COLORFGBG`, as rxvt and Konsole set it.
  private var background: Theme.Background {
    let last = settings.environment["COLORFGBG"]?.split(separator: ";").last ?? ""
    return ["7", "15"].contains(last) ? .light : .dark
  }
}

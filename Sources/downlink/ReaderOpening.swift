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

  /// - Returns: the exit status.
  func run() throws -> Int32 {
    guard settings.streams.inputIsTerminal, settings.streams.outputIsTerminal else {
      throw CommandError.noTerminal
    }
    let library = try LibraryAccess(settings).open()
    let state = try ReaderState(at: settings.state)
    if let notice = state.notice { Output.complain(SafeText(notice)) }
    let demos = DemoProcess(environment: settings.environment)
    let end = MainActor.assumeIsolated {
      runReader(
        services: ReaderServices(library: library, state: state, demos: demos),
        demos: Catalogue.demos.map { $0.description }, appearance: appearance,
        environment: settings.environment)
    }
    if let sentence = end.sentence { Output.complain(SafeText("downlink: ") + sentence) }
    return end.status
  }

  private var appearance: Appearance {
    let refusal = settings.environment["NO_COLOR"] ?? ""
    return Appearance(
      language: Language(environment: settings.environment),
      theme: Theme(background: background, colors: refusal.isEmpty ? .indexed : .none))
  }

  /// What the terminal says of its background in `COLORFGBG`, as rxvt and Konsole set it.
  private var background: Theme.Background {
    let last = settings.environment["COLORFGBG"]?.split(separator: ";").last ?? ""
    return ["7", "15"].contains(last) ? .light : .dark
  }
}

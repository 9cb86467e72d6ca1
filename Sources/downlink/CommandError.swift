import DemoKit

/// What the commands themselves find wrong; errors of other targets pass through as they are.
enum CommandError: Error, Equatable, CustomStringConvertible {
  case noTerminal
  case eventsOnTerminal
  case imageOnTerminal
  case stopped(String)
  /// A run that did not come to its end, in its own words.
  case failed(String)
  case nothingFound(query: String)
  case nothingExact(query: String)
  case wrongRequest(DemoKitError)
  case pager(String)
  case unreadable(path: String, reason: String)
  /// A source may not be called so, or is called so already.
  case nameTaken(String)
  case noSuchSource(String)
  case settings(path: String, line: Int, text: String)

  var description: String {
    switch self {
    case .noTerminal:
      "The reader needs a terminal; “downlink list” and “downlink read POST” do without one."
    case .eventsOnTerminal:
      "--events writes for programs; without it the run is shown on the terminal."
    case .imageOnTerminal:
      "decode-image writes for programs; “downlink read POST” shows images."
    case .stopped(let what): "The \(what) was stopped."
    case .failed(let reason): reason
    case .nothingFound(let query): "Nothing found for “\(query)”."
    case .nothingExact(let query): "No post holds “\(query)”; those shown may have been meant."
    case .wrongRequest(let error): error.description
    case .pager(let name): "The pager \(name) failed; --no-pager does without."
    case .unreadable(let path, let reason): "Cannot read \(path): \(reason)."
    case .nameTaken(let name):
      "The name “\(name)” is taken; choose another with --name, or remove that source first."
    case .noSuchSource(let name):
      "There is no source “\(name)”; “downlink sources” lists those there are."
    case .settings(let path, let line, let text):
      "\(path), line \(line): “\(text)” is no setting; there are theme = dark|light|auto, "
        + "lang = zh|en, color = auto|always|never, measure = 40…120, ambiguous = 1|2."
    }
  }

  var status: Int32 {
    switch self {
    case .eventsOnTerminal, .imageOnTerminal, .wrongRequest: ExitStatus.usage
    case .noTerminal, .stopped, .failed, .nothingFound, .nothingExact, .pager, .unreadable,
      .settings, .nameTaken, .noSuchSource:
      ExitStatus.failure
    }
  }
}

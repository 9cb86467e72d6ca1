import Canvas
import DemoKit
import Reader
import Typesetting

/// Shows a run as text: what it says as it comes, on a terminal a live line, and at the end the
/// plots, tables and claims as the reader shows them.
struct DemoPrinter {
  private let width: Int
  private let appearance: Appearance
  private let drawsPictures: Bool
  private let stopwatch = Stopwatch.wall()
  private var live: LiveLine
  private var progress = ""
  private var metric = ""
  private var outcome = DemoOutcome()
  /// What stands for the pictures where none are drawn, each title once.
  private var captions: [String] = []

  /// Rows of a plot or a picture.
  private static let pictureHeight = 14

  init(_ settings: Settings, colors: ColorSupport) {
    let streams = settings.streams
    width = min(streams.size.columns, 80)
    appearance = Appearance(
      language: Language(environment: settings.environment),
      theme: Theme(colors: colors.themeColors))
    drawsPictures = streams.outputIsTerminal
    live = LiveLine(streams)
  }

  mutating func show(_ message: DemoMessage, on output: inout Output) throws {
    switch message {
    case .started(let id, let settings):
      let values = settings.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
      for line in SafeText("\(id) \(values)").wrapped(columns: width) {
        try write(Line(line, .bold), on: &output)
      }
    case .event(let event):
      try show(event, on: &output)
    case .finished, .failed:
      live.erase()
      outcome.update(message)
      try writeResults(on: &output)
    }
  }

  private mutating func show(_ event: DemoEvent, on output: inout Output) throws {
    switch event {
    case .text:
      var text = DemoOutcome()
      text.update(.event(event))
      for line in lines(of: text) { try write(line, on: &output) }
      return
    case .progress(let completed, let total):
      progress = progressText(completed, of: total)
    case .metric(let name, _, let value):
      metric = "\(name) \(ShortNumber(value).text)"
    case .image(let image) where !drawsPictures:
      let caption =
        "[\(appearance.labels.image) \(image.title), \(image.width) × \(image.height)]"
      if !captions.contains(caption) { captions.append(caption) }
      return
    case .plot, .table, .image, .claim:
      break
    }
    outcome.update(.event(event))
    live.show(SafeText("\(progress)  \(metric)"))
  }

  private func progressText(_ completed: Int, of total: Int) -> String {
    let bar = ProgressBar(completed: completed, total: total, appearance: appearance)
    guard bar.fraction > 0.02 else { return bar.line(36).text }
    let seconds = stopwatch.seconds
    let rest = ShortNumber((seconds / bar.fraction - seconds).rounded(.up)).text
    return "\(bar.line(36).text)  \(appearance.messages(.demoRemaining, rest))"
  }

  /// A failure's reason goes to standard error, where all errors go.
  private func writeResults(on output: inout Output) throws {
    for caption in captions { try output.write(SafeText(caption)) }
    for line in lines(of: outcome) { try output.write(line) }
    if case .finished = outcome.status {
      try output.write(Line(outcome.sentence(appearance.messages), .bold))
    }
  }

  /// What the reader would show of it.
  private func lines(of outcome: DemoOutcome) -> [Line] {
    DemoResults(
      outcome, appearance: appearance, pictureHeight: DemoPrinter.pictureHeight, textLimit: .max
    ).lines(width: width).map(\.trimmed)
  }

  private mutating func write(_ line: Line, on output: inout Output) throws {
    live.erase()
    try output.write(line)
    // A person who watches wants each line at once.
    try output.flush()
  }
}

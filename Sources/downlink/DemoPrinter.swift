import Canvas
import DemoKit
import Glibc

/// Shows a run as text: what it says as it comes, on a terminal a live line, the claims at the end.
struct DemoPrinter {
  private let width: Int
  private var live: LiveLine
  private let stopwatch = Stopwatch()
  private var progress = ""
  private var curves: [Curve] = []
  private var claims: [Claim] = []

  /// What is left of a metric in plain text: its ends.
  private struct Curve {
    var name: String
    var count = 1
    var first: Double
    var last: Double
  }

  init(_ streams: StandardStreams) {
    width = min(streams.size.columns, 100)
    live = LiveLine(streams)
  }

  mutating func show(_ message: DemoMessage, on output: inout Output) throws {
    switch message {
    case .started(let id, let settings):
      let values = settings.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
      try write(
        Line([Span(SafeText(id.string), .bold), Span(SafeText(" \(values)"))]), on: &output)
    case .event(let event):
      try show(event, on: &output)
    case .finished(let seconds):
      live.erase()
      try writeCurves(on: &output)
      try writeClaims(on: &output)
      try write(Line(SafeText("finished in \(seconds.shown) s")), on: &output)
    case .failed:
      live.erase()
    }
  }

  private mutating func show(_ event: DemoEvent, on output: inout Output) throws {
    switch event {
    case .text(let text):
      for line in SafeText(text).wrapped(columns: width) { try write(Line(line), on: &output) }
    case .progress(let completed, let total):
      progress = progressText(completed, of: total)
      showLiveLine()
    case .metric(let name, _, let value):
      note(name, value)
      showLiveLine()
    case .plot(let plot):
      try write(plot.rows(width: width), on: &output)
    case .table(let table):
      try write(table.rows(width: width), on: &output)
    case .image(let image):
      try write([Line(SafeText("[\(image.title): \(image.width)×\(image.height)]"))], on: &output)
    case .claim(let claim):
      claims.append(claim)
    }
  }

  // MARK: The live line

  private mutating func showLiveLine() {
    let curve = curves.last.map { "  \($0.name) \($0.last.shown)" } ?? ""
    live.show(SafeText(progress + curve))
  }

  private func progressText(_ completed: Int, of total: Int) -> String {
    guard total > 0, completed >= 0 else { return "\(completed)" }
    let share = min(Double(completed) / Double(total), 1)
    let seconds = stopwatch.seconds
    let rest = share > 0.02 ? "  \((seconds / share - seconds).shown) s left" : ""
    let filled = Int(share * 20)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled)
    return "\(bar) \(Int(share * 100)) %\(rest)"
  }

  // MARK: Lines

  private mutating func note(_ name: String, _ value: Double) {
    if let index = curves.firstIndex(where: { $0.name == name }) {
      var curve = curves.remove(at: index)
      curve.last = value
      curve.count += 1
      curves.append(curve)
    } else {
      curves.append(Curve(name: name, first: value, last: value))
    }
  }

  private mutating func writeCurves(on output: inout Output) throws {
    for curve in curves.sorted(by: { $0.name < $1.name }) {
      let ends = "\(curve.first.shown) → \(curve.last.shown)"
      try output.write(SafeText("\(curve.name): \(ends) in \(curve.count) steps"))
    }
  }

  private mutating func writeClaims(on output: inout Output) throws {
    for claim in claims {
      let mark = claim.holds ? "holds" : "DOES NOT HOLD"
      try output.write(SafeText(""))
      let style: Style = claim.holds ? .bold : Style(attributes: [.bold, .reverse])
      let head = Line([Span(SafeText(mark), style), Span(SafeText("  \(claim.statement)"))])
      try output.write(head)
      var table = TextTable(width: width)
      table.rows = [
        [.init("  expected"), .init(claim.expected)], [.init("  measured"), .init(claim.measured)],
      ]
      try write(table.lines, on: &output)
    }
    if !claims.isEmpty { try output.write(SafeText("")) }
  }

  private mutating func write(_ lines: [Line], on output: inout Output) throws {
    for line in lines { try write(line, on: &output) }
  }

  private mutating func write(_ line: Line, on output: inout Output) throws {
    live.erase()
    try output.write(line)
    // A person who watches wants each line at once.
    try output.flush()
  }
}

extension Table {
  fileprivate func rows(width: Int) -> [Line] {
    var table = TextTable(width: width)
    table.rows = [header.map { .init($0, .bold) }] + rows.map { $0.map { .init($0) } }
    return [Line(SafeText(title), .bold)] + table.lines
  }
}

extension Plot {
  /// The ends of each curve: a pipe has no picture.
  fileprivate func rows(width: Int) -> [Line] {
    let curves = series.map { series in
      let xs = range(series.x)
      return Line(
        SafeText(
          "  \(series.name): \(series.x.count) points, \(xLabel) \(xs), \(yLabel) \(range(series.y))"
        ))
    }
    return [Line(SafeText(title), .bold)] + curves
  }

  private func range(_ values: [Double]) -> String {
    guard let low = values.min(), let high = values.max() else { return "none" }
    return "\(low.shown) to \(high.shown)"
  }
}

extension Double {
  /// The number with four significant digits.
  fileprivate var shown: String {
    guard isFinite else { return "\(self)" }
    guard self != 0 else { return "0" }
    let digits = 3 - Int(log10(abs(self)).rounded(.down))
    guard (0...9).contains(digits) else { return "\(self)" }
    let scale = pow(10, Double(digits))
    return "\((self * scale).rounded() / scale)"
  }
}

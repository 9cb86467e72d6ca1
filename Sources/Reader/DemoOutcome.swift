package import DemoKit

/// What a run of a demo has said so far, folded from its messages.
///
/// A plot, table or picture replaces the earlier one of the same title and keeps its place; a
/// metric grows into a curve. What is kept is bounded, however long the run goes on (R44).
package struct DemoOutcome: Hashable, Sendable {
  package var status: Status
  package private(set) var settings: [DemoRequest.Setting]
  /// In the order in which each first appeared.
  package private(set) var parts: [Part] = []
  package private(set) var claims: [Claim] = []
  private var places: [String: Int] = [:]

  /// How far the run is.
  package enum Status: Hashable, Sendable {
    /// Steps done and to do; none to do when the run has not said.
    case running(completed: Int, total: Int)
    case finished(seconds: Double)
    case failed(reason: String)
  }

  /// One thing to show of a run.
  package enum Part: Hashable, Sendable {
    case text(String)
    case plot(Plot)
    case table(Table)
    case image(Image)
  }

  private static let partLimit = 400
  private static let pointLimit = 4096

  package init(settings: [DemoRequest.Setting] = []) {
    status = .running(completed: 0, total: 0)
    self.settings = settings
  }

  package var isRunning: Bool {
    if case .running = status { true } else { false }
  }

  /// Takes the next message of the run in.
  package mutating func update(_ message: DemoMessage) {
    switch message {
    case .started(_, let settings): self.settings = settings
    case .finished(let seconds): status = .finished(seconds: seconds)
    case .failed(let reason): status = .failed(reason: reason)
    case .event(let event): update(event)
    }
  }

  private mutating func update(_ event: DemoEvent) {
    switch event {
    case .text(let text): append(.text(text), named: nil)
    case .progress(let completed, let total):
      if isRunning { status = .running(completed: completed, total: total) }
    case .metric(let name, let step, let value): extend(name, step: step, value: value)
    case .plot(let plot): append(.plot(plot), named: "plot " + plot.title)
    case .table(let table): append(.table(table), named: "table " + table.title)
    case .image(let image): append(.image(image), named: "image " + image.title)
    case .claim(let claim): claims.append(claim)
    }
  }

  private mutating func append(_ part: Part, named name: String?) {
    if let name, let place = places[name] {
      parts[place] = part
    } else if parts.count < DemoOutcome.partLimit {
      if let name { places[name] = parts.count }
      parts.append(part)
    }
  }

  /// Adds a point to the curve of a metric; a very long curve keeps every second point.
  private mutating func extend(_ name: String, step: Int, value: Double) {
    let key = "metric " + name
    guard let place = places[key], case .plot(var plot) = parts[place] else {
      let series = Plot.Series(name, x: [Double(step)], y: [value])
      append(.plot(Plot(title: name, xLabel: "step", series: [series])), named: key)
      return
    }
    // The part lets go of its arrays while they grow, or each point would copy them.
    parts[place] = .text("")
    plot.series[0].x.append(Double(step))
    plot.series[0].y.append(value)
    if plot.series[0].x.count > DemoOutcome.pointLimit { plot.series[0].thin() }
    parts[place] = .plot(plot)
  }
}

extension Plot.Series {
  /// Drops every second point.
  fileprivate mutating func thin() {
    x = stride(from: 0, to: x.count, by: 2).map { x[$0] }
    y = stride(from: 0, to: y.count, by: 2).map { y[$0] }
  }
}

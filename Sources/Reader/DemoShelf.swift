package import DemoKit
import Posts

/// The demos that this version has, and the last run of each.
///
/// Every screen that shows demos folds the same events into its own shelf.
package struct DemoShelf: Hashable, Sendable {
  private let descriptions: [DemoID: DemoDescription]
  private var outcomes: [DemoID: DemoOutcome] = [:]
  private var runs: [RunID: DemoID] = [:]
  private var running: [DemoID: RunID] = [:]
  private var lastNumber = 0

  package init(_ demos: [DemoDescription]) {
    descriptions = Dictionary(demos.map { ($0.id, $0) }) { first, _ in first }
  }

  package func description(of demo: DemoID) -> DemoDescription? { descriptions[demo] }

  /// What the last run of a demo said; nil if it never ran.
  package func outcome(of demo: DemoID) -> DemoOutcome? { outcomes[demo] }

  /// The run of a demo that has not ended.
  package func run(of demo: DemoID) -> RunID? { running[demo] }

  /// A number for the next run, larger than those of all runs so far.
  package var nextRun: RunID { RunID(lastNumber + 1) }

  /// Takes in what concerns demos.
  ///
  /// - Returns: the demo that the event was about.
  @discardableResult
  package mutating func update(_ event: Event) -> DemoID? {
    switch event {
    case .demoRequested(let run, let request):
      lastNumber = max(lastNumber, run.number)
      runs[run] = request.id
      running[request.id] = run
      outcomes[request.id] = DemoOutcome(settings: request.settings)
      return request.id
    case .demo(let run, let message):
      return take(message, of: run)
    case .runLoaded(let kept, let messages):
      let demo = DemoID(kept.demo)
      guard outcomes[demo] == nil else { return nil }
      var outcome = DemoOutcome()
      for message in messages { outcome.update(message) }
      outcomes[demo] = outcome
      return demo
    default:
      return nil
    }
  }

  /// What starting a demo, or stopping the one that runs, asks for.
  package func toggle(_ demo: DemoID, settings: [DemoRequest.Setting] = []) -> Effect? {
    if let run = running[demo] { return .stopDemo(run) }
    guard descriptions[demo] != nil else { return nil }
    return .startDemo(nextRun, DemoRequest(id: demo, settings: settings))
  }

  private mutating func take(_ message: DemoMessage, of run: RunID) -> DemoID? {
    guard let demo = runs[run], running[demo] == run else { return nil }
    outcomes[demo]?.update(message)
    switch message {
    case .finished, .failed: running[demo] = nil
    default: break
    }
    return demo
  }
}

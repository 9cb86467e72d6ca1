/// How a run ended.
package enum RunOutcome: Hashable, Sendable {
  /// It ran to its end; some claims may not hold.
  case finished(claims: [Claim])
  case failed(reason: String)

  /// Whether it ran to its end and every claim holds.
  package var holds: Bool {
    if case .finished(let claims) = self { claims.allSatisfy(\.holds) } else { false }
  }
}

extension Demo {
  /// Runs the demo with the parameters of `request` and hands over every message, from
  /// `started` to `finished` or `failed`, as it comes.
  ///
  /// It runs on the caller's thread, so that a slow receiver slows the demo down and nothing
  /// piles up. It stops early when the caller's task is cancelled.
  ///
  /// - Throws: if the request does not fit the demo; nothing has been handed over then.
  @discardableResult
  package static func perform(
    _ request: DemoRequest, deliver: (DemoMessage) -> Void
  ) throws(DemoKitError) -> RunOutcome {
    let demo = try configured(for: request)
    deliver(.started(id: id, settings: demo.settings))
    let stopwatch = Stopwatch.wall()
    let outcome = demo.outcome { deliver(.event($0)) }
    switch outcome {
    case .finished: deliver(.finished(seconds: stopwatch.seconds))
    case .failed(let reason): deliver(.failed(reason: reason))
    }
    return outcome
  }

  private func outcome(emit: (DemoEvent) -> Void) -> RunOutcome {
    var claims: [Claim] = []
    do {
      try run { event in
        if case .claim(let claim) = event { claims.append(claim) }
        emit(event)
      }
    } catch is CancellationError {
      return .failed(reason: "The run was stopped.")
    } catch {
      return .failed(reason: "\(error)")
    }
    guard !claims.isEmpty else { return .failed(reason: "The run ended without a claim.") }
    return .finished(claims: claims)
  }

  /// What this demo says, as a stream that ends when it does and stops it when dropped.
  package func events() -> AsyncThrowingStream<DemoEvent, any Error> {
    AsyncThrowingStream { continuation in
      let task = Task.detached {
        do {
          try run { continuation.yield($0) }
          continuation.finish()
        } catch {
          continuation.finish(throwing: error)
        }
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }
}

import Synchronization

/// The only way for a demo to know the time.
///
///     let stopwatch = Stopwatch()
///     …
///     let elapsed = stopwatch.seconds
///
/// What it measures depends on the machine. So it belongs into a claim with `isTimed` set, and
/// nowhere else: equal seeds must give equal events.
package struct Stopwatch: Sendable {
  /// The clock of the running task; tests put a `ticking` one in its place.
  @TaskLocal package static var clock = Clock.monotonic

  private let clock: Clock
  private let start: Double

  /// Starts at once.
  package init() {
    clock = Stopwatch.clock
    start = clock.seconds()
  }

  /// Seconds since the start.
  package var seconds: Double {
    clock.seconds() - start
  }

  /// Where seconds come from.
  package struct Clock: Sendable {
    /// Seconds since some fixed moment.
    package let seconds: @Sendable () -> Double

    /// The machine's clock, which no change of the date moves.
    package static let monotonic = Clock {
      let elapsed = origin.duration(to: .now).components
      return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
    }

    private static let origin = ContinuousClock.now

    /// A clock that moves with each reading and by nothing else: by `tick` seconds at first and
    /// by a little more each time, so that neither times nor their ratios agree between two ticks.
    package static func ticking(by tick: Double = 0.001) -> Clock {
      let readings = Readings()
      return Clock {
        let count = Double(readings.advance())
        return count * tick + count * count * 1e-6
      }
    }

    private final class Readings: Sendable {
      private let count = Mutex(0)

      func advance() -> Int {
        count.withLock {
          $0 += 1
          return $0
        }
      }
    }
  }
}

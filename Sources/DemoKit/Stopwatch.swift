import Foundation
import Synchronization

/// The only way for a demo to know the time, which is that of the processor: other programs on the
/// machine change it little.
///
///     let stopwatch = Stopwatch()
///     …
///     let elapsed = stopwatch.seconds
///
/// What it measures depends on the machine. So it belongs into a claim with `isTimed` set, and
/// nowhere else: equal seeds must give equal events.
package struct Stopwatch: Sendable {
  /// The clock of the running task; tests put a `ticking` one in its place.
  @TaskLocal package static var clock = Clock.machine

  private let read: @Sendable () -> Double
  private let start: Double

  /// Starts at once, to measure what this process computes.
  package init() {
    self.init(Stopwatch.clock.processor)
  }

  /// One that measures how long somebody waits.
  package static func wall() -> Stopwatch { Stopwatch(clock.wall) }

  private init(_ read: @escaping @Sendable () -> Double) {
    self.read = read
    start = read()
  }

  /// Seconds since the start.
  package var seconds: Double { read() - start }

  /// Where seconds come from.
  package struct Clock: Sendable {
    /// Seconds that this process has computed.
    package let processor: @Sendable () -> Double
    /// Seconds since some fixed moment, which no change of the date moves.
    package let wall: @Sendable () -> Double

    /// The machine's own.
    package static let machine = Clock(
      processor: {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
      },
      wall: {
        let elapsed = origin.duration(to: .now).components
        return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
      })

    private static let origin = ContinuousClock.now

    /// A clock that moves with each reading and by nothing else: by `tick` seconds at first and
    /// by a little more each time, so that neither times nor their ratios agree between two ticks.
    package static func ticking(by tick: Double = 0.001) -> Clock {
      let readings = Readings()
      let read = { @Sendable in
        let count = Double(readings.advance())
        return count * tick + count * count * 1e-6
      }
      return Clock(processor: read, wall: read)
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

/// When the next frame may be drawn: at most 30 in any second (R10), so that a burst of events costs
/// a slow line little, but a few at once, so that a key after a pause is seen without delay.
///
/// - Source: the virtual scheduling form of the generic cell rate algorithm, ITU-T I.371.
package struct FramePace {
  /// When the frames drawn so far would all have been due at an even pace.
  private var even: ContinuousClock.Instant

  private static let burst = 4
  private static let interval = Duration.seconds(1) / (30 - burst)

  package init(now: ContinuousClock.Instant) { even = now }

  /// The earliest time for the next frame.
  package var next: ContinuousClock.Instant { even - Self.interval * (Self.burst - 1) }

  /// Notes that a frame was drawn.
  package mutating func drew(at now: ContinuousClock.Instant) {
    even = max(now, even) + Self.interval
  }
}

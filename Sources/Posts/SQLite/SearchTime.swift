import GRDB

/// The time that one search may take, from its beginning (R37).
struct SearchTime {
  private let start = ContinuousClock.now
  private let whole: Duration

  /// A quarter of a second for a screenful, of which the last part is left for what is not asked
  /// of the database and for a busy machine; who asks for all results gets more.
  init(limit: Int) {
    whole = .milliseconds(250) * max(1, min(limit / 50, 100))
  }

  /// Whether this share of it has gone by.
  func isOver(_ share: Double) -> Bool { start.duration(to: .now) >= whole * share }

  /// Runs what asks the database, until this share of the time has gone by.
  ///
  /// - Returns: whether it came to its end. Another's interruption is thrown on.
  @discardableResult
  func limiting(_ database: Database, to share: Double, _ body: () throws -> Void) throws -> Bool {
    do {
      try database.limited(until: start.advanced(by: whole * share), body)
      return true
    } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
      guard isOver(share) else { throw error }
      return false
    }
  }
}

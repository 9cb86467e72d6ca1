/// A file that is no post, or a post with a fault in it: where, and why.
package struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// The path within its source.
  package var file: String
  /// Counted from 1; nil where the whole file is meant.
  package var line: Int?
  package var reason: String

  package init(file: String, line: Int? = nil, reason: String) {
    self.file = file
    self.line = line
    self.reason = reason
  }

  package var description: String {
    line.map { "\(file):\($0): \(reason)" } ?? "\(file): \(reason)"
  }
}

/// What a sync did, each list in the order of the paths.
package struct SyncSummary: Hashable, Sendable {
  /// Slugs of posts that were not there before, or not as they are now.
  package var new: [String] = []
  package var changed: [String] = []
  package var removed: [String] = []
  /// The number of posts that needed nothing.
  package var unchanged = 0
  /// Files that did not go in.
  package var refused: [Refusal] = []
  /// Faults of posts that went in: links that lead nowhere, images that are not drawn, demos this
  /// version does not have.
  package var warnings: [Refusal] = []
  /// The number of further links and images; no more than `mostUntold` are counted.
  package var untold = 0
  package static let mostUntold = 1000

  package init() {}
}

/// How far a sync is.
package struct SyncProgress: Hashable, Sendable {
  /// Files read so far, and all of them.
  package var completed: Int
  package var total: Int

  package init(completed: Int, total: Int) {
    self.completed = completed
    self.total = total
  }
}

/// What can be wrong with the two databases, each told in one sentence that says what to do.
package enum PostError: Error, Equatable, CustomStringConvertible {
  /// There is no library at this path.
  case libraryMissing(path: String)
  /// The file is no library of this program, or one that somebody changed.
  case notALibrary(path: String, reason: String)
  /// The library was written by another version of this program.
  case otherVersion(path: String)
  case damaged(path: String, reason: String)
  /// The file is no bundle, or not as it was made.
  case notABundle(path: String, reason: String)
  /// A sync was killed, and its rollback needs a right to write that this user lacks.
  case unfinishedSync(path: String, owner: String)
  /// Another program holds the lock.
  case syncRunning(process: String, since: String)
  case busy(path: String)
  case notAllowed(path: String, reason: String)
  case diskFull(path: String)
  case tooLittleSpace(path: String, need: Int, have: Int)
  case stateIsNewer(path: String)
  case stateDamaged(path: String)
  case noSuchPost(slug: String)
  /// The caller gave up: another search began, or the sync was cancelled.
  case interrupted
  case failed(path: String, reason: String)

  package var description: String {
    switch self {
    case .libraryMissing(let path):
      "There is no library at \(path); run `downlink sync` to make it."
    case .notALibrary(let path, let reason):
      "\(path) is not a library of downlink (\(reason)); `downlink sync --rebuild` keeps it aside "
        + "and builds a new one."
    case .otherVersion(let path):
      "The library \(path) was written by another version; run `downlink sync` to rebuild it."
    case .damaged(let path, let reason):
      "The library \(path) is damaged (\(reason)); run `downlink sync --rebuild`."
    case .notABundle(let path, let reason):
      "\(path) is no bundle that can be believed (\(reason)); make it again with `downlink bundle`."
    case .unfinishedSync(let path, let owner):
      "A sync of \(path) was cut off; its owner \(owner) must run `downlink sync` once."
    case .syncRunning(let process, let since):
      "A sync is already running (process \(process), since \(since)); try again when it is done."
    case .busy(let path):
      "\(path) is being updated; try again in a moment."
    case .notAllowed(let path, let reason):
      "\(path) cannot be used (\(reason)); correct its owner or its mode."
    case .diskFull(let path):
      "The disk is full, so \(path) was left as it was; free some space and run it again."
    case .tooLittleSpace(let path, let need, let have):
      "\(path) needs \(size(need)) of free space and has \(size(have)); free some first."
    case .stateIsNewer(let path):
      "\(path) was written by a newer downlink; install that version to change it."
    case .stateDamaged(let path):
      "The reading state \(path) is damaged; start downlink again, which sets it aside."
    case .noSuchPost(let slug):
      "There is no post \(slug); `downlink list` shows those there are."
    case .interrupted:
      "Cancelled; nothing was changed."
    case .failed(let path, let reason):
      "\(path): \(reason); run `downlink check` to learn more."
    }
  }

  private func size(_ bytes: Int) -> String {
    bytes < 1 << 20 ? "\(bytes >> 10) KiB" : "\(bytes >> 20) MiB"
  }
}

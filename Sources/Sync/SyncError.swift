package import Posts

/// Why a sync could not be done at all, each told in one sentence that says what to do.
///
/// A bad post is no such error: it is refused and the others go in.
package enum SyncError: Error, Equatable, CustomStringConvertible {
  /// The folder of a source is missing or cannot be read.
  case unreadableSource(path: String, reason: String)
  case tooManyFiles(path: String, limit: Int)
  case tooLarge(path: String, limit: Int)
  case library(PostError)
  case cancelled

  package var description: String {
    switch self {
    case .unreadableSource(let path, let reason):
      "The posts in \(path) cannot be read (\(reason)); check the folder and its rights."
    case .tooManyFiles(let path, let limit):
      "\(path) holds more than \(limit) files; name a folder that holds posts only."
    case .tooLarge(let path, let limit):
      "\(path) holds more than \(limit >> 20) MiB of posts; name a smaller folder."
    case .library(let error): error.description
    case .cancelled: "The sync was cancelled; the library is as it was."
    }
  }
}

package import Posts

/// Why a sync could not be done at all, each told in one sentence that says what to do.
///
/// A bad post is no such error: it is refused and the others go in.
package enum SyncError: Error, Equatable, CustomStringConvertible {
  /// The folder of a source is missing or cannot be read.
  case unreadableSource(path: String, reason: String)
  case tooManyFiles(path: String, limit: Int)
  case tooLarge(path: String, limit: Int)
  /// No repository, folder or file of this name.
  case unknownAddress(String)
  case gitMissing
  /// What `git` said of a repository.
  case git(address: String, reason: String)
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
    case .unknownAddress(let text):
      """
      \(text) is no source; name a folder, a bundle file, or a repository by its path or by an \
      https: or file: URL.
      """
    case .gitMissing: "git is not installed; install it, or sync a folder or a bundle."
    case .git(let address, let reason):
      "The repository \(address) cannot be read (\(reason)); the library is as it was."
    case .library(let error): error.description
    case .cancelled: "The sync was cancelled; the library is as it was."
    }
  }
}

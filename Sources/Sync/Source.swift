import Posts

/// Where posts come from.
package enum Source: Hashable, Sendable {
  case folder(FolderSource)
  case git(GitSource)
  case bundle(BundleSource)

  /// The name under which its posts stand in the library.
  package var name: String {
    switch self {
    case .folder(let folder): folder.name
    case .git(let repository): repository.name
    case .bundle(let bundle): bundle.name
    }
  }

  /// Does what may take long or fail before the transaction begins: a repository is fetched, a
  /// bundle verified.
  func opened() throws -> any OpenSource {
    switch self {
    case .folder(let folder): folder
    case .git(let repository): try repository.fetched()
    case .bundle(let bundle): try bundle.verified()
    }
  }
}

/// A source that only has to be read.
protocol OpenSource {
  /// Calls `body` with each file, in the order of paths.
  func read(_ body: (SourceFile, SyncProgress) throws -> Void) throws
}

/// A file of a source: what is in it, or why it was not read.
struct SourceFile {
  /// Path within the source.
  var path: String
  var content: Content
  /// The day of the file, ISO 8601, for a post that names none; empty if it is not known.
  var date = ""

  enum Content {
    case bytes([UInt8])
    /// A post out of a bundle, which was read when the bundle was made.
    case post(Post)
    case refused(String)
  }

  /// Whether a name is that of a Markdown file.
  static func isMarkdown(_ name: String) -> Bool {
    name.hasSuffix(".md") || name.hasSuffix(".markdown")
  }
}

/// The caps of a source (2.7).
enum SourceLimit {
  static let files = 100_000
  static let bytes = 1 << 30
  static let pathLength = 1024
  static let depth = 32
}

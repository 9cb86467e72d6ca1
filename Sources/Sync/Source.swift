import Foundation
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
  /// Calls `body` with each file there is `now`, in the order of paths; it reads those that may
  /// have changed.
  ///
  /// - Returns: what tells the next time that no file has come or gone; nil if nothing does.
  func read(
    at now: Date, _ body: (SourceFile, _ content: SourceFile.Reading) throws -> Void
  ) throws -> FileStamp?
  /// Calls `body` with the file of each image that posts show; it reads those that may have changed.
  func readImages(
    _ images: [LibraryTransaction.ShownImage], at now: Date,
    _ body: (LibraryTransaction.ShownImage, SourceImage) throws -> Void
  ) throws
}

/// A file of a source, before it is read.
struct SourceFile {
  /// Path within the source.
  var path: String
  /// Equal to that of the last sync if the file is what it was then; nil if nothing tells.
  var stamp: FileStamp?
  /// When it was last changed, for a post that names no day.
  var day: Day
  var progress: SyncProgress

  typealias Reading = () throws -> Content

  enum Content {
    case bytes([UInt8])
    /// A post out of a bundle, which was read when the bundle was made.
    case post(Post)
    case refused(String)
  }

  enum Day {
    /// ISO 8601; empty if it is not known.
    case named(String)
    /// Seconds since 1970, of which most are never written out.
    case seconds(Int)

    /// ISO 8601, in UTC so that it is the same everywhere.
    var text: String {
      switch self {
      case .named(let day): day
      case .seconds(let seconds):
        Date(timeIntervalSince1970: TimeInterval(seconds))
          .formatted(.iso8601.year().month().day())
      }
    }
  }

  /// How names of Markdown files end.
  private static let endings = [Array(".md".utf8), Array(".markdown".utf8)]

  /// Whether a file of this name or path is taken for a post.
  static func isMarkdown(_ path: ArraySlice<UInt8>) -> Bool {
    endings.contains { path.suffix($0.count).elementsEqual($0) }
  }
}

/// The caps of a source (2.7).
enum SourceLimit {
  static let files = 100_000
  static let bytes = 1 << 30
  static let pathLength = 1024
  static let depth = 32
}

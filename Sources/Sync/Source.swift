/// Where posts come from.
package enum Source: Hashable, Sendable {
  case folder(FolderSource)

  /// The name under which its posts stand in the library.
  package var name: String {
    switch self {
    case .folder(let folder): folder.name
    }
  }

  /// Calls `body` with each file, in the order of paths.
  func read(
    _ body: (SourceFile, SyncProgress) throws -> Void
  ) throws {
    switch self {
    case .folder(let folder): try folder.read(body)
    }
  }
}

/// A file of a source: its bytes, or why they were not read.
struct SourceFile {
  /// Path within the source.
  var path: String
  var content: Content

  enum Content {
    case bytes([UInt8])
    case refused(String)
  }
}

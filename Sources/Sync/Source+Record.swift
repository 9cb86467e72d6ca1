package import Foundation
package import Posts

extension Source {
  /// The source at a place that a person names: a folder, a bundle file, or a repository.
  ///
  /// A path to a bare repository is one too; that of a folder with a repository in it is a folder,
  /// unless `isRepository` says otherwise.
  package init(
    at location: String, name: String? = nil, isRepository: Bool = false, cache: URL
  ) throws(SyncError) {
    // An empty path is that of the folder we are in, which nobody means by a variable without value.
    guard location.contains(where: { !$0.isWhitespace }) else { throw .unknownAddress(location) }
    let url = URL(filePath: location).standardizedFileURL
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
    if location.contains("://") || isRepository
      || (isFolder.boolValue && GitAddress.isBareRepository(url))
    {
      let address = try GitAddress(location)
      self = .git(GitSource(name: name ?? address.text, address: address, cache: cache))
    } else if isFolder.boolValue {
      self = .folder(FolderSource(name: name ?? url.path, folder: url))
    } else if exists {
      self = .bundle(BundleSource(name: name ?? url.path, file: url))
    } else {
      throw .unknownAddress(location)
    }
  }

  /// A source as it was configured.
  package init(_ record: SourceRecord, cache: URL) throws(SyncError) {
    switch record.kind {
    case Self.gitKind:
      self = .git(
        GitSource(name: record.name, address: try GitAddress(record.location), cache: cache))
    case "bundle":
      self = .bundle(BundleSource(name: record.name, file: URL(filePath: record.location)))
    default:
      self = .folder(FolderSource(name: record.name, folder: URL(filePath: record.location)))
    }
  }

  private static let gitKind = "git"

  /// What is kept of a source.
  package var record: SourceRecord {
    switch self {
    case .folder(let source):
      SourceRecord(name: source.name, kind: "folder", location: source.folder.path)
    case .git(let source):
      SourceRecord(name: source.name, kind: Self.gitKind, location: source.address.text)
    case .bundle(let source):
      SourceRecord(name: source.name, kind: "bundle", location: source.file.path)
    }
  }

  /// A short name for it, from its place.
  package var suggestedName: String {
    switch self {
    case .folder(let source): source.folder.lastPathComponent
    case .git(let source): source.address.name
    case .bundle(let source): source.file.deletingPathExtension().lastPathComponent
    }
  }

  /// The same place under another name.
  package func named(_ name: String) -> Source {
    switch self {
    case .folder(var source):
      source.name = name
      return .folder(source)
    case .git(var source):
      source.name = name
      return .git(source)
    case .bundle(var source):
      source.name = name
      return .bundle(source)
    }
  }
}

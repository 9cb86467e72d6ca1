package import Foundation
import Posts

/// A folder of Markdown files, read without following any link and without waiting for any file.
///
/// Every file is opened below a handle of the folder, one path component at a time, so that nothing
/// outside is read whatever is renamed meanwhile (R32).
package struct FolderSource: Hashable, Sendable {
  package var name: String
  package var folder: URL

  package init(name: String, folder: URL) {
    self.name = name
    self.folder = folder
  }

  /// The caps of a source (2.7).
  private enum Limit {
    static let files = 100_000
    static let bytes = 1 << 30
    static let pathLength = 1024
    static let depth = 32
  }

  /// Calls `body` with each Markdown file, in the order of paths.
  func read(_ body: (SourceFile, SyncProgress) throws -> Void) throws {
    let root = try openRoot()
    defer { root.close() }
    let paths = try list(root)
    var total = 0
    for (index, path) in paths.enumerated() {
      let file = SourceFile(path: path.text, content: content(of: path, below: root))
      if case .bytes(let bytes) = file.content { total += bytes.count }
      guard total <= Limit.bytes else {
        throw SyncError.tooLarge(path: folder.path, limit: Limit.bytes)
      }
      try body(file, SyncProgress(completed: index + 1, total: paths.count))
    }
  }

  private func openRoot() throws(SyncError) -> FileHandleNumber {
    let number = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else {
      throw .unreadableSource(path: folder.path, reason: FileAccess.reason(errno))
    }
    return FileHandleNumber(number)
  }

  // MARK: Listing

  /// The Markdown files below the folder; hidden ones and whatever is no Markdown are passed over.
  private func list(_ root: FileHandleNumber) throws -> [SourcePath] {
    var found: [SourcePath] = []
    var folders = [SourcePath(components: [])]
    while let folder = folders.popLast() {
      guard let handle = try? root.openFolder(folder) else { continue }
      defer { handle.close() }
      for entry in handle.entries() where !entry.name.starts(with: [UInt8(ascii: ".")]) {
        let path = SourcePath(components: folder.components + [entry.name])
        guard path.length <= Limit.pathLength else { continue }
        if entry.isFolder {
          if path.components.count <= Limit.depth { folders.append(path) }
        } else if path.isMarkdown {
          found.append(path)
        }
        guard found.count + folders.count <= Limit.files else {
          throw SyncError.tooManyFiles(path: self.folder.path, limit: Limit.files)
        }
      }
    }
    return found.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }

  // MARK: Reading

  private func content(of path: SourcePath, below root: FileHandleNumber) -> SourceFile.Content {
    do {
      let folder = try root.openFolder(SourcePath(components: path.components.dropLast()))
      defer { folder.close() }
      let file = try folder.openFile(path.components.last ?? [])
      defer { file.close() }
      return .bytes(try file.readAll(limit: PostFile.largest))
    } catch {
      return .refused(error.reason)
    }
  }
}

/// A path within a source, as bytes: names on disk need not be UTF-8.
struct SourcePath: Hashable, Sendable {
  var components: [[UInt8]]

  init(components: some Sequence<[UInt8]>) { self.components = Array(components) }

  var bytes: [UInt8] { Array(components.joined(separator: [UInt8(ascii: "/")])) }
  var text: String { String(decoding: bytes, as: UTF8.self) }
  var length: Int { components.reduce(components.count) { $0 + $1.count } }

  var isMarkdown: Bool {
    let name = components.last ?? []
    return [".md", ".markdown"].contains { String(decoding: name, as: UTF8.self).hasSuffix($0) }
  }
}

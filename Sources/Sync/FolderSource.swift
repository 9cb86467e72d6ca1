package import Foundation
import Posts

/// A folder of Markdown files, read without following any link and without waiting for any file.
///
/// Every file is opened below a handle of the folder, one path component at a time, so that nothing
/// outside is read whatever is renamed meanwhile (R32).
package struct FolderSource: Hashable, Sendable, OpenSource {
  package var name: String
  package var folder: URL

  package init(name: String, folder: URL) {
    self.name = name
    self.folder = folder
  }

  /// Calls `body` with each Markdown file, in the order of paths.
  func read(_ body: (SourceFile, SyncProgress) throws -> Void) throws {
    let root = try openRoot()
    defer { root.close() }
    let paths = try list(root)
    var total = 0
    for (index, path) in paths.enumerated() {
      let file = try file(path, below: root)
      if case .bytes(let bytes) = file.content { total += bytes.count }
      guard total <= SourceLimit.bytes else {
        throw SyncError.tooLarge(path: folder.path, limit: SourceLimit.bytes)
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
      guard let (handle, entries) = try entries(of: folder, below: root) else { continue }
      defer { handle.close() }
      for entry in entries where !entry.name.starts(with: [UInt8(ascii: ".")]) {
        let path = SourcePath(components: folder.components + [entry.name])
        guard path.length <= SourceLimit.pathLength else { continue }
        if entry.isFolder {
          if path.components.count <= SourceLimit.depth { folders.append(path) }
        } else if path.isMarkdown {
          found.append(path)
        }
        guard found.count + folders.count <= SourceLimit.files else {
          throw SyncError.tooManyFiles(path: self.folder.path, limit: SourceLimit.files)
        }
      }
    }
    return found.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }

  /// A folder and its entries; nil if it is no longer there.
  ///
  /// One that cannot be read ends the sync, which would else take its posts for removed.
  private func entries(
    of path: SourcePath, below root: FileHandleNumber
  ) throws(SyncError) -> (FileHandleNumber, [FileHandleNumber.Entry])? {
    do throws(FileHandleNumber.Refused) {
      let handle = try root.openFolder(path)
      do throws(FileHandleNumber.Refused) {
        return (handle, try handle.entries())
      } catch {
        handle.close()
        throw error
      }
    } catch {
      guard !error.isOfChange else { return nil }
      throw .unreadableSource(path: folder.path + "/" + path.text, reason: error.reason)
    }
  }

  // MARK: Reading

  private func file(
    _ path: SourcePath, below root: FileHandleNumber
  ) throws(SyncError) -> SourceFile {
    do throws(FileHandleNumber.Refused) {
      let folder = try root.openFolder(SourcePath(components: path.components.dropLast()))
      defer { folder.close() }
      let file = try folder.openFile(path.components.last ?? [])
      defer { file.close() }
      let bytes = try file.readAll(limit: PostFile.largest)
      return SourceFile(path: path.text, content: .bytes(bytes), date: file.modificationDay)
    } catch {
      guard !error.isOfMachine else {
        throw .unreadableSource(path: folder.path + "/" + path.text, reason: error.reason)
      }
      return SourceFile(path: path.text, content: .refused(error.reason))
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
    SourceFile.isMarkdown(String(decoding: components.last ?? [], as: UTF8.self))
  }
}

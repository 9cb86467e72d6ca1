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

  /// A file that was found, with what the system said of it then.
  private struct Found {
    var path: SourcePath
    var facts: FileFacts
  }

  /// Calls `body` with each Markdown file, in the order of paths.
  func read(
    at now: Date, _ body: (SourceFile, SourceFile.Reading) throws -> Void
  ) throws -> FileStamp? {
    let root = try openRoot()
    defer { root.close() }
    let listing = try list(root, at: now)
    let files = listing.found
    for (index, found) in files.enumerated() {
      let file = SourceFile(
        path: found.path.text, stamp: found.facts.stamp, day: .seconds(found.facts.modified),
        progress: SyncProgress(completed: index + 1, total: files.count))
      try body(file) { try content(of: found.path, below: root) }
    }
    return listing.areFoldersSettled ? FileStamp(listing.folders) : nil
  }

  func openRoot() throws(SyncError) -> FileHandleNumber {
    let number = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else {
      throw .unreadableSource(path: folder.path, reason: FileAccess.reason(errno))
    }
    return FileHandleNumber(number)
  }

  // MARK: Listing

  /// The Markdown files below the folder, in the order of paths; hidden ones and whatever is no
  /// Markdown are passed over.
  private func list(_ root: FileHandleNumber, at now: Date) throws -> Listing {
    var listing = Listing(now: now)
    try list(SourcePath(), root, into: &listing)
    return listing
  }

  private struct Listing {
    let now: Date
    var found: [Found] = []
    /// A folder changes when a file comes into it or goes.
    var folders: [FileStamp] = []
    var areFoldersSettled = true
    /// Bytes of all files, as far as they would be read.
    var size = 0

    mutating func add(folder: stat?) {
      let stamp = folder.flatMap { FileStamp($0, at: now) }
      if let stamp { folders.append(stamp) } else { areFoldersSettled = false }
    }
  }

  private func list(
    _ folder: SourcePath, _ root: FileHandleNumber, into listing: inout Listing
  ) throws {
    guard let (handle, entries) = try entries(of: folder, below: root) else {
      listing.areFoldersSettled = false
      return
    }
    defer { handle.close() }
    listing.add(folder: handle.status)
    try entries.forEach(in: handle, at: listing.now, where: SourceFile.isMarkdown) { name, file in
      let path = folder.appending(name)
      guard path.bytes.count <= SourceLimit.pathLength else { return }
      if let file {
        listing.size += min(file.size, PostFile.largest)
        listing.found.append(Found(path: path, facts: file))
      } else if path.components.count <= SourceLimit.depth {
        try list(path, root, into: &listing)
      }
      guard listing.found.count <= SourceLimit.files else {
        throw SyncError.tooManyFiles(path: self.folder.path, limit: SourceLimit.files)
      }
      guard listing.size <= SourceLimit.bytes else {
        throw SyncError.tooLarge(path: self.folder.path, limit: SourceLimit.bytes)
      }
    }
  }

  /// A folder and its entries in the order of paths; nil if it is no longer there.
  ///
  /// One that cannot be read ends the sync, which would else take its posts for removed.
  private func entries(
    of path: SourcePath, below root: FileHandleNumber
  ) throws(SyncError) -> (FileHandleNumber, FolderEntries)? {
    do throws(FileHandleNumber.Refused) {
      let handle = try root.openFolder(path.components)
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

  private func content(
    of path: SourcePath, below root: FileHandleNumber
  ) throws(SyncError) -> SourceFile.Content {
    do throws(FileHandleNumber.Refused) {
      let components = path.components
      let folder = try root.openFolder(components.dropLast())
      defer { folder.close() }
      let file = try folder.openFile(components.last ?? [])
      defer { file.close() }
      return .bytes(try file.readAll(limit: PostFile.largest))
    } catch {
      guard !error.isOfMachine else {
        throw .unreadableSource(path: folder.path + "/" + path.text, reason: error.reason)
      }
      return .refused(error.reason)
    }
  }
}

/// A path within a source, as bytes: names on disk need not be UTF-8.
struct SourcePath: Hashable, Sendable {
  private(set) var bytes: [UInt8] = []

  private static let slash = UInt8(ascii: "/")

  func appending(_ name: ArraySlice<UInt8>) -> SourcePath {
    var path = SourcePath()
    path.bytes.reserveCapacity(bytes.count + 1 + name.count)
    path.bytes += bytes
    if !bytes.isEmpty { path.bytes.append(Self.slash) }
    path.bytes += name
    return path
  }

  var components: [[UInt8]] { bytes.split(separator: Self.slash).map(Array.init) }
  var text: String { String(decoding: bytes, as: UTF8.self) }
}

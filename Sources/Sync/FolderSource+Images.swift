import Foundation
import Images
import Posts

/// The images that a folder's posts show, below the same handle as the posts (R32).
extension FolderSource {
  func readImages(
    _ images: [LibraryTransaction.ShownImage], at now: Date,
    _ body: (LibraryTransaction.ShownImage, SourceImage) throws -> Void
  ) throws {
    let root = try openRoot()
    defer { root.close() }
    // They come in the order of paths, so most lie in the folder of the one before.
    var last: (path: Substring, folder: FileHandleNumber?)?
    defer { last?.folder?.close() }
    for image in images {
      let end = image.path.lastIndex(of: "/") ?? image.path.startIndex
      let path = image.path[..<end]
      if last?.path != path {
        last?.folder?.close()
        last = nil
        last = (path, try folder(path, below: root))
      }
      guard let file = try open(image.path, in: last?.folder) else {
        try body(image, .missing)
        continue
      }
      defer { file.close() }
      let stamp = file.status.flatMap { FileStamp($0, at: now) }
      try body(image, SourceImage(stamp: stamp) { try content(of: file, image.path) })
    }
  }

  /// The folder at a path; nil if there is none.
  private func folder(
    _ path: Substring, below root: FileHandleNumber
  ) throws(SyncError) -> FileHandleNumber? {
    do throws(FileHandleNumber.Refused) {
      return try root.openFolder(path.split(separator: "/").map { Array($0.utf8) })
    } catch {
      try pass(error, String(path))
      return nil
    }
  }

  /// The regular file at a path, whose folder is open; nil if there is none.
  private func open(
    _ path: String, in folder: FileHandleNumber?
  ) throws(SyncError) -> FileHandleNumber? {
    guard let folder, let name = path.split(separator: "/").last else { return nil }
    do throws(FileHandleNumber.Refused) {
      return try folder.openFile(Array(name.utf8))
    } catch {
      try pass(error, path)
      return nil
    }
  }

  private func content(
    of file: FileHandleNumber, _ path: String
  ) throws(SyncError) -> PostImage.File {
    let size = file.status?.st_size ?? 0
    guard size <= ImageHeader.Limit.bytes else { return .refused(.tooManyBytes) }
    do throws(FileHandleNumber.Refused) {
      return PostImage.File(try file.readAll(limit: ImageHeader.Limit.bytes))
    } catch {
      try pass(error, path)
      return .refused(.missing)
    }
  }

  /// An image that is not there is no reason to end a sync; a machine that fails is.
  private func pass(_ refused: FileHandleNumber.Refused, _ path: String) throws(SyncError) {
    guard refused.isOfMachine else { return }
    throw .unreadableSource(path: folder.path + "/" + path, reason: refused.reason)
  }
}

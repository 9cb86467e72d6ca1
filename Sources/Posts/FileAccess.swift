package import Foundation

/// Who owns the program's files and who may write to them (R30).
package enum FileAccess {
  /// Makes the folder with mode 0700, its parents with it.
  package static func makeFolder(_ url: URL) throws(PostError) {
    do {
      try FileManager.default.createDirectory(
        at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw .notAllowed(path: url.path, reason: "the folder cannot be made")
    }
    try check(url, isFolder: true)
  }

  /// Refuses what is missing, no regular file, somebody else's, or open to others' writing.
  static func checkFile(_ url: URL) throws(PostError) {
    try check(url, isFolder: false)
  }

  private static func check(_ url: URL, isFolder: Bool) throws(PostError) {
    var status = stat()
    guard stat(url.path, &status) == 0 else {
      throw errno == ENOENT
        ? .libraryMissing(path: url.path) : .notAllowed(path: url.path, reason: reason(errno))
    }
    guard status.st_mode & S_IFMT == (isFolder ? S_IFDIR : S_IFREG) else {
      throw .notAllowed(path: url.path, reason: isFolder ? "no folder" : "no regular file")
    }
    guard status.st_uid == geteuid() || status.st_uid == 0 else {
      throw .notAllowed(path: url.path, reason: "it belongs to \(owner(of: url))")
    }
    guard status.st_mode & 0o022 == 0 else {
      throw .notAllowed(path: url.path, reason: "others may write to it")
    }
  }

  /// Bytes in the file; 0 if there is none.
  static func size(_ url: URL) -> Int {
    var status = stat()
    return stat(url.path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Bytes that an unprivileged writer may still add beside this file.
  static func freeSpace(besides url: URL) -> Int? {
    var status = statvfs()
    guard statvfs(url.deletingLastPathComponent().path, &status) == 0 else { return nil }
    return Int(status.f_bavail) * Int(status.f_frsize)
  }

  /// The owner's name, or number if nobody has it.
  static func owner(of url: URL) -> String {
    var status = stat()
    guard stat(url.path, &status) == 0 else { return "unknown" }
    guard let entry = getpwuid(status.st_uid) else { return "user \(status.st_uid)" }
    return String(cString: entry.pointee.pw_name)
  }

  /// The system's words for an error number.
  package static func reason(_ number: CInt) -> String { String(cString: strerror(number)) }
}

/// What tells a file from another that takes its name later.
struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let number: UInt64

  /// Nil if there is no such file.
  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt64(status.st_dev)
    number = UInt64(status.st_ino)
  }
}

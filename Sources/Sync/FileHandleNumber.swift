import Foundation
import Posts

/// An open file or folder, by the number the system gave it.
struct FileHandleNumber {
  private let number: CInt

  init(_ number: CInt) { self.number = number }

  /// Why a file is not read.
  struct Refused: Error {
    var reason: String
    /// The system's error number, where it had one.
    var code: CInt = 0

    /// The entry went away or became something else while the folder was read.
    var isOfChange: Bool { [ENOENT, ELOOP, ENOTDIR].contains(code) }
    /// Nothing is known of the file: a sync that went on would take its post for removed.
    var isOfMachine: Bool { [EIO, EMFILE, ENFILE, ENOMEM].contains(code) }
  }

  func close() { Foundation.close(number) }

  /// Opens a folder below this one, component by component; a link anywhere is refused.
  func openFolder(_ components: [[UInt8]]) throws(Refused) -> FileHandleNumber {
    var current = try open([UInt8(ascii: ".")], O_DIRECTORY)
    for component in components {
      let parent = current
      defer { parent.close() }
      current = try parent.open(component, O_DIRECTORY)
    }
    return current
  }

  /// Opens a regular file in this folder; a pipe or device is refused, and not waited for.
  func openFile(_ name: [UInt8]) throws(Refused) -> FileHandleNumber {
    let file = try open(name, O_NONBLOCK)
    var status = stat()
    guard fstat(file.number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      file.close()
      throw Refused(reason: "it is no regular file")
    }
    return file
  }

  private func open(_ name: [UInt8], _ flags: CInt) throws(Refused) -> FileHandleNumber {
    let opened = (name + [0]).withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { name in
        name.baseAddress.map { openat(number, $0, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | flags) } ?? -1
      }
    }
    guard opened >= 0 else {
      let code = errno
      let reason = code == ELOOP ? "it is a symbolic link" : FileAccess.reason(code)
      throw Refused(reason: reason, code: code)
    }
    return FileHandleNumber(opened)
  }

  /// What the system says of this file.
  var status: stat? {
    var status = stat()
    return fstat(number, &status) == 0 ? status : nil
  }

  /// Reads to the end or to the limit, whatever size the file is said to have.
  func readAll(limit: Int) throws(Refused) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Foundation.read(number, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Refused(reason: FileAccess.reason(errno), code: errno) }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= limit else {
        throw Refused(reason: "it is larger than \(limit >> 10) KiB; split it")
      }
    }
  }

  /// The names in this folder, in the order of paths.
  func entries() throws(Refused) -> FolderEntries {
    let copy = dup(number)
    guard copy >= 0, let folder = fdopendir(copy) else {
      throw Refused(reason: FileAccess.reason(errno), code: errno)
    }
    defer { closedir(folder) }
    var entries = FolderEntries()
    errno = 0
    while let entry = readdir(folder) {
      withUnsafePointer(to: &entry.pointee.d_name) { name in
        name.withMemoryRebound(to: CChar.self, capacity: 256) { name in
          entries.append(name, isFolder: isFolder(name, CInt(entry.pointee.d_type)))
        }
      }
      errno = 0
    }
    guard errno == 0 else { throw Refused(reason: FileAccess.reason(errno), code: errno) }
    entries.sort()
    return entries
  }

  /// Some file systems do not say what an entry is.
  private func isFolder(_ name: UnsafePointer<CChar>, _ kind: CInt) -> Bool {
    guard kind == CInt(DT_UNKNOWN) else { return kind == CInt(DT_DIR) }
    return status(of: name).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
  }

  /// What the system says of an entry of this folder, of a link itself; nil if it is gone.
  func status(of name: UnsafePointer<CChar>) -> stat? {
    var status = stat()
    return fstatat(number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? status : nil
  }
}

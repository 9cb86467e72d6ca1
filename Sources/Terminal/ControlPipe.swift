import Glibc
import Synchronization
import SystemPackage

/// The pipe whose end tells a child to stop.
final class ControlPipe: Sendable {
  /// For the child.
  let readEnd: FileDescriptor
  private let writeEnd: Mutex<FileDescriptor?>

  /// Nil if the system has no pipe left.
  init?() {
    guard let ends = try? FileDescriptor.pipe() else { return nil }
    // Close-on-exec: a second child that held the write end would keep the first one alive.
    for end in [ends.readEnd, ends.writeEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
    readEnd = ends.readEnd
    writeEnd = Mutex(ends.writeEnd)
  }

  /// Ends the child's input; from the second time on it does nothing.
  func close() {
    let descriptor = writeEnd.withLock { descriptor in
      defer { descriptor = nil }
      return descriptor
    }
    try? descriptor?.close()
  }
}

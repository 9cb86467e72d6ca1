package import Foundation
import Synchronization

/// The right to write to a library: a lock on a file beside it, held by one process at a time.
///
/// The kernel releases it with the process, however that ends; the file stays, and its text names
/// the last holder.
package final class SyncLock: Sendable {
  private let descriptor: Mutex<CInt?>

  private init(descriptor: CInt) { self.descriptor = Mutex(descriptor) }

  deinit { release() }

  /// Takes the lock, or says who has had it for longer than `waiting` seconds.
  package static func take(
    besides library: URL, waiting: TimeInterval = 0
  ) throws(PostError) -> SyncLock {
    let path = library.path + ".lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw .notAllowed(path: path, reason: FileAccess.reason(errno))
    }
    let end = ContinuousClock.now.advanced(by: .seconds(waiting))
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        let reason = FileAccess.reason(errno)
        close(descriptor)
        throw .notAllowed(path: path, reason: reason)
      }
      guard ContinuousClock.now < end else {
        defer { close(descriptor) }
        throw holder(descriptor)
      }
      usleep(20_000)
    }
    write(ProcessInfo.processInfo.processIdentifier, to: descriptor)
    return SyncLock(descriptor: descriptor)
  }

  /// Gives the lock back; doing so twice is harmless.
  ///
  /// It is undone by name, since a child between fork and exec still has the descriptor open and
  /// would keep the lock for that moment.
  package func release() {
    descriptor.withLock { descriptor in
      guard let open = descriptor else { return }
      flock(open, LOCK_UN)
      close(open)
      descriptor = nil
    }
  }

  private static func write(_ process: Int32, to descriptor: CInt) {
    let text = "\(process) \(Date.now.formatted(.iso8601))\n"
    ftruncate(descriptor, 0)
    _ = text.withCString { pwrite(descriptor, $0, strlen($0), 0) }
  }

  private static func holder(_ descriptor: CInt) -> PostError {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = max(0, pread(descriptor, &bytes, bytes.count, 0))
    let words = String(decoding: bytes.prefix(count), as: UTF8.self).split(
      whereSeparator: \.isWhitespace)
    let process = words.first.map(String.init) ?? "unknown"
    return .syncRunning(process: process, since: words.dropFirst().first.map(String.init) ?? "now")
  }
}

import Glibc
import Synchronization

/// Where background work leaves events for the loop.
///
/// `post` may be called from any thread. The first event after a `drain` writes one byte to a
/// pipe, which wakes the loop from `poll(2)`; so a burst of events costs one wake-up and nothing
/// is asked at intervals.
package final class Inbox: Sendable {
  /// Becomes readable when there are events.
  package let descriptor: Int32
  private let writeEnd: Int32
  private let events = Mutex<[Event]>([])

  /// Nil if the system has no pipe left.
  package init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    descriptor = ends[0]
    writeEnd = ends[1]
  }

  deinit {
    close(descriptor)
    close(writeEnd)
  }

  /// Queues an event and wakes the loop.
  package func post(_ event: Event) {
    let wasEmpty = events.withLock { queue in
      queue.append(event)
      return queue.count == 1
    }
    guard wasEmpty else { return }
    // A full pipe already wakes the loop, so a refused byte is no loss.
    _ = withUnsafeBytes(of: UInt8(1)) { write(writeEnd, $0.baseAddress, 1) }
  }

  /// Takes all queued events, oldest first.
  package func drain() -> [Event] {
    var bytes: [UInt8] = Array(repeating: 0, count: 64)
    while read(descriptor, &bytes, bytes.count) > 0 {}
    return events.withLock { queue in
      defer { queue = [] }
      return queue
    }
  }
}

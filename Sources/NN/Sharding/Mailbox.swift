import Dispatch
import Synchronization

/// Room for one message from one thread to one other.
///
/// Who waits looks again and again for 20 µs, since most answers come at once, and then parks: the
/// processor may be needed elsewhere, perhaps by the very thread that is waited for.
final class Mailbox<Message: Sendable>: Sendable {
  private let content = Mutex<Message?>(nil)
  private let isFull = Atomic(false)
  private let bell = DispatchSemaphore(value: 0)

  /// Puts a message into the empty box.
  func put(_ message: consuming Message) {
    var letter: Message? = message
    content.withLock { swap(&$0, &letter) }
    isFull.store(true, ordering: .releasing)
    bell.signal()
  }

  /// Wakes who waits, because a message is about to come.
  ///
  /// A parked thread takes some ten microseconds to come back, in which the message is made ready.
  func announce() {
    bell.signal()
  }

  /// Waits for a message and takes it out.
  func take() -> Message {
    while true {
      let patience = ContinuousClock.now + .microseconds(20)
      while !isFull.load(ordering: .acquiring), ContinuousClock.now < patience {}
      bell.wait()
      isFull.store(false, ordering: .relaxed)
      if let message = content.withLock({ $0.take() }) { return message }
    }
  }
}

import Dispatch
import Synchronization

/// Room for one message from one thread to one other.
///
/// Who waits looks again and again for 20 µs, since most answers come at once, and then parks: the
/// processor may be needed elsewhere, perhaps by the very thread that is waited for. The bell rings
/// for a parked thread alone, so no ring is left over to keep a later wait from parking.
final class Mailbox<Message: Sendable>: Sendable {
  private let content = Mutex<Message?>(nil)
  private let isFull = Atomic(false)
  /// Whether the receiver waits for the bell; whoever makes it false must ring, or is the receiver.
  private let isParked = Atomic(false)
  private let bell = DispatchSemaphore(value: 0)

  /// Puts a message into the empty box.
  func put(_ message: consuming Message) {
    var letter: Message? = message
    content.withLock { swap(&$0, &letter) }
    isFull.store(true, ordering: .sequentiallyConsistent)
    announce()
  }

  /// Wakes a parked receiver: a message is there, or will be once it has come back.
  ///
  /// Coming back takes tens of microseconds, in which the message can be made ready.
  func announce() {
    if isParked.exchange(false, ordering: .sequentiallyConsistent) { bell.signal() }
  }

  /// Takes a message back that the receiver has not taken out.
  func withdraw() -> Message? {
    isFull.exchange(false, ordering: .sequentiallyConsistent) ? content.withLock { $0.take() } : nil
  }

  /// Waits for a message and takes it out.
  func take() -> Message {
    while true {
      let patience = ContinuousClock.now + .microseconds(20)
      while !isFull.load(ordering: .acquiring), ContinuousClock.now < patience {}
      if isFull.exchange(false, ordering: .sequentiallyConsistent),
        let message = content.withLock({ $0.take() })
      {
        return message
      }
      park()
    }
  }

  /// Sleeps until the bell rings, unless a message came before anybody knew that it must.
  private func park() {
    isParked.store(true, ordering: .sequentiallyConsistent)
    let isTooLate = isFull.load(ordering: .sequentiallyConsistent)
    if isTooLate, isParked.exchange(false, ordering: .sequentiallyConsistent) { return }
    bell.wait()
  }
}

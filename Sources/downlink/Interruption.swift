import Dispatch
import Glibc
import Synchronization

/// Runs work until it is done or somebody asks for a stop: the user by a signal, or the reader by
/// closing standard input.
///
/// The signals are blocked before anything else runs, and the main thread sleeps until one is
/// there; so none is lost, not even one that comes before the work has begun.
struct Interruption {
  /// Wishes to stop.
  var signals = [SIGINT, SIGTERM, SIGHUP]
  /// Whether the end of standard input is one too.
  var heedsInput = false
  /// What cancelled work gets to come to an end by itself; a second wish ends it.
  var grace: Duration

  /// Tells the main thread that the work is done.
  private static let done = SIGUSR1

  /// - Returns: what the work returned, or nil if it outlived its grace.
  func run<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Value? {
    var set = sigset_t()
    var old = sigset_t()
    sigemptyset(&set)
    for signal in signals + [Interruption.done] { sigaddset(&set, signal) }
    pthread_sigmask(SIG_BLOCK, &set, &old)
    // Work that outlived its grace may still send this one.
    sigaddset(&old, Interruption.done)
    defer { pthread_sigmask(SIG_SETMASK, &old, nil) }

    let result = Handover<Value>()
    let main = pthread_self()
    let task = Task.detached {
      result.store(await work())
      pthread_kill(main, Interruption.done)
    }
    let input = heedsInput ? endOfInput() : nil
    return withExtendedLifetime(input) {
      var signal: CInt = 0
      sigwait(&set, &signal)
      guard signal != Interruption.done else { return result.value }
      task.cancel()
      var time = timespec(grace)
      _ = sigtimedwait(&set, nil, &time)
      return result.value
    }
  }

  /// Turns the end of standard input into a signal.
  private func endOfInput() -> any DispatchSourceProtocol {
    let source = DispatchSource.makeReadSource(
      fileDescriptor: STDIN_FILENO, queue: DispatchQueue(label: "input"))
    source.setEventHandler {
      var byte: UInt8 = 0
      guard read(STDIN_FILENO, &byte, 1) <= 0 else { return }
      source.cancel()
      kill(getpid(), SIGTERM)
    }
    source.activate()
    return source
  }

  /// One value on its way from a task to the main thread.
  private final class Handover<Value: Sendable>: Sendable {
    private let stored = Mutex<Value?>(nil)

    var value: Value? { stored.withLock(\.self) }

    func store(_ value: Value) {
      stored.withLock { $0 = value }
    }
  }
}

extension timespec {
  fileprivate init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self.init(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
  }
}

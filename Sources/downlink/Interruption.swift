import Dispatch
import Glibc
import Synchronization

/// Asks for a stop on behalf of the user, who sends a signal, or of the reader, which closes
/// standard input.
final class Interruption {
  private let sources: [any DispatchSourceProtocol]

  /// - Parameters:
  ///   - signals: those that are a wish to stop.
  ///   - standardInput: whether its end is one too.
  ///   - stop: called for every wish.
  init(
    signals: [CInt], standardInput: Bool, stop: @escaping @Sendable () -> Void
  ) {
    let queue = DispatchQueue(label: "interruption")
    var sources: [any DispatchSourceProtocol] = signals.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler(handler: stop)
      return source
    }
    if standardInput { sources.append(Interruption.endOfInput(queue, stop)) }
    self.sources = sources
    for source in sources { source.activate() }
  }

  private static func endOfInput(
    _ queue: DispatchQueue, _ stop: @escaping @Sendable () -> Void
  ) -> any DispatchSourceProtocol {
    let source = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: queue)
    source.setEventHandler {
      var byte: UInt8 = 0
      guard read(STDIN_FILENO, &byte, 1) <= 0 else { return }
      stop()
    }
    return source
  }

  /// Runs `work` to its end, or until somebody asks for a stop.
  ///
  /// Then the work is cancelled, and gets `grace` to come to an end by itself. A second wish ends
  /// the grace.
  ///
  /// - Returns: what the work returned, or nil if it outlived its grace.
  static func run<Value: Sendable>(
    signals: [CInt] = [SIGINT, SIGTERM, SIGHUP], standardInput: Bool = false,
    grace: DispatchTimeInterval,
    _ work: @escaping @Sendable () async -> Value
  ) -> Value? {
    let handover = Handover<Value>()
    let task = Task.detached { handover.finish(with: await work()) }
    let interruption = Interruption(signals: signals, standardInput: standardInput) {
      task.cancel()
      handover.wake()
    }
    return withExtendedLifetime(interruption) { handover.wait(grace: grace) }
  }

  /// Carries one value from a task to the main thread, which sleeps until there is news.
  private final class Handover<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)
    private let news = DispatchSemaphore(value: 0)

    func finish(with result: Value) {
      value.withLock { $0 = result }
      wake()
    }

    func wake() {
      news.signal()
    }

    func wait(grace: DispatchTimeInterval) -> Value? {
      news.wait()
      if let result = value.withLock(\.self) { return result }
      _ = news.wait(timeout: .now() + grace)
      return value.withLock(\.self)
    }
  }
}

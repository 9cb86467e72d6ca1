package import DemoKit
import Glibc
import Subprocess
import Synchronization

/// What a child says, made into messages: lines are bounded, nothing follows the end, and there is
/// an end whatever happens (R44).
package final class DemoConversation: Sendable {
  /// What is kept of the child's complaints.
  private static let longestComplaint = 4096

  /// The most bytes that a run may say.
  private let volume: Int
  private let deliver: @Sendable (DemoMessage) -> Void
  private let state = Mutex(State())

  private struct State {
    var line: [UInt8] = []
    var total = 0
    var complaint: [UInt8] = []
    var hasEnded = false
  }

  package init(volume: Int, deliver: @escaping @Sendable (DemoMessage) -> Void) {
    self.volume = volume
    self.deliver = deliver
  }

  /// Takes in what came out of the event pipe.
  ///
  /// - Throws: if a line is too long or no message, or the whole is too long; the run is not to be
  ///   listened to any longer then.
  package func hear(_ bytes: [UInt8]) throws(DemoKitError) {
    // Messages are delivered under the lock, or two threads could deliver them out of order.
    try state.withLock { state throws(DemoKitError) in
      state.total += bytes.count
      guard state.total <= volume else {
        throw .malformed("more than \(volume) bytes in one run")
      }
      var rest = bytes[...]
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        state.line += rest[..<end]
        rest = rest[(end + 1)...]
        let line = state.line
        state.line.removeAll(keepingCapacity: true)
        say(try DemoMessage(wireLine: line), &state)
      }
      state.line += rest
      guard state.line.count <= DemoMessage.longestLine else {
        throw .malformed("a line of more than 64 KiB")
      }
    }
  }

  /// Keeps the last bytes of what came out of standard error.
  package func note(_ bytes: [UInt8]) {
    state.withLock { state in
      state.complaint = (state.complaint + bytes).suffix(DemoConversation.longestComplaint)
    }
  }

  /// Ends the run for a reason of the reader's own, unless it has ended.
  package func end(reason: String) {
    state.withLock { say(.failed(reason: reason), &$0) }
  }

  /// Ends the run with the way its process ended, unless it has said its end itself.
  func end(after status: TerminationStatus) {
    state.withLock { state in
      let complaint =
        String(decoding: state.complaint, as: UTF8.self)
        .split(whereSeparator: \.isNewline).last.map { " It said: \($0)" } ?? ""
      say(.failed(reason: status.reason + complaint), &state)
    }
  }

  private func say(_ message: DemoMessage, _ state: inout State) {
    guard !state.hasEnded else { return }
    switch message {
    case .finished, .failed: state.hasEnded = true
    case .started, .event: break
    }
    deliver(message)
  }
}

extension TerminationStatus {
  /// Why a run that did not say its end has ended.
  fileprivate var reason: String {
    switch self {
    case .exited(let code): "The demo ended without a result (status \(code))."
    case .signaled(SIGXCPU): "The demo was ended: it used up its processor time."
    case .signaled(let number): "The demo crashed: \(String(cString: strsignal(number)))."
    }
  }
}

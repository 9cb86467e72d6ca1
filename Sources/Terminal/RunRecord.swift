import DemoKit
import Foundation
import Posts
import Synchronization

/// The lines of a run as it goes on, to be kept when it ends.
///
/// At most 8 MiB: after that only claims and the end are added (R44).
final class RunRecord: Sendable {
  private let demo: DemoID
  private let state = Mutex(State())

  private struct State {
    var settings: [String: String] = [:]
    var lines: [String] = []
    var bytes = 0
  }

  private static let limit = 8 * 1024 * 1024

  init(request: DemoRequest) {
    demo = request.id
  }

  /// Adds a message.
  ///
  /// - Returns: the whole run, when this was its end.
  func add(_ message: DemoMessage) -> DemoRun? {
    state.withLock { state in
      let line = message.wireLine
      if state.bytes + line.utf8.count <= RunRecord.limit || message.isEssential {
        state.lines.append(line)
        state.bytes += line.utf8.count
      }
      switch message {
      case .started(_, let settings):
        for setting in settings { state.settings[setting.name] = "\(setting.value)" }
      case .finished, .failed:
        return DemoRun(
          demo: demo.string, date: Date.now.ISO8601Format(), settings: state.settings,
          lines: state.lines)
      case .event: break
      }
      return nil
    }
  }
}

extension DemoMessage {
  /// Whether a run without this message would be read wrongly.
  fileprivate var isEssential: Bool {
    switch self {
    case .event(.claim), .finished, .failed: true
    case .started, .event: false
    }
  }
}

/// Counts up; read from any thread.
final class Counter: Sendable {
  private let value = Mutex(0)

  var last: Int { value.withLock { $0 } }

  func next() -> Int {
    value.withLock { value in
      value += 1
      return value
    }
  }
}

package import DemoKit

/// Runs demos in processes of their own, so that a crash or a hang of one is not the reader's.
///
/// The child is the reader's own executable, `downlink run <id> --events`, in its own session: it
/// has no terminal. Standard input is its control pipe; the end of it, be it by a wish to stop or
/// by the reader's death, means stop (R41, R43).
package struct DemoProcess: Sendable {
  private let executable: String
  private let environment: [String: String]
  private let limits: Limits?

  /// What a run may take.
  package struct Limits: Sendable {
    /// How long the run may last.
    package var time: Duration
    /// How much it may say, in bytes.
    package var volume = 64 * 1024 * 1024
    /// How long a child may take to answer a stop before nobody waits for its answer.
    package var patience = Duration.milliseconds(80)
    /// Between the three ways of asking to stop: control pipe, `SIGTERM`, `SIGKILL`.
    package var grace = Duration.milliseconds(500)

    package init(time: Duration) {
      self.time = time
    }

    /// Three minutes; thirty for thorough runs.
    package static func standard(for preset: DemoPreset) -> Limits {
      Limits(time: .seconds(preset == .thorough ? 1800 : 180))
    }
  }

  /// - Parameters:
  ///   - executable: the program to start. The default is this program as the system knows it,
  ///     even if its file has been replaced since.
  ///   - environment: of which the child gets what demos need.
  ///   - limits: nil for those of the preset.
  package init(
    executable: String = "/proc/self/exe", environment: [String: String], limits: Limits? = nil
  ) {
    self.executable = executable
    self.environment = environment
    self.limits = limits
  }

  /// Starts a run and returns at once.
  ///
  /// - Parameters:
  ///   - request: what to run.
  ///   - deliver: gets the messages from any thread, in order; the last one is `finished` or
  ///     `failed`, whatever becomes of the child.
  /// - Returns: what stops the run; it may be called at any time and more than once.
  package func start(
    _ request: DemoRequest, deliver: @escaping @Sendable (DemoMessage) -> Void
  ) -> @Sendable () -> Void {
    let limits = limits ?? .standard(for: request.preset)
    let conversation = DemoConversation(volume: limits.volume, deliver: deliver)
    guard let control = ControlPipe() else {
      conversation.end(reason: "The demo could not be started: the system has no pipe left.")
      return {}
    }
    let (stops, stopping) = AsyncStream.makeStream(of: String.self)
    let child = DemoChild(
      conversation: conversation, control: control, stops: stops, stopping: stopping,
      limits: limits)
    let command = DemoChild.Command(
      executable: executable, request: request, environment: childEnvironment)
    Task.detached { await child.run(command) }
    return { child.stop() }
  }

  /// An allow-list: a demo must find its files, and may be told how many threads to use.
  private var childEnvironment: [String: String] {
    var kept = environment.filter { name, _ in
      ["PATH", "HOME", "LANG", "LC_ALL"].contains(name) || name.hasPrefix("DOWNLINK_")
    }
    // A demo that traps shall end at once, and not after half a minute of backtrace (R16).
    kept["SWIFT_BACKTRACE"] = "enable=no"
    return kept
  }
}

import DemoKit
import Subprocess
import SystemPackage

/// One run in a process of its own, from its start to its end.
struct DemoChild: Sendable {
  let conversation: DemoConversation
  let control: ControlPipe
  /// Reasons to stop, of which the first counts.
  let stops: AsyncStream<String>
  let stopping: AsyncStream<String>.Continuation
  let limits: DemoProcess.Limits

  /// What to start.
  struct Command: Sendable {
    var executable: String
    var request: DemoRequest
    var environment: [String: String]
  }

  func stop() {
    control.close()
    stopping.yield("The run was stopped.")
  }

  func run(_ command: Command) async {
    do {
      let result = try await Subprocess.run(
        configuration(command),
        input: .fileDescriptor(control.readEnd, closeAfterSpawningProcess: true),
        output: .sequence, error: .sequence
      ) { execution in
        await withTaskGroup(of: Void.self) { group in
          group.addTask { await supervise(execution) }
          group.addTask { await limitTime() }
          group.addTask { await note(execution.standardError) }
          await listen(to: execution.standardOutput)
          group.cancelAll()
        }
      }
      conversation.end(after: result.terminationStatus)
    } catch {
      conversation.end(reason: "The demo could not be started: \(error).")
    }
    control.close()
  }

  private func configuration(_ command: Command) -> Configuration {
    let request = command.request
    var arguments = ["run", request.id.string, "--events", "--preset", request.preset.rawValue]
    for setting in request.settings { arguments += ["--set", "\(setting.name)=\(setting.value)"] }
    let environment = command.environment.map { name, value in Array("\(name)=\(value)\0".utf8) }
    var options = PlatformOptions()
    options.createSession = true
    return Configuration(
      executable: .path(FilePath(command.executable)),
      arguments: Arguments(executablePathOverride: "downlink", remainingValues: arguments),
      environment: .custom(environment), workingDirectory: "/", platformOptions: options)
  }

  /// Hears the child out, to the end even if it has gone wrong: only an end lets go of the child.
  private func listen(to output: SubprocessOutputSequence) async {
    var isUnderstood = true
    do {
      for try await buffer in output where isUnderstood {
        do {
          try conversation.hear(buffer.withUnsafeBytes { Array($0) })
        } catch {
          isUnderstood = false
          conversation.end(reason: "\(error)")
          stop()
        }
      }
    } catch {
      conversation.end(reason: "The demo could not be listened to: \(error).")
    }
  }

  private func note(_ errors: SubprocessOutputSequence) async {
    do {
      for try await buffer in errors { conversation.note(buffer.withUnsafeBytes { Array($0) }) }
    } catch {
      // What cannot be read of the complaints is missing from the reason, and from nothing else.
    }
  }

  private func limitTime() async {
    guard await sleep(limits.time) else { return }
    stopping.yield("The run was stopped after \(limits.time.components.seconds) seconds.")
  }

  /// Waits for the first reason to stop, then asks three times, each time more firmly.
  private func supervise<Input, Output, Complaints>(
    _ execution: Execution<Input, Output, Complaints>
  ) async {
    guard let reason = await stops.first(where: { _ in true }) else { return }
    control.close()
    guard await sleep(limits.patience) else { return }
    conversation.end(reason: reason)
    guard await sleep(limits.grace - limits.patience) else { return }
    let firmly = TeardownStep.send(
      signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: limits.grace)
    await execution.teardown(using: [firmly])
    // The child may be gone while processes that it started are not.
    try? execution.send(signal: .kill, toProcessGroup: true)
  }

  /// False if the child ended first, which cancels what is left to do about it.
  private func sleep(_ duration: Duration) async -> Bool {
    do {
      try await Task.sleep(for: duration)
      return true
    } catch {
      return false
    }
  }
}

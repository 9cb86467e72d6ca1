import DemoKit
import Foundation
import Synchronization
import Terminal
import Testing

/// A shell script stands for the program, so that it can misbehave in every way.
struct DemoProcessTests {
  private static let claim =
    #"{"type":"claim","statement":"s","expected":"e","measured":"m","holds":true}"#
  private static let finished = #"{"type":"finished","seconds":1.0}"#

  /// Runs a script as a demo and returns what the reader gets to know, and how long it took from
  /// the call of stop, if `stopAfter` messages bring one about.
  private func run(
    _ script: String, settings: [DemoRequest.Setting] = [], stopAfter: Int? = nil,
    limits: DemoProcess.Limits = .init(time: .seconds(20)), environment: [String: String] = [:]
  ) async throws -> (messages: [DemoMessage], sinceStop: Duration) {
    let path = FileManager.default.temporaryDirectory.appending(path: "demo-\(UUID()).sh").path
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let (messages, continuation) = AsyncStream.makeStream(of: DemoMessage.self)
    let process = DemoProcess(executable: path, environment: environment, limits: limits)
    let stop = process.start(DemoRequest(id: DemoID("stub"), settings: settings)) { message in
      continuation.yield(message)
      switch message {
      case .finished, .failed: continuation.finish()
      case .started, .event: break
      }
    }
    var heard: [DemoMessage] = []
    var stopped = ContinuousClock.now
    for await message in messages {
      heard.append(message)
      guard heard.count == stopAfter else { continue }
      stopped = .now
      stop()
      stop()
    }
    return (heard, ContinuousClock.now - stopped)
  }

  private func failure(_ messages: [DemoMessage]) -> String? {
    if case .failed(let reason) = messages.last { reason } else { nil }
  }

  @Test func `messages arrive in order up to the end`() async throws {
    let run = try await run("echo '\(Self.claim)'; echo '\(Self.finished)'; echo late")
    let claim = Claim("s", expected: "e", measured: "m", holds: true)
    #expect(run.messages == [.event(.claim(claim)), .finished(seconds: 1)])
  }

  @Test func `the child is told the demo, the preset and the settings`() async throws {
    let run = try await run(
      #"printf '{"type":"text","text":"%s"}\n' "$*"; exit 3"#,
      settings: [.init(name: "steps", value: .integer(5)), .init(name: "eta", value: .real(0))])
    #expect(
      run.messages.first
        == .event(.text("run stub --events --preset default --set steps=5 --set eta=0.0")))
  }

  @Test func `the child has a session of its own, no terminal and few variables`() async throws {
    let run = try await run(
      #"""
      set -- $(cat /proc/self/stat); printf '{"type":"text","text":"%s %s"}\n' \
        "$([ $6 = $$ ] && echo leads)" "$7"
      printf '{"type":"text","text":"%s"}\n' "$(env | cut -d= -f1 | sort | tr '\n' ' ')"
      """#, environment: ["DOWNLINK_HOME": "/x", "SECRET": "y"])
    #expect(run.messages.first == .event(.text("leads 0")))
    #expect(run.messages.dropFirst().first == .event(.text("DOWNLINK_HOME PWD SWIFT_BACKTRACE ")))
  }

  @Test func `an end without a word is a failure with its status`() async throws {
    let run = try await run("echo '\(Self.claim)'; echo 'no luck' >&2; exit 3")
    #expect(
      failure(run.messages) == "The demo ended without a result (status 3). It said: no luck")
  }

  @Test(arguments: [("SEGV", "Segmentation fault"), ("KILL", "Killed")])
  func `a crash is shown with its signal`(signal: String, name: String) async throws {
    let run = try await run("ulimit -c 0; kill -\(signal) $$")
    #expect(failure(run.messages) == "The demo crashed: \(name).")
  }

  @Test func `a program that is not there is a failure`() async throws {
    let reasons = Mutex<[DemoMessage]>([])
    let process = DemoProcess(executable: "/nowhere/downlink", environment: [:])
    await withCheckedContinuation { continuation in
      _ = process.start(DemoRequest(id: DemoID("x"))) { message in
        reasons.withLock { $0.append(message) }
        continuation.resume()
      }
    }
    #expect(reasons.withLock { failure($0) }?.hasPrefix("The demo could not be started") == true)
  }

  @Test func `a child that heeds the end of its input stops before it is signalled`() async throws {
    let end = "/tmp/downlink-\(UUID())"
    defer { try? FileManager.default.removeItem(atPath: end) }
    let run = try await run(
      #"""
      trap 'echo signalled > \#(end); exit' TERM
      echo '{"type":"text","text":"up"}'
      read line
      echo heeded > \#(end)
      echo '{"type":"failed","reason":"The run was stopped."}'
      """#, stopAfter: 1)
    #expect(failure(run.messages) == "The run was stopped.")
    let deadline = ContinuousClock.now + .seconds(5)
    while !FileManager.default.fileExists(atPath: end), ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(10))
    }
    try await Task.sleep(for: .milliseconds(20))
    #expect(try String(contentsOfFile: end, encoding: .utf8) == "heeded\n")
  }

  @Test func `a child that heeds nothing is given up soon and killed with its own`() async throws {
    let pids = "/tmp/downlink-\(UUID())"
    defer { try? FileManager.default.removeItem(atPath: pids) }
    let run = try await run(
      #"""
      trap '' TERM HUP; sleep 60 & echo $! $$ > \#(pids)
      echo '{"type":"text","text":"up"}'
      while :; do sleep 60; done
      """#, stopAfter: 1)
    #expect(failure(run.messages) == "The run was stopped.")
    #expect(run.sinceStop < .milliseconds(900), "\(run.sinceStop)")
    let children = try String(contentsOfFile: pids, encoding: .utf8).split { " \n".contains($0) }
    let deadline = ContinuousClock.now + .seconds(5)
    while children.contains(where: isAlive), ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(!children.contains(where: isAlive))
  }

  private func isAlive(_ pid: Substring) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else {
      return false
    }
    return !status.contains(") Z ")
  }

  @Test func `a run that takes too long is stopped`() async throws {
    let run = try await run("sleep 60", limits: .init(time: .seconds(1)))
    #expect(failure(run.messages) == "The run was stopped after 1 seconds.")
  }

  @Test func `a line that is no message ends the run`() async throws {
    let run = try await run("echo hello; echo '\(Self.finished)'; sleep 60")
    #expect(failure(run.messages)?.hasPrefix("The run sent a line that cannot be") == true)
  }

  @Test func `a line without an end ends the run`() async throws {
    let run = try await run("head -c 100000000 /dev/zero | tr '\\0' x; sleep 60")
    #expect(failure(run.messages)?.contains("a line of more than 64 KiB") == true)
  }

  @Test func `a run that says too much is ended`() async throws {
    var limits = DemoProcess.Limits(time: .seconds(20))
    limits.volume = 1_000_000
    let run = try await run(
      #"""
      line='{"type":"text","text":"0123456789012345678901234567890123456789"}'
      for i in 1 2 3 4 5 6 7 8 9 10; do line="$line
      $line"; done
      while :; do echo "$line"; done
      """#, limits: limits)
    #expect(failure(run.messages)?.contains("more than 1000000 bytes") == true)
  }
}

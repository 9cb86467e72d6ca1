import Demos
import DemoKit
import Foundation
import Testing

/// `downlink run` as programs and readers use it.
struct DemoCommandTests {
  private static let ids = Catalogue.demos.map { $0.id.string }

  @Test(arguments: ids)
  func `equal seeds give equal lines, and every claim holds`(id: String) throws {
    try Program.withHome { program in
      let runs = try (0..<2).map { _ in
        try program.run(["run", id, "--preset", "quick", "--json", "--seed", "1"])
      }
      #expect(runs[0].output == runs[1].output)
      #expect(runs.map(\.status) == [0, 0], "\(runs[0].complaints)")
      #expect(runs[0].output.contains(#""type":"claim""#))
      #expect(runs[0].output.hasSuffix("{\"type\":\"finished\"}\n"))
    }
  }

  @Test func `the tutorial's numbers are among the claims of autograd`() throws {
    try Program.withHome { program in
      let output = try program.run(["run", "autograd"]).output
      #expect(output.contains("27") && output.contains("4.5"))
    }
  }

  @Test(arguments: [
    (["run", "nothing"], "There is no demo “nothing” in this version; there are: ", 1),
    (
      ["run", "autograd", "--set", "x=red"], "autograd cannot be “red”; it takes a number from", 64
    ),
    (["run", "autograd", "--seed=-1"], "it takes a whole number from 0 to", 64),
    (["run", "autograd", "--set", "hue=1"], "has no parameter “hue”; it has: x, ", 64),
    (["run", "autograd", "--set", "seed"], "The value 'seed' is invalid", 64),
    (["demos", "nothing"], "There is no demo “nothing”", 1),
  ])
  func `a wish that cannot be met is refused in a sentence`(
    arguments: [String], sentence: String, status: Int32
  ) throws {
    try Program.withHome { program in
      let outcome = try program.run(arguments)
      #expect(outcome.status == status)
      #expect(outcome.complaints.contains(sentence), "\(outcome.complaints)")
      #expect(outcome.output.isEmpty)
    }
  }

  @Test func `an event stream has messages only, and ends with the time`() throws {
    try Program.withHome { program in
      let process = program.process(["run", "autograd", "--events", "--preset", "quick"])
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
      let messages = try lines.map { try DemoMessage(wireLine: $0) }
      guard case .started(let id, _) = messages.first, case .finished = messages.last else {
        Issue.record("\(lines.first ?? "") … \(lines.last ?? "")")
        return
      }
      #expect(id == DemoID("autograd"))
    }
  }

  /// How long the program lives after `stop`, and what it said.
  private func stopped(
    _ arguments: [String], by stop: (Process, Pipe) throws -> Void
  ) throws -> (seconds: Double, status: Int32, output: String) {
    let program = try Program()
    defer { try? FileManager.default.removeItem(at: program.home) }
    let process = program.process(arguments)
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    var data = output.fileHandleForReading.availableData
    let start = ContinuousClock.now
    try stop(process, input)
    data += output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      start.duration(to: .now) / .seconds(1), process.terminationStatus,
      String(decoding: data, as: UTF8.self)
    )
  }

  @Test(.enabled(if: ids.contains("adamw")))
  func `the end of the control pipe stops an event stream at once`() throws {
    let run = try stopped(["run", "adamw", "--events", "--preset", "thorough"]) { _, input in
      try input.fileHandleForWriting.close()
    }
    #expect(run.status == 1)
    #expect(run.output.hasSuffix("{\"type\":\"failed\",\"reason\":\"The run was stopped.\"}\n"))
    #expect(run.seconds < 0.5, "\(run.seconds)")
  }

  @Test(.enabled(if: ids.contains("adamw")), arguments: [SIGINT, SIGTERM, SIGHUP])
  func `a signal stops a run at once`(number: Int32) throws {
    let run = try stopped(["run", "adamw", "--preset", "thorough"]) { process, _ in
      kill(process.processIdentifier, number)
    }
    #expect(run.status == 1)
    #expect(run.seconds < 0.5, "\(run.seconds)")
  }
}

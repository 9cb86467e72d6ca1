import Foundation

/// The built program with a home of its own, run as a shell would.
struct Program {
  /// A temporary folder that is home, library and state.
  let home: URL

  /// What a run left behind.
  struct Outcome {
    var status: Int32
    var output: String
    var complaints: String
    var seconds: Double
  }

  init() throws {
    home = FileManager.default.temporaryDirectory.appending(path: "downlink-\(UUID())")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
  }

  /// Makes a home, hands it to `body` and removes it.
  static func withHome<T>(_ body: (Program) throws -> T) throws -> T {
    let program = try Program()
    defer { try? FileManager.default.removeItem(at: program.home) }
    return try body(program)
  }

  /// The program stands beside the test in the build folder.
  static var executable: URL {
    let test = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    return test.deletingLastPathComponent().appending(path: "downlink")
  }

  /// A process that is not started yet, with an environment that does not depend on the machine.
  func process(_ arguments: [String], environment: [String: String] = [:]) -> Process {
    let process = Process()
    process.executableURL = Self.executable
    process.arguments = arguments
    process.environment = [
      "HOME": home.path, "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin",
      "SWIFT_BACKTRACE": "enable=no",
    ].merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    return process
  }

  /// Runs the program to its end.
  func run(
    _ arguments: [String], input: String = "", environment: [String: String] = [:]
  ) throws -> Outcome {
    let process = process(arguments, environment: environment)
    let files = ["input", "output", "complaints"].map { home.appending(path: ".\($0)") }
    try Data(input.utf8).write(to: files[0])
    for file in files[1...] { try Data().write(to: file) }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    let start = ContinuousClock.now
    try process.run()
    process.waitUntilExit()
    let elapsed = start.duration(to: .now) / .seconds(1)
    return Outcome(
      status: process.terminationReason == .exit
        ? process.terminationStatus : -process.terminationStatus,
      output: try String(contentsOf: files[1], encoding: .utf8),
      complaints: try String(contentsOf: files[2], encoding: .utf8), seconds: elapsed)
  }

  /// What a terminal would show of these command lines: what they write, what they complain of
  /// behind `!`, and an exit status other than 0 behind `=>`.
  func transcript(_ lines: [[String]]) throws -> String {
    try lines.map { arguments in
      let outcome = try run(arguments)
      let words = ["downlink"] + arguments.map { $0.contains(" ") ? "'\($0)'" : $0 }
      let complaints = outcome.complaints.split(separator: "\n").map { "! \($0)\n" }.joined()
      let status = outcome.status == 0 ? "" : "=> \(outcome.status)\n"
      let text = "$ " + words.joined(separator: " ") + "\n" + outcome.output + complaints + status
      return text.replacing(home.path, with: "~")
    }.joined(separator: "\n")
  }

  /// Writes posts below a folder of the home.
  func write(_ posts: [String: String], to folder: String = "posts") throws -> String {
    let url = home.appending(path: folder)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (name, text) in posts { try Data(text.utf8).write(to: url.appending(path: name)) }
    return url.path
  }
}

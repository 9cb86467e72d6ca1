import Foundation
import Posts

/// A running `git`: its output is read as it comes, and it ends with whoever reads it.
///
/// A cancelled task and a time limit of ten minutes end it too (2.7).
final class GitChild {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let complaints: URL
  private let deadline = ContinuousClock.now.advanced(by: .seconds(600))
  /// Bytes that were read and not yet taken.
  private var buffer: [UInt8] = []
  private var position = 0

  /// Why it did not do what it was asked to.
  struct Failure: Error {
    var reason: String
  }

  init(
    _ executable: URL, _ arguments: [String], _ environment: [String: String], complaints: URL
  ) throws {
    self.complaints = complaints
    _ = FileManager.default.createFile(
      atPath: complaints.path, contents: nil, attributes: [.posixPermissions: 0o600])
    process.executableURL = executable
    process.arguments = arguments
    process.environment = environment
    process.standardInput = input
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: complaints)
    try process.run()
  }

  // MARK: Talking

  /// Writes a line to it.
  func write(_ line: String) throws {
    try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
  }

  /// The next line of its output without its end.
  func readLine() throws -> String {
    var line: [UInt8] = []
    while true {
      if let end = buffer[position...].firstIndex(of: UInt8(ascii: "\n")) {
        line += buffer[position..<end]
        position = end + 1
        return String(decoding: line, as: UTF8.self)
      }
      line += buffer[position...]
      guard line.count < 4096, try fill() else { throw failure() }
    }
  }

  /// The next `count` bytes of its output.
  func read(_ count: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      if position == buffer.count, try !fill() { throw failure() }
      let end = min(buffer.count, position + count - bytes.count)
      bytes += buffer[position..<end]
      position = end
    }
    return bytes
  }

  /// All of its output, if that is not more than `limit` bytes.
  func readAll(limit: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while try fill() {
      bytes += buffer
      guard bytes.count <= limit else { throw Failure(reason: "it says more than is read") }
    }
    return bytes
  }

  /// Takes more of the output into the buffer; false at its end.
  private func fill() throws -> Bool {
    let number = output.fileHandleForReading.fileDescriptor
    var request = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
    while poll(&request, 1, 100) <= 0 {
      if Task.isCancelled { throw SyncError.cancelled }
      if ContinuousClock.now > deadline { throw Failure(reason: "it took more than ten minutes") }
    }
    position = 0
    buffer = [UInt8](repeating: 0, count: 1 << 16)
    var count = -1
    repeat {
      count = Foundation.read(number, &buffer, buffer.count)
    } while count < 0 && errno == EINTR
    buffer.removeLast(buffer.count - max(0, count))
    guard count >= 0 else { throw Failure(reason: "its output: \(FileAccess.reason(errno))") }
    return count > 0
  }

  // MARK: Ending

  /// Waits for its end, which must be a good one.
  func finish() throws {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      throw failure()
    }
  }

  /// Ends it if it has not ended, and removes what it left.
  func end() {
    try? input.fileHandleForWriting.close()
    stop()
    try? FileManager.default.removeItem(at: complaints)
  }

  /// How long it may take to tidy up, in hundredths of a second.
  private static let grace = 50

  /// Has it end, by force where it does not: a child of a thread that blocks signals blocks them
  /// too, and a sync that waited for it would keep the library locked.
  private func stop() {
    if process.isRunning { process.terminate() }
    var waited = 0
    while process.isRunning, waited < Self.grace {
      usleep(10_000)
      waited += 1
    }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }

  /// The last thing that it complained of.
  private func failure() -> Failure {
    stop()
    let text = (try? Data(contentsOf: complaints).prefix(64 << 10)) ?? Data()
    let lines = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline)
    if lines.contains(where: { $0.contains("dubious ownership") }) {
      return Failure(
        reason: "the repository belongs to another user; clone it yourself and name that")
    }
    let complaint = lines.last { $0.hasPrefix("fatal: ") || $0.hasPrefix("error: ") } ?? lines.last
    guard let complaint else { return Failure(reason: "git ended without a word") }
    return Failure(reason: String(complaint.drop { $0 != " " }.dropFirst()))
  }
}

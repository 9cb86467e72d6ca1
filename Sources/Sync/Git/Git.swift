import Foundation
import Posts

/// `git`, run as a child with an argument array and an environment of our own (R33, R39).
///
/// A sync is one blocking transaction on one thread into which the output is streamed; so this is
/// Foundation's `Process` and not an asynchronous one.
struct Git {
  private let executable: URL
  /// What runs a program with a limit on the files it writes, where there is such a thing.
  private let limiter: URL?
  private let environment: [String: String]
  /// Holds what the children complain of.
  private let folder: URL

  /// No hook runs, what is fetched is checked, and nothing goes on in the background.
  private static let settings = [
    "core.hooksPath=/dev/null", "transfer.fsckObjects=true", "gc.auto=0", "maintenance.auto=false",
    "protocol.version=2",
  ]
  /// Bytes of the largest file that `git` may write (2.7).
  private static let largestFile = 1 << 30
  /// What a user sets for a network behind a proxy; nothing else of the environment goes on.
  private static let networkVariables = [
    "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR",
    "CURL_CA_BUNDLE", "GIT_SSL_CAINFO",
  ]

  /// Finds `git`; an empty home and the complaints lie in `folder`.
  init(for address: GitAddress, folder: URL) throws {
    let variables = ProcessInfo.processInfo.environment
    let path = variables["PATH"] ?? ""
    guard let executable = Self.find("git", in: path) else { throw SyncError.gitMissing }
    let home = folder.appending(path: "home", directoryHint: .isDirectory)
    try FileAccess.makeFolder(home)
    self.executable = executable
    limiter = Self.find("prlimit", in: path)
    self.folder = folder
    environment = variables.filter { Self.networkVariables.contains($0.key) }.merging([
      "PATH": path, "LC_ALL": "C", "HOME": home.path,
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_TERMINAL_PROMPT": "0",
      "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": address.transport.rawValue,
    ]) { $1 }
  }

  static func find(_ program: String, in path: String) -> URL? {
    path.split(separator: ":").lazy.filter { $0.hasPrefix("/") }
      .map { URL(filePath: String($0)).appending(path: program) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  /// Runs `git` to its end and gives what it wrote; the last complaint is thrown.
  @discardableResult
  func run(_ arguments: [String], limit: Int = 64 << 20) throws -> [UInt8] {
    let child = try start(arguments)
    defer { child.end() }
    let output = try child.readAll(limit: limit)
    try child.finish()
    return output
  }

  /// Starts `git`, which can then be talked to.
  func start(_ arguments: [String]) throws -> GitChild {
    let arguments = Self.settings.flatMap { ["-c", $0] } + arguments
    let limit = ["--fsize=\(Self.largestFile)", executable.path]
    return try GitChild(
      limiter ?? executable, (limiter == nil ? [] : limit) + arguments, environment,
      complaints: folder.appending(path: "complaints-\(ProcessInfo.processInfo.processIdentifier)"))
  }
}

import Foundation
package import Posts

/// Which `git` would be run, for `downlink check`.
package enum GitVersion {
  /// The first that refuses repositories of other users (CVE-2022-24765).
  private static let oldest = [2, 35, 2]

  /// What is wrong with the git of this machine; without one only repositories cannot be synced.
  package static func findings(isNeeded: Bool) -> [Finding] {
    guard let text = installed() else {
      return [
        Finding(
          subject: "git", problem: "it is not in PATH",
          advice: "install it to sync repositories", isError: isNeeded)
      ]
    }
    let numbers = text.split(separator: ".").prefix(3).map { Int($0) ?? 0 }
    guard numbers.lexicographicallyPrecedes(oldest) else { return [] }
    return [
      Finding(
        subject: "git", problem: "version \(text) runs what other users' repositories say",
        advice: "install \(oldest.map(String.init).joined(separator: ".")) or later",
        isError: isNeeded)
    ]
  }

  /// `2.39.5`; nil without git.
  private static func installed() -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    guard let executable = Git.find("git", in: path) else { return nil }
    let process = Process()
    let output = Pipe()
    process.executableURL = executable
    process.arguments = ["--version"]
    process.environment = ["LC_ALL": "C"]
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let said = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let words = String(decoding: said, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    return words.first { $0.first?.isNumber == true }.map(String.init)
  }
}

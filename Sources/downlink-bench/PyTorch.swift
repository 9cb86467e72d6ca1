import DemoKit
import Foundation

/// The PyTorch that twins run on, if there is one.
struct PyTorch {
  let python: String
  let version: String

  /// The one of `$PYTHON`, or of `python3`.
  static func found() async -> PyTorch? {
    let python = ProcessInfo.processInfo.environment["PYTHON"] ?? "python3"
    let question = ["env", python, "-c", "import sys, torch; sys.stdout.write(torch.__version__)"]
    guard let version = try? await Child.output(of: question) else { return nil }
    return PyTorch(
      python: python, version: version.trimmingCharacters(in: .whitespacesAndNewlines))
  }

  /// The command line of a twin, whose first word is its file.
  func command(_ twin: String, _ effort: Effort, threads: Int) throws -> [String] {
    let words = twin.split(separator: " ").map(String.init)
    let folder = try Resources.located().home + "/Tests/Baselines/"
    return [python, folder + words[0]] + words.dropFirst()
      + [
        "--seconds", "\(effort.seconds)", "--windows", "\(effort.windows)", "--threads",
        "\(threads)",
      ]
  }
}

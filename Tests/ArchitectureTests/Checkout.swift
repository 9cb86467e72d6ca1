import Foundation

/// The files of this project, as text.
enum Checkout {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  struct File: Sendable {
    /// From the root of the checkout.
    var path: String
    var text: String

    /// The folder below `Sources` or `Tests`.
    var target: String {
      let parts = path.split(separator: "/")
      return parts.count > 1 ? String(parts[1]) : ""
    }

    var name: String { String(path.split(separator: "/").last ?? "") }
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
  }

  /// All files below a folder with one of the endings, sorted by path.
  static func files(in folder: String, endings: [String]) throws -> [File] {
    let base = root.appending(path: folder)
    guard let paths = FileManager.default.enumerator(atPath: base.path) else { return [] }
    return try paths.compactMap { $0 as? String }.sorted()
      .filter { path in endings.contains { path.hasSuffix($0) } }
      .map { path in
        File(
          path: folder + "/" + path,
          text: try String(contentsOf: base.appending(path: path), encoding: .utf8))
      }
  }

  static func swiftSources() throws -> [File] {
    try files(in: "Sources", endings: [".swift"])
  }
}

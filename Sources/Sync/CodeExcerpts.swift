package import Foundation
import Posts

/// The sources that posts quote, by file name and region; so what is read is what runs.
package struct CodeExcerpts: Sendable {
  private var files: [String: [Substring]] = [:]
  private var ambiguous: Set<String> = []

  /// No sources: every quotation is an error.
  package init() {}

  /// Reads the Swift files below a folder, which are found by name and never by path.
  package init(folder: URL) throws(SyncError) {
    let paths = FileManager.default.enumerator(atPath: folder.path)
    guard let paths else {
      throw .unreadableSource(path: folder.path, reason: "no such folder")
    }
    for case let path as String in paths where path.hasSuffix(".swift") {
      let url = folder.appendingPathComponent(path)
      do {
        let text = try String(contentsOf: url, encoding: .utf8)
        add(url.lastPathComponent, text)
      } catch {
        throw .unreadableSource(path: url.path, reason: "it is not readable UTF-8")
      }
    }
  }

  /// Adds a file by its name; two of one name cannot be told apart.
  package mutating func add(_ name: String, _ text: String) {
    if files[name] != nil { ambiguous.insert(name) }
    files[name] = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// Why a quotation leads nowhere.
  struct Missing: Error {
    var reason: String
  }

  /// The lines between `// region: name` and `// endregion: name`, without the indentation that
  /// all of them have.
  func excerpt(file name: String, region: String) throws(Missing) -> [Substring] {
    guard !ambiguous.contains(name) else { throw Missing(reason: "there are two files \(name)") }
    guard let lines = files[name] else { throw Missing(reason: "there is no file \(name)") }
    guard let start = lines.firstIndex(where: { $0.trimmed == "// region: \(region)" }),
      let end = lines[start...].firstIndex(where: { $0.trimmed == "// endregion: \(region)" })
    else { throw Missing(reason: "\(name) has no region \(region)") }
    return Self.unindented(
      lines[(start + 1)..<end].filter {
        !$0.trimmed.hasPrefix("// region: ") && !$0.trimmed.hasPrefix("// endregion: ")
      })
  }

  private static func unindented(_ lines: [Substring]) -> [Substring] {
    let indents = lines.filter { !$0.trimmed.isEmpty }.map { $0.prefix { $0 == " " }.count }
    return lines.map { $0.dropFirst(min(indents.min() ?? 0, $0.prefix { $0 == " " }.count)) }
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    var text = drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}

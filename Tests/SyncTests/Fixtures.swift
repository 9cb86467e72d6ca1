import Foundation
import Posts
import Sync

/// A blog in a temporary folder, with the library that it is synced to.
final class Blog: Sendable {
  let folder: URL
  let library: URL

  init() throws {
    let root = FileManager.default.temporaryDirectory
      .appending(path: "downlink-\(UUID().uuidString)", directoryHint: .isDirectory)
    folder = root.appending(path: "posts", directoryHint: .isDirectory)
    library = root.appending(path: "data/library.sqlite")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }

  var source: Source { .folder(FolderSource(name: "blog", folder: folder)) }

  func write(_ path: String, _ text: String) throws {
    let url = folder.appending(path: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func remove(_ path: String) throws {
    try FileManager.default.removeItem(at: folder.appending(path: path))
  }

  /// Syncs at a time when every file has long been as it is, so that its stamp is trusted.
  func syncLater(
    hours: Double = 1, excerpts: CodeExcerpts = CodeExcerpts()
  ) throws -> SyncSummary {
    let time = Date.now + 3600 * hours
    return try Synchronizer(library: library, demos: [], excerpts: excerpts, clock: { time })
      .sync(source)
  }

  @discardableResult
  func sync(demos: Set<String> = [], excerpts: CodeExcerpts = CodeExcerpts()) throws -> SyncSummary
  {
    try Synchronizer(library: library, demos: demos, excerpts: excerpts).sync(source)
  }

  /// Everything a library says, for comparing two of them.
  func dump() throws -> [String] { try Self.dump(library) }

  static func dump(_ url: URL) throws -> [String] {
    let library = try PostLibrary(at: url)
    let findings = try library.verify().filter(\.isError).map(\.description)
    let found = try ["扩散", "梯度", "版本", "alpha"].map { query in
      try "\(query): "
        + library.search(SearchQuery(query), limit: 100).map { result in
          "\(result.post.slug):\(result.line):\(result.heading):\(result.snippet.text)"
        }.sorted().joined(separator: "; ")
    }
    return try library.summaries().map { summary in
      let loaded = try library.post(summary.slug)
      return "\(loaded.isIntact) \(loaded.post)"
    } + found + findings
  }
}

/// A post's file with the keys that every post needs.
func post(
  title: String = "题", date: String = "2026-01-11", category: String = "深度学习",
  more: String = "", _ markdown: String = "正文"
) -> String {
  """
  ---
  title: \(title)
  date: \(date)
  category: \(category)
  \(more.isEmpty ? "" : more + "\n")---

  \(markdown)
  """
}

package import Foundation
package import Posts

/// Brings a library up to date with a source: one transaction, all of it or nothing.
///
/// Only files whose content changed are parsed. A bad post is refused with its place and reason
/// and the others go in; what the source no longer holds goes out. Doing it twice changes nothing.
package struct Synchronizer: Sendable {
  /// Ids of the demos that this program has.
  package var demos: Set<String>
  /// The sources that posts quote.
  package var excerpts: CodeExcerpts
  private let destination: Destination

  private enum Destination {
    case file(URL)
    case memory(PostLibrary)
  }

  /// Bytes of text from which a sync may write to the file before its end, which locks readers
  /// out meanwhile, rather than hold it all in memory (R20).
  private static let spillsFrom = 64 << 20
  /// What a byte of a post becomes in the library: its Markdown, its text and the index.
  private static let growth = 4

  package init(library: URL, demos: Set<String>, excerpts: CodeExcerpts = CodeExcerpts()) {
    destination = .file(library)
    self.demos = demos
    self.excerpts = excerpts
  }

  /// Fills a library in memory, where no file can be written.
  package init(memory: PostLibrary, demos: Set<String>, excerpts: CodeExcerpts = CodeExcerpts()) {
    destination = .memory(memory)
    self.demos = demos
    self.excerpts = excerpts
  }

  /// Reads the source and replaces its posts.
  ///
  /// `isCancelled` is asked once per file; a cancelled sync leaves the library as it was, and so does
  /// one that is only tried.
  package func sync(
    _ source: Source, isTrial: Bool = false, progress: (SyncProgress) -> Void = { _ in },
    isCancelled: () -> Bool = { Task.isCancelled }
  ) throws(SyncError) -> SyncSummary {
    try change(source.name) { (writer: LibraryWriter) in
      let opened = try source.opened()
      return try writer.replace(keeping: !isTrial) { transaction in
        var run = try SyncRun(source: source.name, excerpts: excerpts, transaction: transaction)
        try opened.read { file, position in
          if isCancelled() { throw SyncError.cancelled }
          try run.take(file)
          if run.changedBytes > Self.spillsFrom { try transaction.allowSpilling() }
          progress(position)
        }
        let summary = try run.finish(demos: demos)
        if isCancelled() { throw SyncError.cancelled }
        try writer.requireSpace(2 * Self.growth * run.changedBytes)
        try transaction.noteSync(of: source.name, at: Date.now.formatted(.iso8601))
        return summary
      }
    }
  }

  /// Takes all posts of a source out; gives their number.
  package func remove(source name: String) throws(SyncError) -> Int {
    try change(name) { (writer: LibraryWriter) in
      try writer.replace { try $0.removePosts(ofSource: name) }
    }
  }

  /// Opens the library for `body`, and says what goes wrong in words of a sync.
  private func change<T>(
    _ name: String, _ body: (LibraryWriter) throws -> T
  ) throws(SyncError) -> T {
    do {
      let writer =
        switch destination {
        case .file(let url): try LibraryWriter(at: url)
        case .memory(let library): LibraryWriter(library)
        }
      let result = try body(writer)
      try writer.close()
      return result
    } catch let error as SyncError {
      throw error
    } catch let error as PostError {
      throw .library(error)
    } catch {
      throw .library(.failed(path: name, reason: String(describing: error)))
    }
  }
}

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
  /// `isCancelled` is asked once per file; a cancelled sync leaves the library as it was.
  package func sync(
    _ source: Source, progress: (SyncProgress) -> Void = { _ in },
    isCancelled: () -> Bool = { Task.isCancelled }
  ) throws(SyncError) -> SyncSummary {
    do {
      let writer =
        switch destination {
        case .file(let url): try LibraryWriter(at: url)
        case .memory(let library): LibraryWriter(library)
        }
      let summary = try writer.replace { transaction in
        var run = try SyncRun(source: source.name, excerpts: excerpts, transaction: transaction)
        try source.read { file, position in
          if isCancelled() { throw SyncError.cancelled }
          try run.take(file)
          if run.changedBytes > Self.spillsFrom { try transaction.allowSpilling() }
          progress(position)
        }
        let summary = try run.finish(demos: demos)
        if isCancelled() { throw SyncError.cancelled }
        try writer.requireSpace(2 * Self.growth * run.changedBytes)
        return summary
      }
      try writer.close()
      return summary
    } catch let error as SyncError {
      throw error
    } catch let error as PostError {
      throw .library(error)
    } catch {
      throw .library(.failed(path: source.name, reason: String(describing: error)))
    }
  }
}

package import Foundation
package import Posts

/// Brings a library up to date with a source: one transaction, all of it or nothing.
///
/// Only files whose content changed are parsed. A bad post is refused with its place and reason
/// and the others go in; what the source no longer holds goes out. Doing it twice changes nothing.
package struct Synchronizer: Sendable {
  /// Ids of the demos that this program has.
  package var demos: Set<String>
  /// Tells the time, by which files are known to be older than the sync.
  private let clock: @Sendable () -> Date
  /// Reads the sources that posts quote.
  private let excerpts: @Sendable () throws -> CodeExcerpts
  private let destination: Destination

  private enum Destination {
    case file(URL)
    case memory(PostLibrary)
  }

  /// What a byte of a post becomes in the library: its Markdown, its text and the index.
  private static let growth = 4

  /// Fills the library at a place; `excerpts` is asked for when the first post quotes something.
  package init(
    library: URL, demos: Set<String>,
    excerpts: @autoclosure @escaping @Sendable () throws -> CodeExcerpts = CodeExcerpts(),
    clock: @escaping @Sendable () -> Date = { .now }
  ) {
    destination = .file(library)
    self.demos = demos
    self.excerpts = excerpts
    self.clock = clock
  }

  /// Fills a library in memory, where no file can be written.
  package init(
    memory: PostLibrary, demos: Set<String>,
    excerpts: @autoclosure @escaping @Sendable () throws -> CodeExcerpts = CodeExcerpts(),
    clock: @escaping @Sendable () -> Date = { .now }
  ) {
    destination = .memory(memory)
    self.demos = demos
    self.excerpts = excerpts
    self.clock = clock
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
        let now = clock()
        let layout = try opened.read(at: now) { file, content in
          if isCancelled() { throw SyncError.cancelled }
          try run.take(file, content)
          progress(file.progress)
        }
        let summary = try run.finish(demos: demos, opened, at: now, layout)
        if isCancelled() { throw SyncError.cancelled }
        try writer.requireSpace(2 * (Self.growth * run.changedBytes + run.imageBytes))
        try transaction.noteSync(of: source.name, at: now.formatted(.iso8601))
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

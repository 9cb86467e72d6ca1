import Canvas
import DemoKit
import Demos
import FoundationEssentials
import Posts
import Sync

/// Opens the library, fills it, and makes it from the shipped posts on the first start.
struct LibraryAccess {
  private let settings: Settings

  init(_ settings: Settings) {
    self.settings = settings
  }

  /// The library, ready to be read.
  ///
  /// If there is none, or one of another version, the shipped posts are synced first; where none
  /// can be written they are read from memory.
  func open() throws -> PostLibrary {
    let exists = FileManager.default.fileExists(atPath: settings.library.path)
    do {
      return try PostLibrary(at: settings.library)
    } catch {
      guard error.meansNoLibrary || !exists else { throw error }
    }
    do {
      let refused = try sync(try shippedPosts()).refused
      if !refused.isEmpty {
        Output.complain(
          SafeText("downlink: \(refused.count) posts were refused; “downlink check” says why."))
      }
      return try PostLibrary(at: settings.library)
    } catch SyncError.library(let error) where error.meansNoRight {
      Output.complain(SafeText("downlink: \(error) The posts are read from memory."))
      return try inMemory().library
    }
  }

  /// Brings the library up to date with `source`; a signal cancels it, and then it is as it was.
  @discardableResult
  func sync(_ source: Source) throws -> SyncSummary {
    let synchronizer = Synchronizer(
      library: settings.library, demos: demoNames, excerpts: try excerpts())
    let streams = settings.streams
    let result = Interruption(grace: .seconds(10)).run {
      Result {
        var live = LiveLine(streams)
        defer { live.erase() }
        return try synchronizer.sync(source) { progress in
          live.show(SafeText("syncing \(progress.completed) of \(progress.total)"))
        }
      }
    }
    guard let result else { throw SyncError.cancelled }
    return try result.get()
  }

  /// Moves a damaged library aside together with its journal, without which it may be worth
  /// nothing; the next sync makes a new one.
  func setLibraryAside() throws {
    let files = FileManager.default
    let library = settings.library.path
    guard files.fileExists(atPath: library) else { return }
    let lock = try SyncLock.take(besides: settings.library)
    defer { lock.release() }
    for ending in ["", "-journal"] where files.fileExists(atPath: library + ending) {
      let aside = library + ".damaged" + ending
      if files.fileExists(atPath: aside) { try files.removeItem(atPath: aside) }
      try files.moveItem(atPath: library + ending, toPath: aside)
    }
  }

  /// The shipped posts in a library of their own, and what was found wrong with them.
  func inMemory() throws -> (library: PostLibrary, summary: SyncSummary) {
    let library = try PostLibrary.inMemory()
    let synchronizer = Synchronizer(
      memory: library, demos: demoNames, excerpts: try excerpts())
    return (library, try synchronizer.sync(try shippedPosts()))
  }

  /// The posts that come with the program.
  func shippedPosts() throws -> Source {
    folder(URL(filePath: try Resources.located().content))
  }

  /// The posts in a folder of the user's.
  ///
  /// Sources are told apart by their names, so that a sync of one leaves the others' posts alone.
  func folder(_ url: URL) -> Source {
    let shipped = try? Resources.located().content
    return .folder(FolderSource(name: url.path == shipped ? "downlink" : url.path, folder: url))
  }

  private var demoNames: Set<String> { Set(Catalogue.demos.map { $0.id.string }) }

  private func excerpts() throws -> CodeExcerpts {
    try CodeExcerpts(folder: URL(filePath: try Resources.located().demoSources))
  }
}

extension PostError {
  /// Whether a first sync makes it good.
  fileprivate var meansNoLibrary: Bool {
    switch self {
    case .libraryMissing, .otherVersion: true
    default: false
    }
  }

  /// Whether this user cannot write where the library belongs.
  fileprivate var meansNoRight: Bool {
    if case .notAllowed = self { true } else { false }
  }
}

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
      return try PostLibrary(at: settings.library, aids: aids)
    } catch {
      guard error.meansNoLibrary || !exists else { throw error }
    }
    do {
      let refused = try sync(try shippedPosts()).refused
      if !refused.isEmpty {
        Output.complain(
          SafeText("downlink: \(refused.count) posts were refused; “downlink check” says why."))
      }
      return try PostLibrary(at: settings.library, aids: aids)
    } catch SyncError.library(let error) where error.meansNoRight {
      Output.complain(SafeText("downlink: \(error) The posts are read from memory."))
      return try inMemory().library
    }
  }

  /// Brings the library up to date with `source`; a signal cancels it, and then it is as it was.
  @discardableResult
  func sync(_ source: Source, isTrial: Bool = false) throws -> SyncSummary {
    let synchronizer = try synchronizer()
    let streams = settings.streams
    let result = Interruption(grace: .seconds(10)).run {
      Result {
        var live = LiveLine(streams)
        defer { live.erase() }
        return try synchronizer.sync(source, isTrial: isTrial) { progress in
          live.show(SafeText("syncing \(progress.completed) of \(progress.total)"))
        }
      }
    }
    guard let result else { throw SyncError.cancelled }
    return try result.get()
  }

  /// Takes the posts of a source out of the library, if there is one; gives their number.
  func removePosts(of source: String) throws -> Int {
    guard FileManager.default.fileExists(atPath: settings.library.path) else { return 0 }
    return try synchronizer().remove(source: source)
  }

  /// Moves a damaged library aside and gives the place where it is kept; the next sync makes a new
  /// one.
  ///
  /// Its journal goes with it, without which it may be worth nothing.
  func setLibraryAside() throws -> String? {
    let files = FileManager.default
    let library = settings.library.path
    guard files.fileExists(atPath: library) else { return nil }
    let lock = try SyncLock.take(besides: settings.library)
    defer { lock.release() }
    for ending in ["", "-journal"] where files.fileExists(atPath: library + ending) {
      let aside = library + ".damaged" + ending
      if files.fileExists(atPath: aside) { try files.removeItem(atPath: aside) }
      try files.moveItem(atPath: library + ending, toPath: aside)
    }
    return library + ".damaged"
  }

  /// The shipped posts in a library of their own, and what was found wrong with them.
  func inMemory() throws -> (library: PostLibrary, summary: SyncSummary) {
    let library = try PostLibrary.inMemory(aids: aids)
    let synchronizer = Synchronizer(
      memory: library, demos: demoNames, excerpts: try excerpts())
    return (library, try synchronizer.sync(try shippedPosts()))
  }

  /// The posts that come with the program.
  func shippedPosts() throws -> Source {
    let folder = URL(filePath: try Resources.located().content)
    return .folder(FolderSource(name: SourcesCommand.shipped, folder: folder))
  }

  /// The shipped posts and every source that was added.
  func allSources() throws -> [Source] {
    [try shippedPosts()] + (try records().map { try Source($0, cache: settings.gitCache) })
  }

  /// What a person means: the name of a source, else a place.
  ///
  /// Sources are told apart by their names, so that a sync of one leaves the others' posts alone.
  func source(_ word: String) throws -> Source {
    let shipped = try? shippedPosts()
    if word == shipped?.name, let shipped { return shipped }
    if let record = records().first(where: { $0.name == word }) {
      return try Source(record, cache: settings.gitCache)
    }
    let source = try Source(at: word, cache: settings.gitCache)
    // A place that is known under a name keeps it.
    let known = records().first {
      $0.kind == source.record.kind
        && $0.location == source.record.location
    }
    if source.record.location == shipped?.record.location, let shipped { return shipped }
    return known.map { source.named($0.name) } ?? source
  }

  /// A state that cannot be read is told of and left as it is; the shipped posts are there still.
  private func records() -> [SourceRecord] {
    do {
      return try ReaderState.sources(at: settings.state)
    } catch {
      Output.complain(SafeText("downlink: \(error)"))
      return []
    }
  }

  private func synchronizer() throws -> Synchronizer {
    Synchronizer(library: settings.library, demos: demoNames, excerpts: try excerpts())
  }

  /// Tables for the search; without the shipped files there are none.
  private var aids: SearchAids {
    SearchAids(folder: (try? Resources.located().assets).map { $0 + "/search" })
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

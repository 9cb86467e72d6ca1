package import Foundation
import Images
import Posts

/// A repository, of which the present state of its main branch is read.
///
/// It is kept as a bare and shallow clone in the program's cache: nothing is checked out, no hook
/// and no submodule of it does anything (R33).
package struct GitSource: Hashable, Sendable {
  package var name: String
  package var address: GitAddress
  /// The folder of all clones.
  package var cache: URL

  package init(name: String, address: GitAddress, cache: URL) {
    self.name = name
    self.address = address
    self.cache = cache
  }

  /// The branch of a clone that later fetches move.
  private static let branch = "refs/heads/downlink"

  private var clone: URL {
    let digest = SHA256.hash(Array(address.text.utf8))
    return cache.appending(
      path: digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(),
      directoryHint: .isDirectory)
  }

  /// Brings the clone up to date and lists what is in it.
  func fetched() throws -> GitTree {
    try FileAccess.makeFolder(cache)
    let git = try Git(for: address, folder: cache)
    do {
      let reference = try update(git)
      do { return try tree(git, reference) } catch is GitChild.Failure {
        return try tree(git, cloned(git))
      }
    } catch let failure as GitChild.Failure {
      throw SyncError.git(address: address.text, reason: failure.reason)
    }
  }

  private func tree(_ git: Git, _ reference: String) throws -> GitTree {
    let repository = ["--git-dir", clone.path]
    let listing = try git.run(
      repository + ["ls-tree", "-rlz", "--full-tree", reference, "--"], limit: 256 << 20)
    let day = try git.run(repository + ["log", "-1", "--format=%cs", reference, "--"])
    return try GitTree(
      git: git, clone: clone, address: address, listing: listing,
      day: String(decoding: day.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
  }

  /// Fetches into the clone that there is; where that fails, and where there is none, it is made
  /// anew: a `git` that was killed leaves locks and half a pack behind, which no fetch gets over.
  ///
  /// If that fails too, as without a network, the old clone stays and the first reason is told.
  private func update(_ git: Git) throws -> String {
    guard FileManager.default.fileExists(atPath: clone.path) else { return try cloned(git) }
    do {
      try git.run(
        ["--git-dir", clone.path, "fetch", "--quiet", "--depth", "1", "--no-tags"]
          + ["--no-recurse-submodules", "--force", "--", address.text, "+HEAD:\(Self.branch)"])
      return Self.branch
    } catch let failure as GitChild.Failure {
      do { return try cloned(git) } catch is GitChild.Failure { throw failure }
    }
  }

  /// Makes the clone, in the place of one that there is; gives the branch to read.
  private func cloned(_ git: Git) throws -> String {
    // A clone that is cut off leaves nothing under the name that is looked for.
    let partial = clone.appendingPathExtension("partial")
    try? FileManager.default.removeItem(at: partial)
    try git.run(
      ["clone", "--quiet", "--bare", "--template=", "--no-local", "--depth", "1", "--no-tags"]
        + ["--", address.text, partial.path])
    if FileManager.default.fileExists(atPath: clone.path) {
      try FileManager.default.removeItem(at: clone)
    }
    try FileManager.default.moveItem(at: partial, to: clone)
    return "HEAD"
  }
}

/// The Markdown files of one commit.
struct GitTree: OpenSource {
  private let git: Git
  private let clone: URL
  private let address: GitAddress
  private let entries: [Entry]
  /// All other files by their paths, among them images.
  private let others: [String: Entry]
  private let day: String
  private let layout: FileStamp

  private struct Entry {
    var path: [UInt8]
    var mode: Substring
    var object: Substring
    /// Nil for what is no file.
    var size: Int?

    var text: String { String(decoding: path, as: UTF8.self) }
    var isMarkdown: Bool { SourceFile.isMarkdown(path[...]) }
    var isRegular: Bool { mode == "100644" || mode == "100755" }
  }

  /// Takes what `ls-tree -rlz` says: `mode type object size TAB path NUL`.
  init(
    git: Git, clone: URL, address: GitAddress, listing: [UInt8], day: String
  ) throws(SyncError) {
    (self.git, self.clone, self.address, self.day) = (git, clone, address, day)
    layout = FileStamp(listing)
    let lines = listing.split(separator: 0)
    guard lines.count <= SourceLimit.files else {
      throw .tooManyFiles(path: address.text, limit: SourceLimit.files)
    }
    let files = lines.compactMap(Self.entry)
    entries = files.filter(\.isMarkdown).sorted { $0.path.lexicographicallyPrecedes($1.path) }
    others = Dictionary(
      files.filter { !$0.isMarkdown }.map { ($0.text, $0) }, uniquingKeysWith: { first, _ in first }
    )
    guard entries.reduce(0, { $0 + ($1.size ?? 0) }) <= SourceLimit.bytes else {
      throw .tooLarge(path: address.text, limit: SourceLimit.bytes)
    }
  }

  /// A file that is not hidden, as in a folder.
  private static func entry(_ line: ArraySlice<UInt8>) -> Entry? {
    guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
    let path = Array(line[(tab + 1)...])
    let words = String(decoding: line[..<tab], as: UTF8.self).split(separator: " ")
    let components = path.split(separator: UInt8(ascii: "/"))
    guard words.count == 4, path.count <= SourceLimit.pathLength,
      components.count <= SourceLimit.depth + 1,
      !components.contains(where: { $0.first == UInt8(ascii: ".") })
    else { return nil }
    return Entry(path: path, mode: words[0], object: words[2], size: Int(words[3]))
  }

  /// Asks for one object after the other, so that no more than one is held in memory; where none
  /// is asked for, `git` is not started.
  func read(
    at now: Date, _ body: (SourceFile, SourceFile.Reading) throws -> Void
  ) throws -> FileStamp? {
    try withObjects { objects in
      for (index, entry) in entries.enumerated() {
        let file = SourceFile(
          path: entry.text, stamp: FileStamp(object: entry.object), day: .named(day),
          progress: SyncProgress(completed: index + 1, total: entries.count))
        try body(file) { try content(of: entry, objects.child()) }
      }
    }
    return layout
  }

  /// The `git` that hands out objects, started when the first is asked for.
  private final class Objects {
    private let start: () throws -> GitChild
    private var started: GitChild?

    init(_ start: @escaping () throws -> GitChild) { self.start = start }

    func child() throws -> GitChild {
      let child = try started ?? start()
      started = child
      return child
    }

    func end() { started?.end() }
  }

  private func withObjects(_ body: (Objects) throws -> Void) throws {
    let objects = Objects { [git, clone] in
      try git.start(["--git-dir", clone.path, "cat-file", "--batch"])
    }
    defer { objects.end() }
    do {
      try body(objects)
    } catch let failure as GitChild.Failure {
      // A clone that does not give what it lists is damaged; the next sync makes it anew.
      try? FileManager.default.removeItem(at: clone)
      throw SyncError.git(address: address.text, reason: failure.reason)
    }
  }

  private func content(of entry: Entry, _ objects: GitChild) throws -> SourceFile.Content {
    guard entry.isRegular else {
      let isLink = entry.mode == "120000"
      return .refused(isLink ? "it is a symbolic link" : "it is no regular file")
    }
    guard let size = entry.size, size <= PostFile.largest else {
      return .refused("it is larger than \(PostFile.largest >> 10) KiB; split it")
    }
    return .bytes(try bytes(of: entry, size, objects))
  }

  private func bytes(of entry: Entry, _ size: Int, _ objects: GitChild) throws -> [UInt8] {
    try objects.write(String(entry.object))
    let answer = try objects.readLine()
    guard answer == "\(entry.object) blob \(size)" else {
      throw GitChild.Failure(reason: "the object \(entry.object) is missing")
    }
    return try objects.read(size + 1).dropLast()
  }
}

// MARK: - Images

extension GitTree {
  func readImages(
    _ images: [LibraryTransaction.ShownImage], at now: Date,
    _ body: (LibraryTransaction.ShownImage, SourceImage) throws -> Void
  ) throws {
    try withObjects { objects in
      for image in images {
        guard let entry = others[image.path], entry.isRegular, let size = entry.size else {
          try body(image, .missing)
          continue
        }
        try body(
          image,
          SourceImage(stamp: FileStamp(object: entry.object)) {
            guard size <= ImageHeader.Limit.bytes else { return .refused(.tooManyBytes) }
            return PostImage.File(try bytes(of: entry, size, objects.child()))
          })
      }
    }
  }
}

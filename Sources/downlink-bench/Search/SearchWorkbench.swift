import DemoKit
import Foundation
import Posts
import Sync

/// The documents, and libraries made of them in a folder that goes when the table is done.
struct SearchWorkbench {
  let corpus: Corpus
  let seed: UInt64
  private let folder: URL
  private let isKept: Bool

  init(corpus: URL, folder: URL?, seed: UInt64) throws {
    self.corpus = try Corpus(folder: corpus)
    self.seed = seed
    isKept = folder != nil
    self.folder =
      folder ?? FileManager.default.temporaryDirectory.appending(path: "downlink-bench-\(UUID())")
    try FileManager.default.createDirectory(
      at: self.folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  func removeFolder() {
    if !isKept { try? FileManager.default.removeItem(at: folder) }
  }

  /// A library of this many posts and how it was filled; made once and used again.
  func library(of count: Int) throws -> SearchSubject {
    let posts = try posts(of: count)
    let url = posts.deletingLastPathComponent().appending(path: "library.sqlite")
    let subject = SearchSubject(posts: posts, url: url, count: count)
    if !FileManager.default.fileExists(atPath: url.path) { _ = try subject.sync() }
    return subject
  }

  /// A folder with this many posts; made once and used again.
  func posts(of count: Int) throws -> URL {
    let place = folder.appending(path: "\(count)-\(seed)")
    let posts = place.appending(path: "posts")
    if !FileManager.default.fileExists(atPath: posts.path) {
      try FileManager.default.createDirectory(
        at: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try Replicas(corpus: corpus, seed: seed).write(count, to: posts)
    }
    return posts
  }

  /// The documents themselves, each once.
  func originals() throws -> SearchSubject { try library(of: corpus.documents.count) }
}

/// A folder of posts and the library that a sync makes of it.
struct SearchSubject {
  let posts: URL
  let url: URL
  let count: Int

  func sync() throws -> SyncSummary {
    try Synchronizer(library: url, demos: [])
      .sync(.folder(FolderSource(name: posts.path, folder: posts)))
  }

  func open() throws -> PostLibrary {
    try PostLibrary(at: url, aids: SearchAids(folder: Resources.located().assets + "/search"))
  }

  /// The number of a post that `Replicas` wrote.
  static func number(of slug: some StringProtocol) -> Int {
    Int(slug.drop { !$0.isNumber }.prefix { $0.isNumber }) ?? -1
  }

  /// Bytes of the posts' files.
  var bytes: Int {
    get throws {
      try FileManager.default.contentsOfDirectory(
        at: posts, includingPropertiesForKeys: [.fileSizeKey]
      ).reduce(0) { try $0 + ($1.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0) }
    }
  }
}

extension Corpus {
  var characters: Int { documents.reduce(0) { $0 + $1.body.count } }
}

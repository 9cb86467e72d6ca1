import DemoKit
import Foundation

/// The posts of this blog as they are at run time, as a text to learn from and one to be tested on.
///
/// Posts are cut into sections, each with the heading it stands under. Of the sections of a post every
/// `heldOutEvery`-th is held out, so that both parts know every subject, and no sentence of one is in
/// the other. The blog grows: whoever prints a figure of it prints its size too, and whoever needs a
/// size that stays about the same sets a limit.
package struct Corpus: Hashable, Sendable {
  /// One text for each post: the sections to learn from, as Markdown.
  package let training: [[UInt8]]
  /// One text for each section that is held out.
  package let heldOut: [[UInt8]]

  package var trainingBytes: Int { training.reduce(0) { $0 + $1.count } }
  package var heldOutBytes: Int { heldOut.reduce(0) { $0 + $1.count } }

  /// The posts that come with the program, in the order of their paths, as long as all of them
  /// together have at most `limit` bytes.
  ///
  /// A post that prints figures of the corpus cannot be part of it, since each figure would change
  /// them: `excluded` names it. And new posts would change them too, but for the posts that are named
  /// to come `first`: with a limit that they fill, the corpus stays as it is.
  package static func shipped(
    first: [String] = [], without excluded: [String] = [], limit: Int = .max
  ) throws -> Corpus {
    let content = URL(filePath: try Resources.located().content, directoryHint: .isDirectory)
    let files = FileManager.default.enumerator(atPath: content.path)?.compactMap { $0 as? String }
    func place(of path: String, among names: [String]) -> Int? {
      names.firstIndex { path.hasSuffix("/\($0).md") }
    }
    let paths = (files ?? []).filter { path in
      path.hasSuffix(".md") && place(of: path, among: excluded) == nil
    }
    let ordered = paths.map { (place(of: $0, among: first) ?? first.count, $0) }.sorted(by: <)
    let posts = try ordered.map { _, path in
      try String(contentsOf: content.appending(path: path), encoding: .utf8)
    }
    return Corpus(posts: Self.fitting(posts, limit: limit))
  }

  // region: split
  /// Splits posts, given as files with their front matter.
  package init(posts: [String], heldOutEvery every: Int = 8) {
    var training: [[UInt8]] = []
    var heldOut: [[UInt8]] = []
    var number = 0
    for post in posts {
      var kept: [UInt8] = []
      for section in Self.sections(of: post) {
        number += 1
        if number % every == every / 2 {
          heldOut.append(Array(section.utf8))
        } else {
          kept += Array(section.utf8)
        }
      }
      training.append(kept)
    }
    self.training = training.filter { !$0.isEmpty }
    self.heldOut = heldOut
  }
  // endregion: split
}

extension Corpus {
  /// The first posts, whose bodies have at most `limit` bytes together; the very first in any case.
  package static func fitting(_ posts: [String], limit: Int) -> [String] {
    var bytes = 0
    let fitting = posts.prefix { post in
      bytes += body(of: post).utf8.count
      return bytes <= limit
    }
    return Array(posts.prefix(max(1, fitting.count)))
  }

  /// The sections of a post without its front matter, each from its heading to the next.
  static func sections(of post: String) -> [String] {
    var sections = [""]
    var isCode = false
    for line in body(of: post).split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") { isCode.toggle() }
      if !isCode, line.hasPrefix("## ") || line.hasPrefix("### ") { sections.append("") }
      sections[sections.count - 1] += line + "\n"
    }
    return sections.filter { $0.contains { !$0.isWhitespace } }
  }

  private static func body(of post: String) -> Substring {
    guard post.hasPrefix("---\n"), let end = post.range(of: "\n---\n") else { return post[...] }
    return post[end.upperBound...].drop { $0 == "\n" }
  }
}

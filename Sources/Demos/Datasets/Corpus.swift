import DemoKit
import Foundation

/// The posts of this blog as they are at run time, as a text to learn from and one to be tested on.
///
/// Posts are cut into sections, each with the heading it stands under. Of the sections of a post every
/// `heldOutEvery`-th is held out, so that both parts know every subject, and no sentence of one is in
/// the other. The blog grows: whoever prints a figure of it prints its size too.
package struct Corpus: Hashable, Sendable {
  /// One text for each post: the sections to learn from, as Markdown.
  package let training: [[UInt8]]
  /// One text for each section that is held out.
  package let heldOut: [[UInt8]]

  package var trainingBytes: Int { training.reduce(0) { $0 + $1.count } }
  package var heldOutBytes: Int { heldOut.reduce(0) { $0 + $1.count } }

  /// The posts that come with the program, in the order of their paths.
  package static func shipped() throws -> Corpus {
    let content = URL(filePath: try Resources.located().content, directoryHint: .isDirectory)
    let files = FileManager.default.enumerator(atPath: content.path)?.compactMap { $0 as? String }
    let posts = (files ?? []).filter { $0.hasSuffix(".md") }.sorted()
    return Corpus(
      posts: try posts.map {
        try String(contentsOf: content.appending(path: $0), encoding: .utf8)
      })
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

import Foundation
import Markdown
import Posts

/// A folder that is gone when the test is.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appending(path: "downlink-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(
      at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  var library: URL { url.appending(path: "library.sqlite") }
  var state: URL { url.appending(path: "state.sqlite") }
}

/// Why a fixture could not be made.
struct BadSlug: Error {}

extension Post {
  init(
    _ name: String, title: String = "", date: String = "2026-01-01", category: String = "深度学习",
    tags: [String] = [], demo: String? = nil, _ markdown: String = ""
  ) throws {
    guard let slug = Slug(name) else { throw BadSlug() }
    let summary = PostSummary(
      slug: slug, title: title.isEmpty ? name : title, date: date, category: category, tags: tags,
      demo: demo)
    self.init(summary: summary, markdown: markdown)
  }
}

extension LibraryEntry {
  init(_ post: Post) throws {
    let document = try MarkdownParser.parse(post.markdown)
    let slug = post.summary.slug.string
    let links = document.links.compactMap { link in
      PostLink(link.destination, in: slug).map {
        Link(target: $0.slug, anchor: $0.anchor, line: link.line)
      }
    }
    self.init(
      post: post, source: "test", path: slug + ".md", input: post.hash,
      searchText: SearchText(document) { span in
        // Stands for the target Formula, which this one does not know.
        span.tex == "\\epsilon_\\theta(x_t,t)" ? "ε_θ(xₜ, t)" : ""
      }, links: links)
  }
}

extension PostLibrary {
  /// A library in memory with these posts.
  static func holding(_ posts: [Post]) throws -> PostLibrary {
    let library = try PostLibrary.inMemory()
    try LibraryWriter(library).replace { transaction in
      for post in posts { try transaction.put(LibraryEntry(post)) }
    }
    return library
  }

  /// Slugs of the posts that hold what is asked for; those that may have been meant are left out.
  func slugs(_ query: String, limit: Int = 20) throws -> [String] {
    try search(SearchQuery(query), limit: limit).filter { $0.origin == .query }
      .map(\.post.slug.string)
  }
}

/// Writes a library file with these posts.
func writeLibrary(_ url: URL, _ posts: [Post]) throws {
  let writer = try LibraryWriter(at: url)
  try writer.replace { transaction in
    for post in posts {
      let place = try transaction.remove(slug: post.summary.slug.string)
      try transaction.put(LibraryEntry(post), in: place)
    }
  }
  try writer.close()
}

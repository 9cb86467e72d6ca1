package import Posts

/// Markdown that belongs to no source, as it comes down a pipe.
package struct LooseText: Hashable, Sendable {
  /// The text as a post, with a head if it has front matter.
  package private(set) var post: Post
  /// Why its front matter is shown as text; nil if it is not.
  package private(set) var notice: String?

  /// Takes any bytes: what a source would refuse is shown here with a notice, since there is no
  /// file that could be corrected and synced again.
  package init(_ bytes: [UInt8], slug: Slug) {
    post = Post(
      summary: PostSummary(slug: slug, title: "", date: "", category: ""),
      markdown: String(decoding: bytes, as: UTF8.self))
    // Without a closing line the first one is a thematic break.
    guard let file = try? PostFile(bytes), file.form != .none else { return }
    do {
      let front = try FrontMatter(of: file)
      post.summary = PostSummary(
        slug: slug, title: front.title, titleEnglish: front.titleEnglish, date: front.date,
        category: front.category, tags: front.tags, summary: front.summary, demo: front.demo)
      post.references = front.references
      post.markdown = file.markdown
    } catch {
      notice = "line \(error.line + 1): \(error.reason)"
    }
  }
}

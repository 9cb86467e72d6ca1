/// What the list shows of a post.
package struct PostSummary: Hashable, Sendable {
  package var slug: Slug
  package var title: String
  package var titleEnglish: String
  /// ISO 8601, `2026-01-11`.
  package var date: String
  package var category: String
  package var tags: [String]
  package var summary: String
  /// The demo's id, if the post has one.
  package var demo: String?

  package init(
    slug: Slug, title: String, titleEnglish: String = "", date: String, category: String,
    tags: [String] = [], summary: String = "", demo: String? = nil
  ) {
    self.slug = slug
    self.title = title
    self.titleEnglish = titleEnglish
    self.date = date
    self.category = category
    self.tags = tags
    self.summary = summary
    self.demo = demo
  }
}

/// A whole post as the library keeps it: its front matter, and its Markdown with the excerpts of
/// its demo's source filled in.
package struct Post: Hashable, Sendable {
  package var summary: PostSummary
  package var references: [String]
  /// CommonMark without the front matter.
  package var markdown: String

  package init(summary: PostSummary, references: [String] = [], markdown: String) {
    self.summary = summary
    self.references = references
    self.markdown = markdown
  }
}

import Foundation

/// How one post names another: `other.md`, `../category/other.md#heading`, `#heading`.
package struct PostLink: Hashable, Sendable {
  package var slug: String
  /// Name of a heading; empty for the beginning.
  package var anchor: String

  /// What a link's destination means in the post `slug`; nil if it is no post.
  package init?(_ destination: String, in slug: String) {
    let parts = destination.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    guard let path = parts.first, !path.contains(":"), !path.hasPrefix("/") else { return nil }
    anchor = parts.count > 1 ? parts[1].removingPercentEncoding ?? String(parts[1]) : ""
    if path.isEmpty {
      guard !anchor.isEmpty else { return nil }
      self.slug = slug
    } else {
      guard path.hasSuffix(".md") else { return nil }
      self.slug = Slug(path: path.removingPercentEncoding ?? String(path)).string
    }
  }
}

import Canvas
import Posts

/// The words typed after `F`: each must be found in a post's title, tags, category or date, or be
/// one of the words for unread and starred; `tag:` and `category:` ask for the whole of a name, with
/// `_` for its blanks.
struct PostFilter {
  private let words: [String]
  private let unread: Set<String>
  private let starred: Set<String>

  init(_ text: String, messages: Messages) {
    words = text.lowercased().split(whereSeparator: \.isWhitespace).map { String($0) }
    unread = ["unread", messages(.wordUnread).string]
    starred = ["starred", "*", messages(.wordStarred).string]
  }

  func admits(_ post: PostSummary, _ state: ReadingState?) -> Bool {
    guard !words.isEmpty else { return true }
    let fields = [post.title, post.titleEnglish, post.category, post.date, post.slug.string]
    let text = (fields + post.tags).joined(separator: "\n").lowercased()
    return words.allSatisfy { word in
      if unread.contains(word) { return state?.isRead != true }
      if starred.contains(word) { return state?.isStarred == true }
      if let tag = PostFilter.name(in: word, after: "tag:") {
        return post.tags.contains { PostFilter.oneWord($0) == tag }
      }
      if let category = PostFilter.name(in: word, after: "category:") {
        return PostFilter.oneWord(post.category) == category
      }
      return text.contains(word)
    }
  }

  private static func name(in word: String, after prefix: String) -> String? {
    word.hasPrefix(prefix) ? String(word.dropFirst(prefix.count)) : nil
  }

  /// A name as one word of a filter.
  static func oneWord(_ name: String) -> String {
    name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: "_")
  }
}

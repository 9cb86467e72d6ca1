import Canvas
import Posts

/// The words typed after `F`: each must be found in a post's title, tags, category or date, or be
/// one of the words for unread and starred.
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
      return text.contains(word)
    }
  }
}

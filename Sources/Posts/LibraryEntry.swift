/// One post on its way into the library, with all that sync derived from it.
///
/// Whatever takes time is done when it is made, which need not be where the database is.
package struct LibraryEntry: Sendable {
  package let post: Post
  /// Name of the source it came from.
  package let source: String
  /// Its file within the source.
  package let path: String
  /// SHA-256 of everything it was made from; equal input means that nothing is to be done.
  package let input: [UInt8]
  /// Tells without reading its file that this is still the same; 0 if nothing does.
  package var stamp = 0
  package let searchText: SearchText
  /// The posts it links to, each with the line of its file where it does.
  package let links: [Link]
  /// What is wrong with it though it goes in, each with its line.
  package var faults: [Fault] = []
  /// The images that it shows.
  package var images: [PostImage] = []
  /// Keys of its front matter that this program does not know.
  package let unknownKeys: [String]

  let hash: [UInt8]
  let wordCount: Int
  /// What the index has of it besides the body: one title, heading or tag a line.
  let titles: String
  let headings: String
  let tags: String
  let facets: String
  /// The body of the search text with its tokens.
  let body: TokenizedText
  /// What it adds to the vocabulary.
  let words: VocabularyCount.Words

  /// Something that its author should correct.
  package struct Fault: Hashable, Sendable {
    package var line: Int
    package var reason: String

    package init(line: Int, reason: String) {
      self.line = line
      self.reason = reason
    }
  }

  /// A link to another post.
  package struct Link: Hashable, Sendable {
    /// Slug of the post that is meant, whether there is one or not.
    package var target: String
    /// Name of a heading in it; empty for its beginning.
    package var anchor: String
    package var line: Int

    package init(target: String, anchor: String = "", line: Int) {
      self.target = target
      self.anchor = anchor
      self.line = line
    }
  }

  package init(
    post: Post, source: String, path: String, input: [UInt8], searchText: SearchText,
    links: [Link] = [], unknownKeys: [String] = []
  ) {
    self.post = post
    self.source = source
    self.path = path
    self.input = input
    self.searchText = searchText
    self.links = links
    self.unknownKeys = unknownKeys
    let summary = post.summary
    hash = post.hash
    wordCount = searchText.wordCount
    titles = [summary.title, summary.titleEnglish].filter { !$0.isEmpty }.joined(separator: "\n")
    headings = searchText.headings.joined(separator: "\n")
    tags = summary.tags.joined(separator: "\n")
    facets = searchText.facets(title: titles, tags: tags)
    body = TokenizedText(searchText.body)
    words = VocabularyCount.Words(short: [titles, headings, tags], long: body)
  }
}

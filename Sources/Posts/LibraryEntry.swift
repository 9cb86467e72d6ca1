/// One post on its way into the library, with all that sync derived from it.
package struct LibraryEntry: Sendable {
  package var post: Post
  /// Name of the source it came from.
  package var source: String
  /// Its file within the source.
  package var path: String
  /// SHA-256 of everything it was made from; equal input means that nothing is to be done.
  package var input: [UInt8]
  /// Tells without reading its file that this is still the same; 0 if nothing does.
  package var stamp = 0
  package var searchText: SearchText
  /// The posts it links to, each with the line of its file where it does.
  package var links: [Link]
  /// Keys of its front matter that this program does not know.
  package var unknownKeys: [String]

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
  }
}

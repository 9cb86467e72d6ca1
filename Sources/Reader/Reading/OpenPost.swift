import Markdown
import Posts

/// A post being read: its tree, and what places in it are called.
struct OpenPost: Sendable {
  let post: Post
  let document: Document
  let headings: [Heading]
  /// Lines of the source.
  let lines: [String]
  /// The name of each block that stays when blocks around it change.
  let identities: [String]
  /// Places by the letter they were marked with.
  var marks: [String: ReadingPosition]
  /// The posts that link to this one.
  let backlinks: [PostSummary]

  /// - Throws: `MarkdownError` for a text over the caps of a post.
  init(
    _ post: Post, marks: [String: ReadingPosition], backlinks: [PostSummary] = []
  ) throws(MarkdownError) {
    self.post = post
    self.backlinks = backlinks
    self.marks = marks
    document = try MarkdownParser.parse(post.markdown)
    headings = document.headings
    // By bytes: by characters the graphemes of a long post would be looked for in vain.
    lines = post.markdown.utf8
      .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    identities = OpenPost.identities(of: document, lines: lines)
  }

  /// The lines of the source that a block stands on, counted from 0.
  func sourceLines(ofBlock block: Int) -> Range<Int> {
    OpenPost.range(ofBlock: block, in: document, count: lines.count)
  }

  /// The source of a block, as it is in the post.
  func source(ofBlock block: Int) -> String {
    var lines = self.lines[sourceLines(ofBlock: block)]
    while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The other posts that this one links to, by their slugs, each once and in the text's order.
  var linkedSlugs: [String] {
    let own = post.summary.slug.string
    var seen: Set<String> = [own]
    return document.links.compactMap { PostLink($0.destination, in: own)?.slug }
      .filter { seen.insert($0).inserted }
  }

  private static func range(ofBlock block: Int, in document: Document, count: Int) -> Range<Int> {
    guard document.blocks.indices.contains(block) else { return count..<count }
    let start = min(max(0, document.blocks[block].line - 1), count)
    let next = block + 1
    let end = next < document.blocks.count ? document.blocks[next].line - 1 : count
    return start..<min(max(start, end), count)
  }

  /// A hash of each block's text, with the number of equal blocks before it.
  private static func identities(of document: Document, lines: [String]) -> [String] {
    var counts: [String: Int] = [:]
    return document.blocks.indices.map { block in
      let text = lines[range(ofBlock: block, in: document, count: lines.count)]
        .filter { !$0.allSatisfy(\.isWhitespace) }.joined(separator: "\n")
      let name = fingerprint(of: text)
      counts[name, default: 0] += 1
      return "\(name)-\(counts[name, default: 1] - 1)"
    }
  }

  /// A hash that is the same in every process: FNV-1a, 64 bits.
  private static func fingerprint(of text: String) -> String {
    let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { hash, byte in
      (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    return String(hash, radix: 16)
  }
}

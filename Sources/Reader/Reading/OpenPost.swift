import Markdown
import Posts
import Typesetting

/// A post being read: its tree, and what places in it are called.
struct OpenPost: Sendable {
  let post: Post
  let document: Document
  let headings: [Heading]
  /// A hash of each block's text.
  private let hashes: [UInt64]
  /// Where in the bytes of the source each line begins; the last entry is its end.
  private let lineStarts: [Int]
  /// Places by the letter they were marked with.
  var marks: [String: ReadingPosition]
  /// What is known of its images, by their names in it, and the pictures themselves once they are
  /// there.
  var pictures: [String: Pictures.State]
  /// The posts that link to this one.
  let backlinks: [PostSummary]

  /// - Throws: `MarkdownError` for a text over the caps of a post.
  init(
    _ post: Post, marks: [String: ReadingPosition], backlinks: [PostSummary] = [],
    images: [String: PostImage.State] = [:]
  ) throws(MarkdownError) {
    self.post = post
    pictures = images.mapValues(Pictures.State.init)
    self.backlinks = backlinks
    self.marks = marks
    document = try MarkdownParser.parse(post.markdown)
    headings = document.headings
    let bytes = Array(post.markdown.utf8)
    let starts = OpenPost.lineStarts(of: bytes)
    lineStarts = starts
    hashes = document.blocks.indices.map { [document] block in
      let lines = OpenPost.range(ofBlock: block, in: document, count: starts.count - 1)
      return OpenPost.hash(of: lines.lazy.map { bytes[starts[$0]..<starts[$0 + 1]] })
    }
  }

  /// The lines of the source that a block stands on, counted from 0.
  func sourceLines(ofBlock block: Int) -> Range<Int> {
    OpenPost.range(ofBlock: block, in: document, count: lineStarts.count - 1)
  }

  /// The source of a block, as it is in the post, without the blank lines behind it.
  func source(ofBlock block: Int) -> String {
    var lines = sourceLines(ofBlock: block)
    let bytes = Array(post.markdown.utf8)
    while let last = lines.last, bytes[range(ofLine: last)].allSatisfy({ $0 <= 0x20 }) {
      lines.removeLast()
    }
    let text = bytes[lineStarts[lines.lowerBound]..<lineStarts[lines.upperBound]]
    let end = text.last == UInt8(ascii: "\n") ? "" : "\n"
    return String(decoding: text, as: UTF8.self) + end
  }

  private func range(ofLine line: Int) -> Range<Int> { lineStarts[line]..<lineStarts[line + 1] }

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

  private static func lineStarts(of bytes: [UInt8]) -> [Int] {
    var starts = [0]
    for place in bytes.indices where bytes[place] == UInt8(ascii: "\n") { starts.append(place + 1) }
    if starts.last != bytes.count { starts.append(bytes.count) }
    return starts
  }
}

// MARK: - The names of blocks

extension OpenPost {
  /// The name of a block that stays when blocks around it change: the hash of its text, with the
  /// number of equal blocks before it.
  func identity(ofBlock block: Int) -> String? {
    guard hashes.indices.contains(block) else { return nil }
    let repetition = hashes[..<block].count { $0 == hashes[block] }
    return "\(String(hashes[block], radix: 16))-\(repetition)"
  }

  /// The block of a name.
  func block(ofIdentity identity: String) -> Int? {
    let parts = identity.split(separator: "-")
    guard parts.count == 2, let hash = UInt64(parts[0], radix: 16), var repetition = Int(parts[1])
    else { return nil }
    return hashes.firstIndex { other in
      guard other == hash else { return false }
      repetition -= 1
      return repetition < 0
    }
  }

  /// A hash of lines that are not blank, the same in every process: FNV-1a, 64 bits.
  private static func hash(of lines: some Sequence<ArraySlice<UInt8>>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var isFirst = true
    func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    for line in lines where !line.allSatisfy({ $0 <= 0x20 }) {
      if !isFirst { add(UInt8(ascii: "\n")) }
      isFirst = false
      for byte in line where byte != UInt8(ascii: "\n") { add(byte) }
    }
    return hash
  }
}

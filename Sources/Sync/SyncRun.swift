import Markdown
import Posts

/// One sync under way: what the library holds, what has been seen, what has been done.
struct SyncRun {
  private let reader: PostReader
  private let transaction: LibraryTransaction
  /// Posts of the library by slug.
  private let known: [String: LibraryTransaction.Known]
  /// The file of each slug seen so far.
  private var seen: [String: String] = [:]
  private var summary = SyncSummary()
  /// Bytes of the posts that were put in.
  private(set) var changedBytes = 0

  init(source: String, excerpts: CodeExcerpts, transaction: LibraryTransaction) throws {
    reader = PostReader(source: source, excerpts: excerpts)
    self.transaction = transaction
    known = Dictionary(
      try transaction.known().map { ($0.slug, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Puts a file's post in if it is new or changed, or notes why not.
  mutating func take(_ file: SourceFile) throws {
    do {
      let draft: any PostDraft
      switch file.content {
      case .refused(let reason): throw Refusal(file: file.path, reason: reason)
      case .bytes(let bytes): draft = try reader.draft(bytes, path: file.path, date: file.date)
      case .post(let post): draft = BundledPost(post: post, path: file.path)
      }
      try take(draft)
    } catch let refusal as Refusal {
      summary.refused.append(refusal)
    }
  }

  private mutating func take(_ draft: some PostDraft) throws {
    let slug = draft.slug.string
    let old = known[slug]
    try claim(slug, path: draft.path, old: old)
    if let old, old.path == draft.path, old.input == draft.input {
      summary.unchanged += 1
      return
    }
    let entry: LibraryEntry
    do {
      entry = try draft.entry(reader)
    } catch {
      seen[slug] = nil
      throw error
    }
    try transaction.put(entry)
    changedBytes += entry.post.markdown.utf8.count
    if old == nil { summary.new.append(slug) } else { summary.changed.append(slug) }
  }

  /// A slug belongs to the first file that has it, and to the source it came from.
  private mutating func claim(
    _ slug: String, path: String, old: LibraryTransaction.Known?
  ) throws(Refusal) {
    if let first = seen[slug] {
      throw Refusal(file: path, reason: "\(first) has the same name; rename one of them")
    }
    if let old, old.source != reader.source {
      throw Refusal(
        file: path, reason: "the source \(old.source) has a post of this name; rename one of them")
    }
    seen[slug] = path
  }

  /// Takes out what the source no longer holds, and checks what only the whole can tell.
  mutating func finish(demos: Set<String>) throws -> SyncSummary {
    for slug in known.keys.sorted()
    where seen[slug] == nil && known[slug]?.source == reader.source {
      try transaction.remove(slug: slug)
      summary.removed.append(slug)
    }
    try checkDemos(demos)
    try checkLinks()
    return summary
  }

  private mutating func checkDemos(_ demos: Set<String>) throws {
    for (path, demo) in try transaction.demos(ofSource: reader.source) where !demos.contains(demo) {
      summary.warnings.append(
        Refusal(file: path, reason: "this version has no demo \(demo); see `downlink demos`"))
    }
  }

  private mutating func checkLinks() throws {
    let headings = try transaction.headings()
    let anchors = headings.mapValues(Self.anchors)
    for (path, link) in try transaction.links(ofSource: reader.source) {
      let reason: String
      if let anchors = anchors[link.target] {
        guard !link.anchor.isEmpty, !anchors.contains(link.anchor) else { continue }
        reason = "\(link.target) has no heading \(link.anchor)"
      } else {
        reason = "there is no post \(link.target)"
      }
      summary.warnings.append(Refusal(file: path, line: link.line, reason: reason))
    }
  }

  /// What `#anchor` may name: equal headings are numbered from the second on.
  private static func anchors(of headings: [String]) -> Set<String> {
    var counts: [String: Int] = [:]
    return Set(
      headings.map { heading in
        let anchor = Document.anchor(for: heading)
        let repetition = counts[anchor, default: 0]
        counts[anchor] = repetition + 1
        return repetition == 0 ? anchor : "\(anchor)-\(repetition)"
      })
  }
}

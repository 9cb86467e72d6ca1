import Foundation
import Posts

/// One sync under way: what the library holds, what has been seen, what has been done.
struct SyncRun {
  private let reader: PostReader
  private let transaction: LibraryTransaction
  /// The source's posts of the library, in the order of paths, and which of them need nothing.
  private let known: [LibraryTransaction.Known]
  private var isAsItWas: [Bool]
  /// The first of the known posts whose file may still come.
  private var next = 0
  /// The file of each slug among the files that were read.
  private var claimed: [String: String] = [:]
  /// Posts on their way into the library.
  private var entries = EntryQueue()
  private var summary = SyncSummary()
  /// Bytes of the posts that were put in.
  private(set) var changedBytes = 0
  /// Bytes of the images that were put in.
  private(set) var imageBytes = 0

  /// Links that lead nowhere are told up to this number and then counted: a blog copied from
  /// elsewhere may have thousands.
  private static let linksTold = 50

  init(
    source: String, excerpts: @escaping () throws -> CodeExcerpts, transaction: LibraryTransaction
  ) throws {
    reader = PostReader(source: source, excerpts: excerpts)
    self.transaction = transaction
    known = try transaction.known(ofSource: source)
    isAsItWas = Array(repeating: false, count: known.count)
  }

  /// Puts a file's post in if it is new or changed, or notes why not.
  mutating func take(_ file: SourceFile, _ content: SourceFile.Reading) throws {
    do {
      if try passes(file) { return }
      switch try content() {
      case .refused(let reason): throw Refusal(file: file.path, reason: reason)
      case .bytes(let bytes):
        try take(reader.draft(bytes, path: file.path, day: file.day.text), file.stamp)
      case .post(let post): try take(BundledPost(post: post, path: file.path), file.stamp)
      }
    } catch let refusal as Refusal {
      summary.refused.append(refusal)
    }
  }

  /// Whether the file has the stamp of the last sync, and so need not be read.
  private mutating func passes(_ file: SourceFile) throws -> Bool {
    guard let stamp = file.stamp, let place = place(of: file.path), known[place].stamp != 0,
      known[place].stamp == stamp.number
        || known[place].stamp == stamp.covering(day: file.day.text).number
    else { return false }
    try settle(known[place].slug)
    if let first = claimed[known[place].slug] { throw sameName(file.path, first) }
    isAsItWas[place] = true
    summary.unchanged += 1
    return true
  }

  /// Where the post of a file stands among the known ones; both come in the order of paths.
  ///
  /// A name that is no UTF-8 may break that order. Its file is then read once more than needed.
  private mutating func place(of path: String) -> Int? {
    while next < known.count {
      if known[next].path == path { return next }
      guard known[next].path.utf8.lexicographicallyPrecedes(path.utf8) else { return nil }
      next += 1
    }
    return nil
  }

  private mutating func take(_ draft: some PostDraft, _ fileStamp: FileStamp?) throws {
    let slug = draft.slug.string
    try settle(slug)
    let old = try transaction.origin(of: slug)
    try claim(slug, path: draft.path, old)
    let stamp = fileStamp.flatMap(draft.stamp)?.number ?? 0
    if let old, old.path == draft.path, old.input == draft.input {
      if old.stamp != stamp { try transaction.restamp(slug: slug, stamp) }
      summary.unchanged += 1
      return
    }
    let source = reader.source
    if entries.isFull { try putNext() }
    entries.add(slug) {
      var entry = try draft.entry(source: source)
      entry.stamp = stamp
      return entry
    }
  }

  /// Puts in the first of the posts that were parsed, or notes why not; false if there is none.
  @discardableResult
  private mutating func putNext() throws -> Bool {
    guard let first = entries.first else { return false }
    // Whatever becomes of the new version, the old one goes; it does while the new one is parsed.
    let place = try transaction.remove(slug: first)
    guard let (slug, made) = entries.next() else { return false }
    do {
      let entry = try made.get()
      try transaction.put(entry, in: place)
      tell(
        entry.faults.map { Refusal(file: entry.path, line: $0.line, reason: $0.reason) })
      changedBytes += entry.post.markdown.utf8.count
      if place == nil { summary.new.append(slug) } else { summary.changed.append(slug) }
    } catch let refusal as Refusal {
      claimed[slug] = nil
      summary.refused.append(refusal)
    }
    return true
  }

  /// Makes sure that it is known whether the file that claims this name goes in.
  private mutating func settle(_ slug: String) throws {
    while entries.holds(slug) { try putNext() }
  }

  /// A slug belongs to the first file that has it, and to the source it came from.
  private mutating func claim(
    _ slug: String, path: String, _ old: LibraryTransaction.Origin?
  ) throws(Refusal) {
    if let first = claimed[slug] { throw sameName(path, first) }
    if let old {
      guard old.source == reader.source else {
        throw Refusal(
          file: path,
          reason: "the source \(old.source) has a post of this name; rename one of them")
      }
      let others = old.path == path ? [] : zip(known, isAsItWas).filter { $0.0.slug == slug }
      if others.contains(where: \.1) { throw sameName(path, old.path) }
    }
    claimed[slug] = path
  }

  private func sameName(_ path: String, _ first: String) -> Refusal {
    Refusal(file: path, reason: "\(first) has the same name; rename one of them")
  }

  /// Takes out what the source no longer holds, and checks what only the whole can tell.
  ///
  /// The images come last, when it is known which posts show them.
  mutating func finish(
    demos: Set<String>, _ opened: any OpenSource, at now: Date, _ layout: FileStamp?
  ) throws -> SyncSummary {
    while try putNext() {}
    summary.refused.sort { $0.file.utf8.lexicographicallyPrecedes($1.file.utf8) }
    let gone = known.indices.filter { !isAsItWas[$0] && claimed[known[$0].slug] == nil }
    for slug in gone.map({ known[$0].slug }).sorted() {
      try transaction.remove(slug: slug)
      summary.removed.append(slug)
    }
    try checkDemos(demos)
    try checkLinks()
    var images = ImageRun(transaction, source: reader.source)
    try images.update(from: opened, at: now, layout)
    imageBytes = images.bytes
    tell(images.warnings)
    return summary
  }

  private mutating func checkDemos(_ demos: Set<String>) throws {
    for (path, demo) in try transaction.demos(ofSource: reader.source) where !demos.contains(demo) {
      summary.warnings.append(
        Refusal(file: path, reason: "this version has no demo \(demo); see `downlink demos`"))
    }
  }

  private mutating func checkLinks() throws {
    let broken = try transaction.brokenLinks(
      ofSource: reader.source, limit: Self.linksTold,
      countingTo: Self.linksTold + SyncSummary.mostUntold)
    for link in broken.first {
      summary.warnings.append(Refusal(file: link.path, line: link.line, reason: link.reason))
    }
    summary.untold += broken.count - broken.first.count
  }

  /// Warns of images like of links: up to a number.
  private mutating func tell(_ warnings: [Refusal]) {
    summary.warnings += warnings.prefix(Self.linksTold)
    summary.untold += max(0, warnings.count - Self.linksTold)
  }
}

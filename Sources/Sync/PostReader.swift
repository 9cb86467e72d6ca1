import Formula
import Foundation
import Markdown
import Posts

/// A post of a source, before the costly part of the work.
protocol PostDraft: Sendable {
  var slug: Slug { get }
  /// The path of its file within the source.
  var path: String { get }
  /// SHA-256 of all that the post is made from.
  var input: [UInt8] { get }
  /// What stands for it in the library if its file has this stamp; nil if it is made from more than
  /// its file.
  func stamp(_ file: FileStamp) -> FileStamp?
  /// Parses it and derives what search and links need.
  func entry(source: String) throws -> LibraryEntry
}

/// Turns the bytes of a file into a post, or says where and why not.
final class PostReader {
  let source: String
  /// Reads the sources that posts quote, when the first post does.
  private lazy var excerpts = Result(catching: readExcerpts)
  private let readExcerpts: () throws -> CodeExcerpts

  init(source: String, excerpts: @escaping () throws -> CodeExcerpts) {
    self.source = source
    readExcerpts = excerpts
  }

  /// A file that was read.
  struct Draft: PostDraft {
    var slug: Slug
    var path: String
    var input: [UInt8]
    /// The day of the file, for a post that names none.
    fileprivate var day: String
    fileprivate var file: PostFile
    fileprivate var markdown: FilledMarkdown

    func stamp(_ file: FileStamp) -> FileStamp? {
      if markdown.isFilled { return nil }
      return self.file.isDated ? file : file.covering(day: day)
    }

    func entry(source: String) throws -> LibraryEntry {
      try PostReader.entry(self, source: source)
    }
  }

  /// Reads as much of a file as tells whether it has changed.
  func draft(_ bytes: [UInt8], path: String, day: String = "") throws -> Draft {
    do {
      let file = try PostFile(bytes)
      let markdown = try FilledMarkdown(file) { try excerpts.get() }
      var hasher = SHA256()
      hasher.updateField(path)
      hasher.updateField(bytes)
      if markdown.isFilled { hasher.updateField(markdown.text) }
      if !file.isDated { hasher.updateField(day) }
      return Draft(
        slug: Slug(path: path), path: path, input: hasher.finalized(), day: day, file: file,
        markdown: markdown)
    } catch let fault as FrontMatter.Fault {
      throw Refusal(file: path, line: fault.line > 0 ? fault.line : nil, reason: fault.reason)
    }
  }

  /// Parses a draft and derives what search and links need.
  private static func entry(_ draft: Draft, source: String) throws(Refusal) -> LibraryEntry {
    let document = try document(draft)
    var front = try frontMatter(draft)
    front.complete(path: draft.path, date: draft.day, heading: document.firstHeading)
    let summary = PostSummary(
      slug: draft.slug, title: front.title, titleEnglish: front.titleEnglish, date: front.date,
      category: front.category, tags: front.tags, summary: front.summary, demo: front.demo)
    var entry = entry(
      Post(summary: summary, references: front.references, markdown: draft.markdown.text),
      document, source: source, path: draft.path, input: draft.input,
      unknownKeys: front.unknownKeys, line: draft.markdown.fileLine)
    entry.images = images(document) { ImagePath.resolved($0, fromPost: draft.path) }
    return entry
  }

  /// The images that a post shows, with their files; those of other places have none.
  static func images(_ document: Document, _ path: (String) -> String?) -> [PostImage] {
    document.imageSources.filter { $0.utf8.count <= ImagePath.longestName }.map { name in
      PostImage(name: name, path: path(name) ?? "")
    }
  }

  /// References told of one post: each is looked for in all of it.
  private static let mostFaults = 20

  /// What the library keeps of a post; `line` gives the line of its file for one of its Markdown.
  static func entry(
    _ post: Post, _ document: Document, source: String, path: String, input: [UInt8],
    unknownKeys: [String] = [], line: (Int) -> Int = { $0 }
  ) -> LibraryEntry {
    var readings = FormulaReadings()
    var entry = LibraryEntry(
      post: post, source: source, path: path, input: input,
      searchText: SearchText(document) { readings.reading(of: $0) },
      links: links(document, in: post.summary.slug, line), unknownKeys: unknownKeys)
    entry.faults = readings.unanswered.prefix(mostFaults).map { reference in
      LibraryEntry.Fault(
        line: line(document.line(of: reference.formula)),
        reason: "no equation of it has the label \(reference.label)")
    }
    return entry
  }

  private static func frontMatter(_ draft: Draft) throws(Refusal) -> FrontMatter {
    do {
      return try FrontMatter(of: draft.file)
    } catch {
      throw Refusal(file: draft.path, line: error.line + 1, reason: error.reason)
    }
  }

  private static func document(_ draft: Draft) throws(Refusal) -> Document {
    do {
      return try MarkdownParser.parse(draft.markdown.text)
    } catch {
      throw Refusal(
        file: draft.path, line: error.line.map(draft.markdown.fileLine), reason: error.reason)
    }
  }

  /// Links to other Markdown files and to headings, by slug and anchor.
  private static func links(
    _ document: Document, in slug: Slug, _ line: (Int) -> Int
  ) -> [LibraryEntry.Link] {
    document.links.filter { !$0.isImage }.compactMap { link in
      PostLink(link.destination, in: slug.string).map {
        LibraryEntry.Link(target: $0.slug, anchor: $0.anchor, line: line(link.line))
      }
    }
  }
}

/// A post out of a bundle: its front matter was read when the bundle was made.
struct BundledPost: PostDraft {
  var post: Post
  var path: String

  var slug: Slug { post.summary.slug }
  var input: [UInt8] { post.hash }
  func stamp(_ file: FileStamp) -> FileStamp? { file }

  func entry(source: String) throws -> LibraryEntry {
    do {
      let document = try MarkdownParser.parse(post.markdown)
      var entry = PostReader.entry(post, document, source: source, path: path, input: input)
      // The bundle knows its images by the post and the name, wherever their files were.
      entry.images = PostReader.images(document) { ImagePath.isElsewhere($0) ? nil : $0 }
      return entry
    } catch {
      throw Refusal(file: path, line: error.line, reason: error.reason)
    }
  }
}

/// How formulas may be asked for besides their TeX; macros hold from where they are defined.
private struct FormulaReadings {
  private var macros = FormulaMacros()
  private var labels: Set<String> = []
  private var references: [(label: String, formula: MathSpan)] = []

  /// References that no equation of the post answers.
  var unanswered: [(label: String, formula: MathSpan)] {
    references.filter { !labels.contains($0.label) }
  }

  mutating func reading(of span: MathSpan) -> String {
    let formula = ParsedFormula(span.tex, macros: macros)
    macros = formula.macros
    labels.formUnion(formula.labels)
    references += formula.referencedLabels.map { ($0, span) }
    return formula.searchText
  }
}

extension MarkdownError {
  fileprivate var line: Int? {
    switch self {
    case .tooDeep(let line), .tooManyFormulas(let line), .lostFormula(let line): line
    case .tooLarge, .outOfMemory: nil
    }
  }

  /// The sentence without the line that stands before it.
  fileprivate var reason: String {
    guard let line else { return description }
    return String(description.dropFirst("line \(line): ".count))
  }
}

extension Document {
  /// The line of the block that a formula stands in.
  fileprivate func line(of formula: MathSpan) -> Int {
    var line = 1
    visitInlines { inline, block in
      if case .math(formula) = inline { line = self.line(ofBlock: block) }
    }
    return line
  }
}

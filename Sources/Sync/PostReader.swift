import Formula
import Foundation
import Markdown
import Posts

/// Turns the bytes of a file into a post, or says where and why not.
struct PostReader {
  var source: String
  var excerpts: CodeExcerpts

  /// A file that was read, before the costly part of the work.
  struct Draft {
    var slug: Slug
    var path: String
    /// SHA-256 of all that the post is made from.
    var input: [UInt8]
    fileprivate var file: PostFile
    fileprivate var markdown: FilledMarkdown
  }

  /// Reads as much of a file as tells whether it has changed.
  func draft(_ bytes: [UInt8], path: String) throws(Refusal) -> Draft {
    let slug = try slug(of: path)
    do {
      let file = try PostFile(bytes)
      let markdown = try FilledMarkdown(file, excerpts: excerpts)
      var hasher = SHA256()
      hasher.updateField(path)
      hasher.updateField(bytes)
      if markdown.isFilled { hasher.updateField(markdown.text) }
      return Draft(
        slug: slug, path: path, input: hasher.finalized(), file: file, markdown: markdown)
    } catch {
      throw Refusal(file: path, line: error.line > 0 ? error.line : nil, reason: error.reason)
    }
  }

  /// Parses a draft and derives what search and links need.
  func entry(_ draft: Draft) throws(Refusal) -> LibraryEntry {
    let front = try frontMatter(draft)
    let document = try document(draft)
    var readings = FormulaReadings()
    let summary = PostSummary(
      slug: draft.slug, title: front.title, titleEnglish: front.titleEnglish, date: front.date,
      category: front.category, tags: front.tags, summary: front.summary, demo: front.demo)
    return LibraryEntry(
      post: Post(summary: summary, references: front.references, markdown: draft.markdown.text),
      source: source, path: draft.path, input: draft.input,
      searchText: SearchText(document) { readings.reading(of: $0) },
      links: links(document, draft), unknownKeys: front.unknownKeys)
  }

  /// The file's name is the post's name; its folders are for people.
  private func slug(of path: String) throws(Refusal) -> Slug {
    let name = path.split(separator: "/").last ?? ""
    let stem = name.split(separator: ".", omittingEmptySubsequences: false).dropLast()
    guard let slug = Slug(stem.joined(separator: ".")) else {
      throw Refusal(
        file: path, reason: "its name must be 1 to 64 of a to z, 0 to 9 and `-`, as in `ddpm.md`")
    }
    return slug
  }

  private func frontMatter(_ draft: Draft) throws(Refusal) -> FrontMatter {
    do {
      return try FrontMatter(yaml: draft.file.frontMatter)
    } catch {
      throw Refusal(file: draft.path, line: error.line + 1, reason: error.reason)
    }
  }

  private func document(_ draft: Draft) throws(Refusal) -> Document {
    do {
      return try MarkdownParser.parse(draft.markdown.text)
    } catch {
      throw Refusal(
        file: draft.path, line: error.line.map(draft.markdown.fileLine), reason: error.reason)
    }
  }

  /// Links to other Markdown files and to headings, by slug and anchor.
  private func links(_ document: Document, _ draft: Draft) -> [LibraryEntry.Link] {
    document.links.filter { !$0.isImage }.compactMap { link in
      PostLink(link.destination, in: draft.slug.string).map {
        LibraryEntry.Link(
          target: $0.slug, anchor: $0.anchor, line: draft.markdown.fileLine(link.line))
      }
    }
  }
}

/// How formulas may be asked for besides their TeX; macros hold from where they are defined.
private struct FormulaReadings {
  private var macros = FormulaMacros()

  mutating func reading(of span: MathSpan) -> String {
    let formula = ParsedFormula(span.tex, macros: macros)
    macros = formula.macros
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

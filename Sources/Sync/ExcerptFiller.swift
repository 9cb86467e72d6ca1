/// A post's Markdown with the code that it quotes filled in.
///
///     ```swift source=DDPM.swift#sampling
///     ```
struct FilledMarkdown {
  private(set) var text = ""
  /// Whether anything was filled in.
  private(set) var isFilled = false
  /// For each line of `text` the line of the file, counted from 1; empty where nothing was filled.
  private var fileLines: [Int] = []
  private let linesAbove: Int
  private var lines: [Substring] = []

  private struct Fence {
    var indent: Substring
    var mark: Character
    var length: Int
    var info: Substring

    /// The fence that a line opens, if it does.
    init?(_ line: Substring) {
      indent = line.prefix { $0 == " " }
      let rest = line.dropFirst(indent.count)
      guard indent.count <= 3, let mark = rest.first, mark == "`" || mark == "~" else { return nil }
      self.mark = mark
      length = rest.prefix { $0 == mark }.count
      info = rest.dropFirst(length)
      guard length >= 3, mark == "~" || !info.contains("`") else { return nil }
    }

    func isClosed(by line: Substring) -> Bool {
      guard let other = Fence(line) else { return false }
      return other.mark == mark && other.length >= length && other.info.allSatisfy(\.isWhitespace)
    }

    /// The file and region that the info string asks for.
    var source: Substring? {
      let words = info.split(whereSeparator: \.isWhitespace)
      guard words.first?.lowercased() == "swift" else { return nil }
      return words.first { $0.hasPrefix("source=") }?.dropFirst("source=".count)
    }
  }

  /// Fills in what is quoted; `excerpts` is asked for only if something is.
  init(_ file: PostFile, excerpts: () throws -> CodeExcerpts) throws {
    linesAbove = file.linesAbove
    guard Self.mayQuote(file.markdown) else {
      text = file.markdown
      return
    }
    let source = file.markdown.split(separator: "\n", omittingEmptySubsequences: false)
    var number = file.linesAbove
    var fence: Fence?
    var quotation: (fence: Fence, start: Int)?
    for line in source {
      number += 1
      if let open = quotation {
        guard open.fence.isClosed(by: line) else {
          guard line.allSatisfy(\.isWhitespace) else {
            throw FrontMatter.Fault(
              line: number, reason: "a block with source= must be empty; sync fills it")
          }
          continue
        }
        try fill(open.fence, from: try excerpts(), line: open.start)
        quotation = nil
        continue
      }
      if let open = fence {
        if open.isClosed(by: line) { fence = nil }
      } else if let opened = Fence(line) {
        if opened.source != nil {
          quotation = (opened, number)
          continue
        }
        fence = opened
      }
      append(line, number)
    }
    if let quotation {
      throw FrontMatter.Fault(line: quotation.start, reason: "this block of code has no end")
    }
    text = lines.joined(separator: "\n")
  }

  /// The line of the file that a line of the text came from.
  func fileLine(_ line: Int) -> Int {
    fileLines.isEmpty
      ? line + linesAbove : fileLines[min(max(line, 1), fileLines.count) - 1]
  }

  /// A quick look that spares most posts the slow one.
  private static func mayQuote(_ markdown: String) -> Bool {
    var markdown = markdown
    return markdown.withUTF8 { utf8 in
      let word = Array("source=".utf8)
      var i = 0
      while i + word.count <= utf8.count {
        if utf8[i] == word[0], word.indices.allSatisfy({ utf8[i + $0] == word[$0] }) { return true }
        i += 1
      }
      return false
    }
  }

  private mutating func append(_ line: Substring, _ number: Int) {
    lines.append(line)
    fileLines.append(number)
  }

  /// Writes the block with fences longer than any in the code.
  private mutating func fill(
    _ fence: Fence, from excerpts: CodeExcerpts, line: Int
  ) throws(FrontMatter.Fault) {
    let names = (fence.source ?? "").split(separator: "#", omittingEmptySubsequences: false)
    guard names.count == 2, !names[0].contains("/") else {
      throw FrontMatter.Fault(line: line, reason: "write source=File.swift#region, without a path")
    }
    let code: [Substring]
    do {
      code = try excerpts.excerpt(file: String(names[0]), region: String(names[1]))
    } catch {
      throw FrontMatter.Fault(line: line, reason: error.reason)
    }
    isFilled = true
    let longest = code.map { $0.drop { $0 == " " }.prefix { $0 == fence.mark }.count }.max() ?? 0
    let marks = String(repeating: fence.mark, count: max(fence.length, longest + 1))
    append(fence.indent + marks + fence.info, line)
    for codeLine in code { append(codeLine.isEmpty ? "" : fence.indent + codeLine, line) }
    append(fence.indent + marks, line)
  }
}

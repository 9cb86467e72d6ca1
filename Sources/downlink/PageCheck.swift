import ArgumentParser
import Canvas
import FoundationEssentials
import Markdown
import Typesetting

/// `downlink check --pages`: what must hold of the pages of a folder of Markdown, and their speed.
struct PageCheck {
  let folder: String
  let widths: [Int]

  /// So many faults are shown; the rest are only counted.
  private static let shown = 20

  func run(width: Int) throws {
    var outcome = Outcome()
    for path in try files() { measure(path, &outcome) }
    guard outcome.pages > 0 else {
      throw CommandError.unreadable(path: folder, reason: "it holds no Markdown that can be read")
    }
    try Output.withStandardOutput { output in
      for line in table(outcome, width: width) { try output.write(line) }
      for text in outcome.refused { try output.write(SafeText("refused: \(text)")) }
      for text in outcome.findings.prefix(Self.shown) { try output.write(SafeText(text)) }
    }
    if !outcome.findings.isEmpty { throw ExitCode(ExitStatus.doesNotHold) }
  }

  /// What was found and how long it took.
  private struct Outcome {
    var pages = 0
    var bytes = 0
    var rows = 0
    var faults: [PageSurvey.Fault: Int] = [:]
    var findings: [String] = []
    var refused: [String] = []
    var parsing = Duration.zero
    var layout = Duration.zero
    /// The largest document with the time from its bytes to its first screen.
    var largest = (path: "", bytes: 0, firstScreen: Duration.zero)
  }

  private func files() throws -> [String] {
    guard let paths = try? FileManager.default.subpathsOfDirectory(atPath: folder) else {
      throw CommandError.unreadable(path: folder, reason: "there is no such folder")
    }
    return paths.filter { $0.hasSuffix(".md") }.sorted()
  }

  private func measure(_ path: String, _ outcome: inout Outcome) {
    guard let data = FileManager.default.contents(atPath: "\(folder)/\(path)") else {
      return outcome.refused.append("\(path): the file cannot be read")
    }
    let text = String(decoding: data, as: UTF8.self)
    let clock = ContinuousClock()
    let document: Document
    let start = clock.now
    do {
      document = try MarkdownParser.parse(text)
    } catch {
      return outcome.refused.append("\(path): \(error)")
    }
    let parsed = clock.now
    if data.count > outcome.largest.bytes {
      showFirstScreen(of: document)
      outcome.largest = (path, data.count, start.duration(to: clock.now))
    }
    var survey = PageSurvey()
    let before = clock.now
    for width in widths { survey.measure(document, width: width) }
    outcome.layout += before.duration(to: clock.now)
    outcome.parsing += start.duration(to: parsed)
    outcome.pages += 1
    outcome.bytes += data.count
    outcome.rows += survey.rows
    for finding in survey.findings {
      outcome.faults[finding.fault, default: 0] += 1
      outcome.findings.append(
        "\(path):\(finding.line), \(finding.width) columns, \(finding.fault.name): \(finding.text)")
    }
  }

  /// Lays out blocks as the reader does before it draws for the first time.
  private func showFirstScreen(of document: Document) {
    let typesetter = Typesetter(document: document)
    var rows = 0
    var block = 0
    while rows < 50, block < typesetter.blockCount {
      rows += typesetter.lines(ofBlock: block).count
      block += 1
    }
  }

  // MARK: The table

  private func table(_ outcome: Outcome, width: Int) -> [Line] {
    var table = TextTable(width: width)
    func row(_ figure: String, _ bound: String, _ statement: String) {
      table.rows.append([figure, bound, statement].map { TextTable.Cell($0) })
    }
    for fault in PageSurvey.Fault.allCases {
      let count = outcome.faults[fault, default: 0]
      row("\(count)", "= 0", (count == 0 ? "" : "MISSED: ") + "rows with " + fault.name)
    }
    row("\(outcome.refused.count)", "", "files refused")
    let megabytes = Double(outcome.bytes) / 1e6
    row(rate(megabytes, outcome.parsing), "", "MB/s read")
    row(rate(megabytes * Double(widths.count), outcome.layout), "", "MB/s laid out and looked at")
    let largest = outcome.largest
    let firstScreen = Int((largest.firstScreen / .milliseconds(1)).rounded())
    row("\(firstScreen)", "", "ms to the first screen of \(largest.path), \(largest.bytes) bytes")
    let columns = widths.map { "\($0)" }.joined(separator: ", ")
    let head = "\(outcome.pages) files, \(outcome.rows) rows at \(columns) columns"
    return [Line(SafeText(head))] + table.lines
  }

  private func rate(_ megabytes: Double, _ time: Duration) -> String {
    let tenths = Int((10 * megabytes / max(time / .seconds(1), 1e-9)).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}

extension PageSurvey.Fault {
  fileprivate var name: String {
    switch self {
    case .tooWide: "more columns than the page"
    case .startsWithClosingMark: "a closing mark at the start"
    case .endsWithOpeningMark: "an opening mark at the end"
    case .controlCharacter: "a control character"
    case .blankAtEnd: "a blank at the end"
    }
  }
}

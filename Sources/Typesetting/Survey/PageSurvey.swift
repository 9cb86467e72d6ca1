import Canvas
package import Markdown

/// What must hold of every page that is printed, counted over many documents and widths.
///
/// The rows are looked at as a reader sees them; of how they were made only `continuation` is
/// believed, which tells a line that was broken from one that the author began.
package struct PageSurvey: Sendable {
  /// What must not be on a page.
  package enum Fault: String, CaseIterable, Hashable, Sendable {
    case tooWide, startsWithClosingMark, endsWithOpeningMark, controlCharacter, blankAtEnd
  }

  /// One row with a fault.
  package struct Finding: Hashable, Sendable {
    package var fault: Fault
    package var width: Int
    /// Line of the source where the block starts, counted from 1.
    package var line: Int
    package var text: String
  }

  package private(set) var findings: [Finding] = []
  package private(set) var rows = 0

  package init() {}

  /// Counts what is wrong on the page of a document at one width.
  package mutating func measure(_ document: Document, width: Int) {
    let typesetter = Typesetter(
      document: document, options: .init(width: width, theme: .plain, fitsWidth: true))
    for block in 0..<typesetter.blockCount {
      var above: TypesetLine?
      for row in typesetter.lines(ofBlock: block) {
        rows += 1
        let line = document.line(ofBlock: block)
        for fault in faults(of: row, below: above, width: width) {
          findings.append(Finding(fault: fault, width: width, line: line, text: row.line.text))
        }
        above = row
      }
    }
  }

  private func faults(of row: TypesetLine, below above: TypesetLine?, width: Int) -> [Fault] {
    let text = row.line.text
    var faults: [Fault] = []
    if DisplayWidth.standard.columns(of: text) > width { faults.append(.tooWide) }
    if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      faults.append(.controlCharacter)
    }
    guard let continuation = row.continuation else { return faults }
    if text.last == " " { faults.append(.blankAtEnd) }
    let first = text.first { !" ▎".contains($0) }
    if let first, LineBreaking.isForbiddenStart(first, afterBlank: continuation == .afterBlank) {
      faults.append(.startsWithClosingMark)
    }
    if let last = above?.line.text.last, LineBreaking.isForbiddenEnd(last) {
      faults.append(.endsWithOpeningMark)
    }
    return faults
  }
}

import Canvas

/// A laid-out document as plain text, for pipes and files.
package enum PlainText {
  /// The rows, one a line, without trailing blanks; a demo's card is a line that names it.
  package static func text(of typesetter: Typesetter) -> String {
    typesetter.lines.map { row(of: $0, labels: typesetter.options.labels) + "\n" }.joined()
  }

  private static func row(of line: TypesetLine, labels: PageLabels) -> String {
    for target in line.targets {
      if case .demo = target.kind { return "[\(labels.demo)]" }
    }
    var text = line.line.text
    while text.last == " " { text.removeLast() }
    return text
  }
}

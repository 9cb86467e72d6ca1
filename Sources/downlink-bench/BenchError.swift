/// Why something could not be measured.
enum BenchError: Error, CustomStringConvertible {
  case noFigure(command: String, complaint: String)
  case failed(demo: String, reason: String)
  case noTerminal
  case noCorpus(path: String)

  var description: String {
    switch self {
    case .noFigure(let command, let complaint): "There is no figure from: \(command)\n\(complaint)"
    case .failed(let demo, let reason): "The demo \(demo) failed: \(reason)"
    case .noTerminal: "There is no pseudo-terminal to show the reader's first frame on."
    case .noCorpus(let path): "There is no Markdown file below \(path)."
    }
  }
}

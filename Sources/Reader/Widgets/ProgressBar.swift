package import Canvas
import Typesetting

/// How far something is: a bar, and the same as a number.
package struct ProgressBar: Sendable {
  package var completed: Int
  package var total: Int
  package var appearance: Appearance

  package init(completed: Int, total: Int, appearance: Appearance) {
    self.completed = completed
    self.total = total
    self.appearance = appearance
  }

  /// From 0 to 1.
  package var fraction: Double {
    total > 0 ? min(max(Double(completed) / Double(total), 0), 1) : 0
  }

  package func line(_ width: Int) -> Line {
    let number = SafeText(" \(Int(fraction * 100))% \(completed)/\(total)")
    let block = appearance.displayWidth.columns(of: "█" as Character)
    let cells = max(0, width - appearance.displayWidth.columns(of: number)) / block
    let full = Int(Double(cells) * fraction)
    return Line([
      Span(SafeText(String(repeating: "█", count: full)), appearance.style(.heading5)),
      Span(SafeText(String(repeating: "░", count: cells - full)), appearance.style(.rule)),
      Span(number),
    ])
  }
}

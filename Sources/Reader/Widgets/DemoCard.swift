package import Canvas
package import DemoKit
import Typesetting

/// A demo where its post mentions it: what it is, how far it is, what it gave.
///
/// The card is made of rows and not drawn at a place, since it scrolls with the text around it.
package struct DemoCard: Sendable {
  package var description: DemoDescription
  package var outcome: DemoOutcome?
  package var appearance: Appearance
  /// Rows of a plot or a picture at most.
  package var pictureHeight: Int

  package init(
    _ description: DemoDescription, outcome: DemoOutcome?, appearance: Appearance,
    pictureHeight: Int = 12
  ) {
    self.description = description
    self.outcome = outcome
    self.appearance = appearance
    self.pictureHeight = max(3, pictureHeight)
  }

  private static let textLimit = 12

  /// The rows of the card, with its border.
  package func lines(width: Int) -> [Line] {
    guard width >= 8 else { return [Line(SafeText(description.id.string))] }
    let inner = width - 4
    var rows = summaryLines(inner)
    if let outcome {
      rows += statusLines(outcome, inner)
      let results = DemoResults(
        outcome, appearance: appearance, pictureHeight: pictureHeight,
        textLimit: DemoCard.textLimit
      ).lines(width: inner)
      if !results.isEmpty { rows += [Line()] + results }
    }
    return [edge("╭", "╮", title: description.id.string, width)]
      + rows.map { bordered($0, width) } + [edge("╰", "╯", title: hint.string, width)]
  }

  private func summaryLines(_ width: Int) -> [Line] {
    Paragraph(SafeText(description.summary))
      .lines(width: width, displayWidth: appearance.displayWidth)
  }

  private func statusLines(_ outcome: DemoOutcome, _ width: Int) -> [Line] {
    if case .running(let completed, let total) = outcome.status, total > 0 {
      return [ProgressBar(completed: completed, total: total, appearance: appearance).line(width)]
    }
    return Paragraph(outcome.sentence(appearance.messages), style: appearance.style(.heading5))
      .lines(width: width, displayWidth: appearance.displayWidth)
  }

  private var hint: SafeText {
    switch outcome {
    case nil: appearance.messages(.demoKeys)
    case .some(let outcome) where outcome.isRunning: appearance.messages(.demoKeysRunning)
    case .some: appearance.messages(.demoKeysAgain)
    }
  }

  private func edge(_ left: String, _ right: String, title: String, _ width: Int) -> Line {
    let displayWidth = appearance.displayWidth
    let dash = displayWidth.columns(of: "─" as Character)
    let corners = displayWidth.columns(of: SafeText(left + right)) + dash
    let text = SafeText(" \(title) ")
      .shortened(toColumns: max(0, width - corners), displayWidth: displayWidth)
    let rest = width - corners - displayWidth.columns(of: text)
    let style = appearance.style(.rule)
    return Line([
      Span(SafeText(left + "─"), style), Span(text, appearance.style(.heading5).adding(.bold)),
      Span(SafeText(String(repeating: "─", count: max(0, rest / dash))), style),
      Span(SafeText(String(repeating: " ", count: max(0, rest % dash)) + right), style),
    ])
  }

  private func bordered(_ line: Line, _ width: Int) -> Line {
    let bar = Span(SafeText("│ "), appearance.style(.rule))
    let bars = 2 * appearance.displayWidth.columns(of: bar.text)
    let room = max(0, width - bars)
    let cut = line.slice(columns: 0..<room, displayWidth: appearance.displayWidth)
    let padding = max(0, room - cut.width(appearance.displayWidth))
    return Line(
      [bar] + cut.spans + [
        Span(SafeText(String(repeating: " ", count: padding))),
        Span(SafeText(" │"), appearance.style(.rule)),
      ])
  }
}

extension DemoOutcome {
  /// How the run stands, in a sentence.
  package func sentence(_ messages: Messages) -> SafeText {
    switch status {
    case .running: return messages(.demoRunning)
    case .failed(let reason): return messages(.demoFailed, reason)
    case .finished(let seconds):
      let broken = claims.count { !$0.holds }
      let verdict =
        broken == 0
        ? messages(.demoHolds, "\(claims.count)") : messages(.demoBroken, "\(broken)")
      let time = messages(.demoSeconds, ShortNumber((seconds * 10).rounded() / 10).text)
      return verdict + SafeText(" · ") + time
    }
  }
}

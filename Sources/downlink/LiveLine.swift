import Canvas

/// A line that says how far a command has got, overwritten as it goes on.
///
/// It exists only on a terminal; elsewhere its calls do nothing.
struct LiveLine {
  private let columns: Int
  private let isShown: Bool
  private var lastShown: ContinuousClock.Instant?
  private let pause = Duration.milliseconds(80)

  init(_ streams: StandardStreams) {
    columns = streams.size.columns
    isShown = streams.allowLiveLine
  }

  /// Shows `text`, cut to the width, unless the last one is only just there.
  mutating func show(_ text: @autoclosure () -> SafeText) {
    guard isShown else { return }
    let now = ContinuousClock.now
    guard lastShown.map({ now - $0 >= pause }) ?? true else { return }
    lastShown = now
    Output.overwriteLine(with: text().prefix(columns: columns - 1))
  }

  /// Clears the line before something else is written.
  mutating func erase() {
    guard isShown, lastShown != nil else { return }
    lastShown = nil
    Output.overwriteLine(with: SafeText(""))
  }
}

extension SafeText {
  /// As much of the text as `columns` hold.
  func prefix(columns: Int) -> SafeText {
    var used = 0
    let kept = string.prefix { character in
      used += DisplayWidth.standard.columns(of: character)
      return used <= columns
    }
    return SafeText(kept)
  }
}

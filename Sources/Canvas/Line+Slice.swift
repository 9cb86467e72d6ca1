extension Line {
  /// The part of the line within a range of columns.
  ///
  /// A wide grapheme that the range cuts in half is left out and a blank stands in its place, so
  /// that what follows keeps its column.
  package func slice(
    columns range: Range<Int>, displayWidth: DisplayWidth = .standard
  ) -> Line {
    var result: [Span] = []
    var x = 0
    for span in spans {
      var piece = ""
      for character in span.text.string {
        let width = displayWidth.columns(of: character)
        let end = x + width
        if x >= range.lowerBound && end <= range.upperBound {
          piece.append(character)
        } else if x < range.upperBound && end > range.lowerBound {
          let kept = min(end, range.upperBound) - max(x, range.lowerBound)
          piece += String(repeating: " ", count: kept)
        }
        x = end
      }
      if !piece.isEmpty { result.append(Span(SafeText(piece), span.style)) }
      if x >= range.upperBound { break }
    }
    return Line(result)
  }
}

extension SafeText {
  /// The text cut to so many columns, with `…` where something is missing.
  package func shortened(
    toColumns columns: Int, displayWidth: DisplayWidth = .standard
  ) -> SafeText {
    guard displayWidth.columns(of: self) > columns else { return self }
    let ellipsis = displayWidth.columns(of: "…" as Character)
    guard columns >= ellipsis else { return SafeText("") }
    var kept = ""
    var width = 0
    for character in string {
      width += displayWidth.columns(of: character)
      if width > columns - ellipsis { break }
      kept.append(character)
    }
    return SafeText(kept + "…")
  }
}

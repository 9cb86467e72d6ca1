import Canvas
import Formula
import Markdown

/// Formulas where nothing may be wider than the page, and the marks that follow one.
extension FormulaLines {
  /// A display formula as text that can be broken into lines: its row, or its source.
  func line(of span: MathSpan, target: Int, page: Page) -> [Glyph] {
    let context = context(of: span, on: page)
    let formula = ParsedFormula(span.tex, macros: context.macros)
    guard !page.showsSource && !formula.isBroken else {
      let style = page.style(page.showsSource ? .mathVariable : .mathUnknown)
      let mark = formula.isBroken ? "! " : ""
      return .of(
        SafeText(mark + span.source), style: style, target: target, width: page.displayWidth)
    }
    let row = glyphs(of: formula.row(options: options(page)), page: page)
    let numbers = context.numbers.compactMap { $0 }.map { " " + $0 }.joined()
    let tag = [Glyph].of(SafeText(numbers), style: page.style(.mathTag), width: page.displayWidth)
    return row.joinedAsPieces(target: target) + tag
  }

  /// The rows of a drawing with marks behind the row of ordinary letters.
  ///
  /// Where a number stands at the right edge, they stand in the room before it.
  func appending(
    _ marks: [Glyph], to rows: [[Span]], of span: MathSpan, page: Page
  ) -> [[Span]] {
    let context = context(of: span, on: page)
    let formula = ParsedFormula(span.tex, macros: context.macros)
    var axis = rows.count - 1
    if !page.showsSource && !formula.isBroken {
      axis = formula.box(width: page.width, numbers: context.numbers, options: options(page)).axis
    }
    // In several lines the marks stand in the last, and a blank row parts lines.
    if let blank = rows.lastIndex(where: \.isBlank), axis <= blank {
      axis = (blank + rows.count) / 2
    }
    guard rows.indices.contains(axis) else { return rows }
    var glyphs = rows[axis].flatMap {
      [Glyph].of($0.text, style: $0.style, width: page.displayWidth)
    }
    let isNumbered = context.numbers.contains { $0 != nil }
    if isNumbered, let room = glyphs.lastBlanks(marks.columns + 1) {
      glyphs.replaceSubrange(room..<room + marks.columns, with: marks)
    } else {
      while glyphs.last?.isBlank == true { glyphs.removeLast() }
      glyphs += marks
    }
    var rows = rows
    rows[axis] = Row(glyphs).line.spans
    return rows
  }
}

extension [Span] {
  fileprivate var isBlank: Bool { allSatisfy { $0.text.string.allSatisfy { $0 == " " } } }
}

extension [[Glyph]] {
  /// The pieces of a formula in one text, which may break between them only.
  func joinedAsPieces(target: Int?) -> [Glyph] {
    enumerated().flatMap { index, piece in
      piece.enumerated().map { place, glyph in
        var glyph = glyph
        glyph.joint = place > 0 ? .glued : index > 0 ? .open : .natural
        glyph.target = target
        return glyph
      }
    }
  }
}

extension [Glyph] {
  /// Where the last run of so many blanks inside the text starts.
  fileprivate func lastBlanks(_ count: Int) -> Int? {
    var end = lastIndex { !$0.isBlank } ?? 0
    while end > 0 {
      guard let last = self[..<end].lastIndex(where: \.isBlank) else { return nil }
      let before = self[..<last].lastIndex { !$0.isBlank } ?? -1
      if last - before >= count && before >= 0 { return before + 1 }
      end = before
    }
    return nil
  }
}

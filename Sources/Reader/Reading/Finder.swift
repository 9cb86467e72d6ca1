import Canvas
import Foundation
import Typesetting

/// Finds words in laid-out rows, across the ends of rows, and in the TeX of formulas.
///
/// A row may have ended at a blank that is gone or between two ideographs; so where rows join, a
/// blank of the query may match and need not.
struct Finder {
  private let needles: [[Character]]
  /// Looked for in place of the needles.
  private let pattern: NSRegularExpression?
  /// When a regular expression is given up.
  let deadline = ContinuousClock.now + Finder.patience
  private let isCaseSensitive: Bool
  private let displayWidth: DisplayWidth

  /// A match within one item: the columns it covers in each of its rows.
  struct Match: Hashable, Sendable {
    var segments: [Segment]
  }

  struct Segment: Hashable, Sendable {
    var row: Int
    var columns: Range<Int>
  }

  /// Finds any of the words; a capital letter in one makes capitals matter.
  ///
  /// With `isPattern` the first word is a regular expression; one that is none finds nothing.
  init(_ words: [String], isPattern: Bool = false, displayWidth: DisplayWidth) {
    // `\W` is no capital.
    isCaseSensitive = words.contains { word in
      zip(" " + word, word).contains { $0 != "\\" && $1.isUppercase }
    }
    let isExact = isCaseSensitive
    pattern = isPattern ? Finder.pattern(words.first ?? "") : nil
    needles =
      isPattern ? [] : words.filter { !$0.isEmpty }.map { Array(isExact ? $0 : $0.lowercased()) }
    self.displayWidth = displayWidth
  }

  var isEmpty: Bool { needles.isEmpty && pattern == nil }

  func matches(in lines: [TypesetLine]) -> [Match] {
    let units = units(of: lines)
    let ranges = pattern.map { self.ranges(of: $0, in: units) } ?? needleRanges(in: units)
    // A blank that a row ended at is nothing to mark.
    let found = ranges.map { Match(segments: Finder.segments(of: units[$0])) }
      .filter { !$0.segments.isEmpty }
    return (found + formulaMatches(in: lines, besides: found)).sorted { one, other in
      let (left, right) = (one.segments[0], other.segments[0])
      return (left.row, left.columns.lowerBound) < (right.row, right.columns.lowerBound)
    }
  }

  /// The units of each match of a needle, the longest first.
  private func needleRanges(in units: [Unit]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    while start < units.count {
      let last = needles.compactMap { end(of: $0, at: start, in: units) }.max()
      if let last { found.append(start..<last) }
      start = max(last ?? 0, start + 1)
    }
    return found
  }

  /// A grapheme on the screen, or the seam between two rows.
  struct Unit {
    var character: Character
    var row: Int
    var columns: Range<Int>
    var isSeam: Bool { columns.isEmpty }
  }

  private func units(of lines: [TypesetLine]) -> [Unit] {
    var units: [Unit] = []
    for (row, line) in lines.enumerated() {
      let isCode = line.targets.contains { if case .code = $0.kind { true } else { false } }
      // A rule is nobody's text.
      if !isCode, line.line.text.allSatisfy({ "─━┄┼ ".contains($0) }) { continue }
      if !units.isEmpty {
        // Rows of code are lines of their own; other rows are one text.
        units.append(Unit(character: isCode ? "\n" : " ", row: row, columns: 0..<0))
      }
      // The number of a line of code is not its text.
      let codeStart = isCode ? line.targets.map(\.columns.lowerBound).min() ?? 0 : 0
      var column = 0
      var isIndent = true
      var kept = units.count
      for character in line.line.text {
        let width = displayWidth.columns(of: character)
        defer { column += width }
        if column < codeStart || isIndent && (character == " " || character == "▎") { continue }
        isIndent = false
        for folded in isCaseSensitive ? String(character) : character.lowercased() {
          units.append(Unit(character: folded, row: row, columns: column..<column + max(1, width)))
        }
        if character != " " { kept = units.count }
      }
      units.removeSubrange(kept...)
    }
    return units
  }

  /// The unit after a match that begins at `start`; nil if there is none.
  private func end(of needle: [Character], at start: Int, in units: [Unit]) -> Int? {
    guard !units[start].isSeam else { return nil }
    var index = start
    for (place, wanted) in needle.enumerated() {
      if index < units.count, units[index].isSeam, place > 0 {
        index += 1
        if wanted == " " { continue }
      }
      guard index < units.count, units[index].character == wanted else { return nil }
      index += 1
    }
    return index
  }

  private static func segments(of units: ArraySlice<Unit>) -> [Segment] {
    var segments: [Segment] = []
    for unit in units where !unit.isSeam {
      if let last = segments.last, last.row == unit.row {
        let columns =
          last.columns.lowerBound..<max(last.columns.upperBound, unit.columns.upperBound)
        segments[segments.count - 1].columns = columns
      } else {
        segments.append(Segment(row: unit.row, columns: unit.columns))
      }
    }
    return segments
  }

  /// Formulas whose TeX holds a needle that their drawn form does not show.
  private func formulaMatches(in lines: [TypesetLine], besides found: [Match]) -> [Match] {
    var segments: [Int: [Segment]] = [:]
    for (row, line) in lines.enumerated() {
      for target in line.targets {
        guard let source = target.kind.formulaSource, contains(source) else { continue }
        segments[target.id, default: []].append(Segment(row: row, columns: target.columns))
      }
    }
    let shown = found.flatMap(\.segments)
    return segments.values.filter { formula in
      !formula.contains { part in
        shown.contains { $0.row == part.row && $0.columns.overlaps(part.columns) }
      }
    }.map { Match(segments: $0) }
  }

  private func contains(_ source: String) -> Bool {
    let text = isCaseSensitive ? source : source.lowercased()
    if let pattern { return !ranges(of: pattern, in: text).isEmpty }
    return needles.contains { text.contains(String($0)) }
  }
}

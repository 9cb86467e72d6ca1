import Foundation

// Regular expressions, those of ICU.
extension Finder {
  /// What one find may take; an expression that tries every way of reading a text (`(a+)+b`) is
  /// given up then, so that no key is slow.
  static let patience = Duration.milliseconds(200)

  /// Nil if the text is no regular expression, such as one that is still being typed.
  static func pattern(_ text: String) -> NSRegularExpression? {
    try? NSRegularExpression(pattern: text, options: .anchorsMatchLines)
  }

  /// The units of each match that is not empty.
  func ranges(of pattern: NSRegularExpression, in units: [Unit]) -> [Range<Int>] {
    var text = ""
    /// For each UTF-16 unit of the text, the unit that it comes from.
    var origins: [Int] = []
    for (index, unit) in units.enumerated() where !isSilent(index, in: units) {
      text.append(unit.character)
      origins += Array(repeating: index, count: unit.character.utf16.count)
    }
    return ranges(of: pattern, in: text).map { range in
      origins[range.lowerBound]..<origins[range.upperBound - 1] + 1
    }
  }

  /// Each match that is not empty, in UTF-16 units of the text.
  func ranges(of pattern: NSRegularExpression, in text: String) -> [Range<Int>] {
    var found: [Range<Int>] = []
    pattern.enumerateMatches(
      in: text, options: .reportProgress, range: NSRange(location: 0, length: text.utf16.count)
    ) { match, _, stop in
      if let match, let range = Range(match.range), !range.isEmpty { found.append(range) }
      if match == nil, ContinuousClock.now > deadline { stop.pointee = true }
    }
    return found
  }

  /// Whether a seam joins two ideographs, between which there was no blank.
  private func isSilent(_ index: Int, in units: [Unit]) -> Bool {
    guard units[index].isSeam, units[index].character != "\n", index > 0, index + 1 < units.count
    else { return false }
    return units[index - 1].columns.count > 1 && units[index + 1].columns.count > 1
  }
}

/// Words that differ from what was typed by a slip of the fingers.
enum Spelling {
  /// How many slips are forgiven: one, or two in a word of eight letters or more.
  static func tolerance(_ word: String) -> Int { word.utf8.count < 8 ? 1 : 2 }

  /// The fewest letters to leave out, put in, replace, or swap with their neighbours, that make
  /// one word of the other; nil if they are more than `limit`.
  ///
  /// - Source: Damerau, "A technique for computer detection and correction of spelling errors",
  ///   1964; the restricted form, in which no letter is touched twice.
  static func distance(_ first: [UInt8], _ second: [UInt8], limit: Int) -> Int? {
    guard abs(first.count - second.count) <= limit else { return nil }
    var before: [Int] = []
    var above = Array(0...second.count)
    for i in 1..<(first.count + 1) {
      var row = [Int](repeating: i, count: second.count + 1)
      var least = i
      for j in 1..<(second.count + 1) {
        let cost = first[i - 1] == second[j - 1] ? 0 : 1
        var distance = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + cost)
        if i > 1, j > 1, first[i - 1] == second[j - 2], first[i - 2] == second[j - 1] {
          distance = min(distance, before[j - 2] + 1)
        }
        row[j] = distance
        least = min(least, distance)
      }
      if least > limit { return nil }
      before = above
      above = row
    }
    return above[second.count] <= limit ? above[second.count] : nil
  }

  /// The letters of a word as bits, by which most pairs are told apart at once.
  static func letters(_ word: some Sequence<UInt8>) -> UInt32 {
    word.reduce(0) { $0 | 1 << UInt32($1 & 31) }
  }
}

import GRDB

/// Queries that may be meant by one that finds nothing.
struct MeantWords {
  let database: Database
  let aids: SearchAids
  let time: SearchTime

  /// How many words are proposed for one.
  private static let proposed = 3

  // MARK: Spelling

  /// The query with the words corrected that no post has, the likeliest first.
  func spellings(of query: SearchQuery) throws -> [String] {
    try replacing(query) { word in
      try corrections(of: word).map { ($0, true) }
    }.map(\.query)
  }

  private func corrections(of word: String) throws -> [String] {
    guard word.utf8.count >= 3 else { return [] }
    let typed = Array(word.utf8)
    let letters = Spelling.letters(typed)
    let tolerance = Spelling.tolerance(word)
    var found: [(entry: Vocabulary.Entry, distance: Int)] = []
    // A slip is seldom in the first letter, and words with the same one are quickly read.
    for beginning in [String(word.prefix(1)), ""] where found.isEmpty && !time.isOver(0.5) {
      for length in max(3, typed.count - tolerance)...typed.count + tolerance {
        try time.limiting(database, to: 0.5) {
          let vocabulary = Vocabulary(database: database)
          try vocabulary.forEach(.latin, length: length, beginning: beginning) { entry in
            let other = Spelling.letters(entry.word.utf8)
            guard (letters ^ other).nonzeroBitCount <= 2 * tolerance,
              let distance = Spelling.distance(typed, Array(entry.word.utf8), limit: tolerance),
              distance > 0
            else { return }
            found.append((entry, distance))
          }
        }
      }
    }
    return found.sorted {
      ($0.distance, -$0.entry.posts, $0.entry.word) < ($1.distance, -$1.entry.posts, $1.entry.word)
    }.prefix(Self.proposed).map(\.entry.word)
  }

  // MARK: Pinyin

  /// A query with ideographs in the place of letters.
  struct Reading {
    var query: String
    /// Whether the letters are the ideographs' syllables in full.
    var isWhole: Bool
  }

  /// The query with ideographs in the place of the letters that no post has.
  func readings(of query: SearchQuery) throws -> [Reading] {
    let letters = query.terms.compactMap(\.latinWord)
    guard !letters.isEmpty else { return [] }
    let pinyin = aids.pinyin()
    // `kuo san` is one word that was typed as two.
    if letters.count == query.terms.count, letters.count > 1, query.exclusions.isEmpty,
      let typed = Pinyin.typed(letters.joined())
    {
      let joined = try ideographs(typed, pinyin).filter { $0.1 == .whole }
      if !joined.isEmpty { return joined.map { Reading(query: $0.0, isWhole: true) } }
    }
    return try replacing(query) { word in
      guard let typed = Pinyin.typed(word) else { return [] }
      return try ideographs(typed, pinyin).map { ($0.0, $0.1 == .whole) }
    }.map { Reading(query: $0.query, isWhole: $0.isWhole) }
  }

  private func ideographs(_ typed: [UInt8], _ pinyin: Pinyin) throws -> [(String, Pinyin.Match)] {
    var found: [(entry: Vocabulary.Entry, match: Pinyin.Match)] = []
    let vocabulary = Vocabulary(database: database)
    for first in pinyin.firsts(typed) where !time.isOver(0.5) {
      for length in 2...max(2, min(VocabularyCount.longestRun, typed.count)) {
        try time.limiting(database, to: 0.5) {
          try vocabulary.forEach(.ideographs, length: length, beginning: String(first)) { entry in
            if let match = pinyin.match(entry.word.unicodeScalars, typed) {
              found.append((entry, match))
            }
          }
        }
      }
    }
    return found.sorted {
      ($0.match, $0.entry.posts, $1.entry.word) > ($1.match, $1.entry.posts, $0.entry.word)
    }.prefix(Self.proposed).map { ($0.entry.word, $0.match) }
  }

  // MARK: Replacing

  /// The query with each word that no post has replaced by what `proposals` has for it.
  ///
  /// The first of the proposals of every word make the first query, and so on.
  private func replacing(
    _ query: SearchQuery, by proposals: (String) throws -> [(word: String, isWhole: Bool)]
  ) throws -> [(query: String, isWhole: Bool)] {
    var pieces: [[(word: String, isWhole: Bool)]] = []
    var isChanged = false
    for term in query.terms {
      guard let word = term.latinWord, try !isKnown(word) else {
        pieces.append([(term.typed, true)])
        continue
      }
      let proposed = try proposals(word)
      guard !proposed.isEmpty else { return [] }
      isChanged = true
      let field = term.field.map { $0.rawValue + ":" } ?? ""
      pieces.append(proposed.map { (field + $0.word, $0.isWhole) })
    }
    guard isChanged else { return [] }
    let excluded = query.exclusions.map(\.typed)
    return (0..<(pieces.map(\.count).max() ?? 0)).map { k in
      let chosen = pieces.map { $0[min(k, $0.count - 1)] }
      return (
        (chosen.map(\.word) + excluded).joined(separator: " "), chosen.allSatisfy(\.isWhole)
      )
    }
  }

  private func isKnown(_ word: String) throws -> Bool {
    let statement = try database.cachedStatement(
      sql: "SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT 1")
    return try Row.fetchOne(statement, arguments: ["\"\(word)\""]) != nil
  }
}

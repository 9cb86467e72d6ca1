import GRDB

/// All that the library has to say to a query: what holds it, what holds another name of it, and
/// if there is neither, what may have been meant.
struct LibraryAnswer {
  let database: Database
  let aids: SearchAids
  let limit: Int
  private let time: SearchTime
  private var known: Set<Slug> = []
  private(set) var results: [SearchResult] = []

  /// How many words are offered in the place of one.
  private static let offered = 3

  init(database: Database, query: SearchQuery, aids: SearchAids, limit: Int) throws {
    self.database = database
    self.aids = aids
    self.limit = limit
    time = SearchTime(limit: limit)
    try add(query, .query, limit: limit)
    guard !query.isEmpty, results.count < limit else { return }
    for other in aids.aliases.alternatives(to: query) {
      try add(SearchQuery(other.query), .alias(other.label), limit: limit - results.count)
    }
    guard results.isEmpty else { return }
    try addMeant(query)
    let loosened = query.loosened
    guard results.isEmpty, !loosened.terms.isEmpty else { return }
    try add(loosened, .anyWord, limit: limit)
  }

  /// Adds what a query finds and is not there yet.
  private mutating func add(
    _ query: SearchQuery, _ origin: SearchResult.Origin, limit: Int
  ) throws {
    guard limit > 0, !time.isOver(0.6) else { return }
    let search = LibrarySearch(database: database, query: query, time: time)
    let candidates = try search.candidates(limit: limit)
    for result in try search.results(candidates, origin: origin)
    where known.insert(result.post.slug).inserted {
      results.append(result)
    }
  }

  /// Adds what other words find that are spelt or read nearly so.
  ///
  /// Ideographs come first if the letters are their syllables in full: `tidu` is 梯度 before it is
  /// a slip for a word of four letters.
  private mutating func addMeant(_ query: SearchQuery) throws {
    let words = MeantWords(database: database, aids: aids, time: time)
    let readings = try words.readings(of: query)
    let whole = readings.filter(\.isWhole)
    let spellings = try words.spellings(of: query)
    let offers =
      whole.map { ($0.query, SearchResult.Origin.pinyin($0.query)) }
      + spellings.map { ($0, .spelling($0)) }
      + readings.filter { !$0.isWhole }.map { ($0.query, .pinyin($0.query)) }
    let first = offers.prefix(Self.offered)
    for (text, origin) in first {
      try add(SearchQuery(text + " "), origin, limit: max(1, limit / first.count))
    }
  }
}

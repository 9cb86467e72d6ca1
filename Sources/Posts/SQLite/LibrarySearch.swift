import GRDB

/// One query asked of the library: the index proposes, the text confirms, the title decides.
struct LibrarySearch {
  let database: Database
  let query: SearchQuery
  let time: SearchTime
  private let matcher: QueryMatcher

  /// Weights of body, title, headings, tags, category, demo, formulas and facets; those of the
  /// first four were measured.
  private static let weights = "bm25(1, 30, 6, 8, 8, 8, 1, 0)"
  /// How many of the best are looked at for their titles.
  private static let reranked = 50
  /// So many matches are no longer all ranked.
  private static let many = 1500
  /// How many proposals with signs are read before the search is content with what it has.
  private static let confirmed = 400

  init(database: Database, query: SearchQuery, time: SearchTime) {
    self.database = database
    self.query = query
    self.time = time
    matcher = QueryMatcher(query)
  }

  /// A post found, with what decides its place.
  struct Candidate {
    var id: Int64
    /// Higher is better.
    var score: Double
    var date = ""
    var slug = ""
    /// Whether every sign of the query stands in its text.
    var isExact = true

    /// The same, as one without the signs.
    var marked: Candidate {
      var marked = self
      marked.isExact = false
      return marked
    }
  }

  /// The posts in the order of the answer.
  func candidates(limit: Int) throws -> [Candidate] {
    let expression = MatchExpression(query)
    guard let match = expression.match else {
      return try newest(limit: limit, without: expression.exclusion)
    }
    if query.terms.allSatisfy(\.words.isEmpty), !query.terms.isEmpty {
      let written = try signs(match, columns: ["body", "title", "tags"], limit: limit)
      guard written.isEmpty, let read = MatchExpression(query, readings: true).match else {
        return written
      }
      return try signs(read, columns: ["formulas"], limit: limit)
    }
    let needsText = query.terms.contains(where: \.needsText)
    let wanted = max(limit, needsText ? Self.confirmed : Self.reranked)
    var found = try proposals(match, limit: wanted)
    if needsText { found = try confirm(found, limit: limit) }
    return Array(try rerank(found).prefix(limit))
  }

  // MARK: In the order of dates

  private func newest(limit: Int, without exclusion: String?) throws -> [Candidate] {
    let condition =
      exclusion == nil
      ? "" : "WHERE id NOT IN (SELECT rowid FROM search_index WHERE search_index MATCH ?)"
    var found: [Candidate] = []
    try time.limiting(database, to: 0.6) {
      found = try Int64.fetchAll(
        database,
        sql: "SELECT id FROM post \(condition) ORDER BY date DESC, slug LIMIT \(limit)",
        arguments: exclusion.map { [$0] } ?? []
      ).map { Candidate(id: $0, score: 0) }
    }
    return found
  }

  /// The newest posts that hold all signs; the index knows pairs, the text longer runs.
  private func signs(_ match: String, columns: [String], limit: Int) throws -> [Candidate] {
    let literals = query.terms.map(\.literal).filter { !Facets.query($0).isProof }
      .map { Array($0.utf8) }
    let text = try database.cachedStatement(
      sql: "SELECT \(columns.joined(separator: ", ")) FROM search_text WHERE id = ?")
    var found: [Candidate] = []
    try time.limiting(database, to: 0.6) {
      let ids = try Int64.fetchCursor(
        database,
        sql: """
          SELECT id FROM post INDEXED BY post_by_date
          WHERE id IN (SELECT rowid FROM search_index WHERE search_index MATCH ?)
          ORDER BY date DESC, slug
          """, arguments: [match])
      while found.count < limit, !time.isOver(0.6), let id = try ids.next() {
        if !literals.isEmpty {
          guard let row = try Row.fetchOne(text, arguments: [id]),
            literals.allSatisfy({ literal in
              columns.contains { ByteSearch.contains(literal, in: row.text($0)) }
            })
          else { continue }
        }
        found.append(Candidate(id: id, score: 0))
      }
    }
    return found
  }

  // MARK: In the order of relevance

  /// What the index finds.
  ///
  /// Where very many posts have the words, those that have them in title, headings or tags come
  /// first, and of the others the latest are ranked: the rest could only be told apart by how often
  /// they repeat a common word.
  private func proposals(_ match: String, limit: Int) throws -> [Candidate] {
    guard limit <= Self.confirmed, !query.terms.contains(where: \.needsText),
      let latest = try latestOfMany(match),
      let prominent = MatchExpression(query, prominent: true).match
    else { return try ranked(match, limit: limit) }
    var found = try ranked(prominent, limit: limit)
    guard found.count < limit else { return found }
    let known = Set(found.map(\.id))
    found += try ranked(match, limit: limit, from: latest).filter { !known.contains($0.id) }
    return Array(found.prefix(limit))
  }

  /// The row from which on `many` posts match; nil if there are fewer.
  private func latestOfMany(_ match: String) throws -> Int64? {
    var row: Int64?
    try time.limiting(database, to: 0.3) {
      row = try Int64.fetchOne(
        database,
        sql: """
          SELECT rowid FROM search_index WHERE search_index MATCH ?
          ORDER BY rowid DESC LIMIT 1 OFFSET \(Self.many)
          """, arguments: [match])
    }
    return row
  }

  /// The best matches; if that takes too long, some of them without an order.
  private func ranked(_ match: String, limit: Int, from row: Int64 = 0) throws -> [Candidate] {
    let condition = "search_index MATCH ? AND rowid >= \(row)"
    let ranked = """
      SELECT rowid, -rank AS score FROM search_index
      WHERE \(condition) AND rank MATCH '\(Self.weights)' ORDER BY rank LIMIT \(limit)
      """
    let unranked = "SELECT rowid, 0.0 AS score FROM search_index WHERE \(condition) LIMIT \(limit)"
    for (sql, share) in [(ranked, 0.5), (unranked, 0.6)] {
      var found: [Candidate] = []
      let isDone = try time.limiting(database, to: share) {
        let rows = try Row.fetchCursor(database, sql: sql, arguments: [match])
        while let row = try rows.next() {
          found.append(Candidate(id: Int64(row.integer("rowid")), score: row.number("score")))
        }
      }
      if isDone || !found.isEmpty { return found }
    }
    return []
  }

  /// Keeps the posts that have the query's signs as typed, and behind them, marked, those that have
  /// a name in TeX only, as `sum_k` stands in `\sum_{k}`; if none has them, those of whose formulas
  /// one is read so; and if there is none either, all of them, marked.
  private func confirm(_ candidates: [Candidate], limit: Int) throws -> [Candidate] {
    let statement = try database.cachedStatement(sql: "SELECT * FROM search_text WHERE id = ?")
    let columns = ["body", "title", "headings", "tags", "demo"]
    var written: [Candidate] = []
    var inTeX: [Candidate] = []
    var read: [Candidate] = []
    for candidate in candidates {
      guard written.count < limit, !time.isOver(0.6) else { break }
      guard let row = try Row.fetchOne(statement, arguments: [candidate.id]) else { continue }
      if confirms(row, columns) {
        if isLiteral(row, columns) { written.append(candidate) } else { inTeX.append(candidate) }
      } else if written.isEmpty, inTeX.isEmpty, confirms(row, ["formulas", "body"]) {
        read.append(candidate)
      }
    }
    if !written.isEmpty { return written + inTeX.map(\.marked) }
    if !inTeX.isEmpty { return inTeX }
    if !read.isEmpty { return read }
    return candidates.map(\.marked)
  }

  private func isLiteral(_ row: Row, _ columns: [String]) -> Bool {
    matcher.termsWithSigns.allSatisfy { term in
      columns.contains { matcher.isLiteral(term, in: row.text($0)) }
    }
  }

  private func confirms(_ row: Row, _ columns: [String]) -> Bool {
    matcher.termsWithSigns.allSatisfy { term in
      columns.contains { matcher.confirms(term, in: row.text($0)) }
    }
  }

  /// Lifts posts whose title has every word of the query; where equal, the newest first and then by
  /// their names, whatever the order in which they came into the library.
  private func rerank(_ candidates: [Candidate]) throws -> [Candidate] {
    var best = Array(candidates.prefix(Self.reranked))
    let statement = try database.cachedStatement(
      sql: """
        SELECT search_text.title, post.date, slug FROM post JOIN search_text USING (id) WHERE post.id = ?
        """)
    for k in best.indices {
      guard let row = try Row.fetchOne(statement, arguments: [best[k].id]) else { continue }
      (best[k].date, best[k].slug) = (row.text("date"), row.text("slug"))
      guard !query.needsAny else { continue }
      best[k].score *= TitleBoost.factor(title: row.text("title"), matcher: matcher)
    }
    return best.sorted { a, b in
      guard a.isExact == b.isExact else { return a.isExact }
      return (a.score, a.date) == (b.score, b.date)
        ? a.slug < b.slug : (a.score, a.date) > (b.score, b.date)
    }
      + candidates.dropFirst(Self.reranked)
  }

  // MARK: Results

  /// The results to show for these posts; no more of them once the time is over.
  func results(_ candidates: [Candidate], origin: SearchResult.Origin) throws -> [SearchResult] {
    let summaries = try database.cachedStatement(
      sql: "SELECT \(PostRow.summaryColumns) FROM post WHERE id = ?")
    let texts = try database.cachedStatement(sql: "SELECT * FROM search_text WHERE id = ?")
    var results: [SearchResult] = []
    for candidate in candidates where results.isEmpty || !time.isOver(0.75) {
      guard
        let summary = try Row.fetchOne(summaries, arguments: [candidate.id])
          .flatMap(PostRow.summary),
        let row = try Row.fetchOne(texts, arguments: [candidate.id])
      else { continue }
      let text = IndexedText(
        body: row.text("body"), readings: row.text("formulas"),
        outline: Outline(bytes: row.bytes("outline")))
      let excerpt = Excerpt(text, matcher: matcher)
      let headings = row.list("headings")
      let heading = excerpt.heading
      results.append(
        SearchResult(
          post: summary,
          heading: headings.indices.contains(heading - 1) ? headings[heading - 1] : "",
          snippet: excerpt.snippet, line: excerpt.line,
          origin: candidate.isExact ? origin : .withoutSigns))
    }
    return results
  }
}

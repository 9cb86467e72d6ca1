import GRDB

/// One search: the index proposes, the text confirms, the title decides, snippets are cut.
struct LibrarySearch {
  let database: Database
  let query: SearchQuery
  private let matcher: QueryMatcher
  private let expression: MatchExpression

  /// Weights of title, headings, tags, category, demo, body and formulas, measured in search.md.
  private static let weights = "bm25(30, 6, 8, 8, 8, 1, 1)"
  /// How many of the best are looked at for their titles.
  private static let reranked = 50
  /// How many proposals with signs are read before the search is content with what it has.
  private static let confirmed = 400

  init(database: Database, query: SearchQuery) {
    self.database = database
    self.query = query
    matcher = QueryMatcher(query.terms)
    expression = MatchExpression(query)
  }

  /// A post found, with what decides its place.
  struct Candidate {
    var id: Int64
    /// Higher is better.
    var score: Double
    var date: String
    /// Whether every sign of the query stands in its text.
    var isExact = true
  }

  /// The posts in the order of the answer.
  func ranked(limit: Int, within time: Duration) throws -> [Int64] {
    var candidates = try proposals(limit: max(limit, Self.reranked), within: time)
    if query.terms.contains(where: \.needsText) {
      candidates = try confirm(candidates, limit: limit)
    }
    if !query.terms.isEmpty { candidates = try rerank(candidates) }
    return candidates.prefix(limit).map(\.id)
  }

  /// What the index finds; if that takes too long, what it finds without an order.
  private func proposals(limit: Int, within time: Duration) throws -> [Candidate] {
    let count = query.terms.contains(where: \.needsText) ? Self.confirmed : limit
    let start = ContinuousClock.now
    do {
      return try database.limited(to: time) { try propose(limit: count, isRanked: true) }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
      // Somebody else's interruption comes before the time is over.
      guard start.duration(to: .now) >= time else { throw error }
      return try database.limited(to: time) { try propose(limit: count, isRanked: false) }
    }
  }

  private func propose(limit: Int, isRanked: Bool) throws -> [Candidate] {
    var arguments: [any DatabaseValueConvertible] = []
    var sql: String
    var conditions: [String] = []
    if let match = expression.match {
      sql = """
        SELECT post.id, \(isRanked ? "-search_index.rank" : "0.0") AS score, post.date
        FROM search_index JOIN post ON post.id = search_index.rowid
        """
      conditions.append("search_index MATCH ?")
      arguments.append(match)
      if isRanked { conditions.append("search_index.rank MATCH '\(Self.weights)'") }
    } else {
      sql = "SELECT post.id, 0.0 AS score, post.date FROM post"
    }
    if let exclusion = expression.exclusion {
      conditions.append(
        "post.id NOT IN (SELECT rowid FROM search_index WHERE search_index MATCH ?)")
      arguments.append(exclusion)
    }
    for literal in literals {
      conditions.append(
        """
        post.id IN (SELECT id FROM search_text
          WHERE instr(body, ?) > 0 OR instr(title, ?) > 0 OR instr(formulas, ?) > 0)
        """)
      arguments += [literal, literal, literal]
    }
    if !conditions.isEmpty { sql += " WHERE " + conditions.joined(separator: " AND ") }
    if expression.match == nil {
      sql += " ORDER BY post.date DESC, post.slug"
    } else if isRanked {
      sql += " ORDER BY search_index.rank"
    }
    return try Row.fetchAll(
      database, sql: sql + " LIMIT \(limit)", arguments: StatementArguments(arguments)
    ).map {
      Candidate(id: Int64($0.integer("id")), score: $0.number("score"), date: $0.text("date"))
    }
  }

  private var literals: [String] {
    query.terms.filter { $0.words.isEmpty && !$0.literal.isEmpty }.map(\.literal)
  }

  /// Keeps the posts that have the query's signs as typed; all of them if none has.
  private func confirm(_ candidates: [Candidate], limit: Int) throws -> [Candidate] {
    let terms = query.terms.indices.filter {
      query.terms[$0].needsText && !query.terms[$0].words.isEmpty
    }
    var exact: [Candidate] = []
    for candidate in candidates where exact.count < limit {
      guard let row = try searchText(candidate.id) else { continue }
      let isExact = terms.allSatisfy { term in
        ["body", "formulas", "title", "headings", "tags", "demo"].contains { column in
          matcher.confirms(term, in: row.text(column))
        }
      }
      if isExact { exact.append(candidate) }
    }
    return exact.isEmpty ? candidates : exact
  }

  /// Lifts posts whose title has every word of the query; the newest first where equal.
  private func rerank(_ candidates: [Candidate]) throws -> [Candidate] {
    var candidates = candidates
    let titles = try database.cachedStatement(sql: "SELECT title FROM search_text WHERE id = ?")
    for k in candidates.indices {
      guard let title = try Row.fetchOne(titles, arguments: [candidates[k].id])?.text("title")
      else { continue }
      candidates[k].score *= TitleBoost.factor(title: title, query: query, matcher: matcher)
    }
    return candidates.sorted { ($0.score, $0.date) > ($1.score, $1.date) }
  }

  /// The results to show for these posts.
  func results(_ ids: [Int64]) throws -> [SearchResult] {
    let statement = try database.cachedStatement(
      sql: "SELECT \(PostRow.summaryColumns) FROM post WHERE id = ?")
    return try ids.compactMap { id in
      guard let summary = try Row.fetchOne(statement, arguments: [id]).flatMap(PostRow.summary),
        let row = try searchText(id)
      else { return nil }
      let excerpt = Excerpt(
        body: row.text("body"), formulas: row.text("formulas"),
        outline: Outline(bytes: row.bytes("outline")), matcher: matcher)
      let headings = row.list("headings")
      let heading = excerpt.heading
      return SearchResult(
        post: summary, heading: headings.indices.contains(heading - 1) ? headings[heading - 1] : "",
        snippet: excerpt.snippet, line: excerpt.line)
    }
  }

  private func searchText(_ id: Int64) throws -> Row? {
    let statement = try database.cachedStatement(sql: "SELECT * FROM search_text WHERE id = ?")
    return try Row.fetchOne(statement, arguments: [id])
  }
}

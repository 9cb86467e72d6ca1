import Demos
import Foundation

/// S11 and S12: the program itself with the shipped posts.
struct BlogRows {
  private static let queries = ["diffusion", "policy", "gradient", "Transformer", "attention"]

  func rows() async throws -> [SearchRow] {
    try await BuiltReader.withLibrary { reader in
      [try await wholeProcess(reader), try await firstKey(reader)]
    }
  }

  private func wholeProcess(_ reader: BuiltReader) async throws -> SearchRow {
    let database = try await shellDatabase(reader)
    defer { try? FileManager.default.removeItem(atPath: database) }
    var ours: [Double] = []
    var theirs: [Double] = []
    for round in 0..<60 {
      let query = Self.queries[round % Self.queries.count]
      let start = Moment()
      try await reader.run(["search", query])
      ours.append(Moment.since(start).wall)
      let other = Moment()
      _ = try await Child.output(
        of: [
          "sqlite3", database,
          "SELECT slug, snippet(f, 1, '[', ']', '…', 20) FROM f WHERE f MATCH '\(query)*' "
            + "ORDER BY rank LIMIT 20",
        ])
      theirs.append(Moment.since(other).wall)
    }
    let ratio = ours.percentile(0.5) / theirs.percentile(0.5)
    return SearchRow(
      "S11", "`downlink search X` against `sqlite3`, whole process", must: "<= 6 (stretch 3)",
      measured: "\(ratio.fixed(1)) (\(ours.percentile(0.5).milliseconds) ms, best "
        + "\(((ours.min() ?? 0) / (theirs.min() ?? 1)).fixed(1)))", holds: ratio <= 6)
  }

  /// The blog as a plain FTS5 table for the shell.
  private func shellDatabase(_ reader: BuiltReader) async throws -> String {
    let path = reader.home + "/shell.sqlite"
    _ = try await Child.output(
      of: [
        "sqlite3", path,
        """
        ATTACH '\(reader.library)' AS library;
        CREATE VIRTUAL TABLE f USING fts5(slug, body);
        INSERT INTO f SELECT slug, body FROM library.post JOIN library.search_text USING (id);
        """,
      ])
    return path
  }

  private func firstKey(_ reader: BuiltReader) async throws -> SearchRow {
    var seconds: [Double] = []
    for _ in 0..<15 {
      seconds.append(
        try await PseudoTerminal().secondsFromKeyToResults(of: reader.program, reader.environment))
    }
    let middle = seconds.percentile(0.5)
    return SearchRow(
      "S12", "the blog: first key to results drawn", must: "<= 5 ms",
      measured: "\(middle.milliseconds) ms, best \((seconds.min() ?? 0).milliseconds)",
      holds: middle <= 0.005)
  }
}

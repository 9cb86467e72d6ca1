import ArgumentParser
import Foundation

/// The table of `make bench-search`: the search engine and its rivals on any folder of Markdown.
struct SearchBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Measure search, index and sync on a folder of Markdown.",
    discussion: """
      Queries of eleven kinds and known items are cut from the documents by a seeded generator; a \
      scan of the plain text is the truth. For speed the documents are repeated with small changes. \
      FTS5's tokenizers unicode61 and trigram, ripgrep, git and sqlite3 run beside it where they \
      are installed.
      """)

  @Argument(help: "A folder of Markdown files, of any names and any depth.")
  var corpus: String

  @Option(help: "Posts to measure speed with; the documents are repeated to reach it.")
  var documents = 30_000

  @Option(help: "Posts for the index beside trigram's and for the sync that finds nothing new.")
  var files = 10_000

  @Option(help: "Queries for recall, precision and latency.")
  var queries = 400

  @Option(help: "Random and hostile queries.")
  var hostile = 100_000

  @Option(help: "The seed of queries, known items and replicas.")
  var seed: UInt64 = 1

  @Option(help: "Only these rows, such as S1,S2.")
  var rows: String?

  @Option(help: "A folder for the libraries, which is kept and used again.")
  var keep: String?

  func run() async throws {
    let bench = try SearchWorkbench(
      corpus: URL(filePath: corpus), folder: keep.map { URL(filePath: $0) }, seed: seed)
    defer { bench.removeFolder() }
    let originals = bench.corpus.documents.count
    write("\(originals) documents, \(bench.corpus.characters) characters, seed \(seed)")
    let groups: [(names: [String], measure: () async throws -> [SearchRow])] = [
      (["S1", "S2", "S7"], { try await RecallRows(bench, queries: queries).rows() }),
      (["S4"], { try KnownItemRows(bench).rows() }),
      (["S9", "S10"], { try SuggestionRows(bench).rows() }),
      (["S6"], { try HostileRows(bench, count: hostile).rows() }),
      (["S5"], { try IndexRows(bench, files: files).rows() }),
      (["S8", "S13", "T17"], { try await SyncRows(bench, files: files).rows() }),
      (["S3"], { try await LatencyRows(bench, documents: documents, queries: queries).rows() }),
      (["S11", "S12"], { try await BlogRows().rows() }),
    ]
    let chosen = rows.map { Set($0.split(separator: ",").map(String.init)) }
    for group in groups where chosen?.isDisjoint(with: group.names) != true {
      for row in try await group.measure() { write(row.line) }
    }
  }
}

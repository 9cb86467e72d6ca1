import ArgumentParser
import Canvas
import DemoKit
import Demos
import FoundationEssentials
import Posts

/// `downlink stats`: figures of the library.
struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Show figures of the library.",
    discussion: """
      With --json, an object: posts, by_category (an object of counts), words (an ideograph is \
      one), formulas, demos, bytes, index_bytes, revision (syncs that changed something), \
      last_sync (ISO 8601 in UTC, or null), by_source (an object of objects: posts, words, \
      formulas, last_sync).
      """)

  @Flag(help: "Write JSON.")
  var json = false

  func run() throws {
    let settings = Settings.current()
    let statistics = try LibraryAccess(settings).open().statistics()
    try Output.withStandardOutput { output in
      if json {
        try output.write(statistics.json)
      } else {
        for line in lines(statistics, settings) { try output.write(line) }
      }
    }
  }

  private func lines(_ statistics: LibraryStatistics, _ settings: Settings) -> [Line] {
    var table = TextTable(width: settings.streams.size.columns)
    let counts: [(String, Int)] =
      [("posts", statistics.posts)]
      + statistics.postsByCategory.byCount.map { ("  \($0.key)", $0.value) } + [
        ("words", statistics.words), ("formulas", statistics.formulas),
        ("demos", Catalogue.demos.count), ("bytes", statistics.bytes),
        ("  of the index", statistics.indexBytes), ("revision", statistics.revision),
      ]
    table.rows = counts.map { name, count in [.init(name), .init("\(count)")] }
    return table.lines + [Line(SafeText("library     \(settings.library.path)")), Line()]
      + sources(statistics, width: settings.streams.size.columns)
  }

  private func sources(_ statistics: LibraryStatistics, width: Int) -> [Line] {
    var table = TextTable(width: width)
    table.rows = [["source", "posts", "words", "formulas", "last sync"].map { .init($0) }]
    table.rows += statistics.sources.sorted { $0.key < $1.key }.map { name, source in
      [
        .init(name), .init("\(source.posts)"), .init("\(source.words)"),
        .init("\(source.formulas)"), .init(source.lastSync ?? "-"),
      ]
    }
    return table.lines
  }
}

extension [String: Int] {
  /// The largest first, then by name.
  fileprivate var byCount: [(key: String, value: Int)] {
    sorted { ($1.value, $0.key) < ($0.value, $1.key) }
  }

  fileprivate var json: JSONValue {
    .object(sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .integer($0.value)) })
  }
}

extension LibraryStatistics {
  fileprivate var json: JSONValue {
    [
      "posts": .integer(posts), "by_category": postsByCategory.json, "words": .integer(words),
      "formulas": .integer(formulas), "demos": .integer(Catalogue.demos.count),
      "bytes": .integer(bytes), "index_bytes": .integer(indexBytes),
      "revision": .integer(revision),
      "last_sync": Self.json(sources.values.compactMap(\.lastSync).max()),
      "by_source": .object(
        sources.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, Self.json($0.value)) }),
    ]
  }

  private static func json(_ source: Source) -> JSONValue {
    [
      "posts": .integer(source.posts), "words": .integer(source.words),
      "formulas": .integer(source.formulas), "last_sync": json(source.lastSync),
    ]
  }

  private static func json(_ time: String?) -> JSONValue { time.map { .string($0) } ?? .null }
}

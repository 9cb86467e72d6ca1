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
      With --json, an object: posts, by_source and by_category (objects of counts), characters \
      (of text), formulas, demos, bytes, index_bytes, revision (syncs that changed something).
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
        ("characters", statistics.characters), ("formulas", statistics.formulas),
        ("demos", Catalogue.demos.count), ("bytes", statistics.bytes),
        ("  of the index", statistics.indexBytes), ("revision", statistics.revision),
      ]
    table.rows = counts.map { name, count in [.init(name), .init("\(count)")] }
    return table.lines + [Line(SafeText("library     \(settings.library.path)"))]
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
      "posts": .integer(posts), "by_source": postsBySource.json,
      "by_category": postsByCategory.json, "characters": .integer(characters),
      "formulas": .integer(formulas), "demos": .integer(Catalogue.demos.count),
      "bytes": .integer(bytes), "index_bytes": .integer(indexBytes),
      "revision": .integer(revision),
    ]
  }
}

import Demos

/// The table of figures, line by line as they are known.
struct FigureTable {
  private let nameWidth: Int
  private var below: [String] = []
  private var unsettled: [String] = []
  private var allocating: [String] = []
  private var bounded = 0
  private var rows = 0

  private static let columns = [
    ("ours", -10), ("theirs", -10), ("unit", 8), ("ratio", -6), ("range", -14),
    ("best/best", -9), ("must", -6), ("target", -6), ("malloc", -7), ("reached", 8),
  ]

  init(_ benchmarks: [Benchmark]) {
    nameWidth = benchmarks.map(\.name.count).max() ?? 0
  }

  var header: String {
    line("row", Self.columns.map(\.0))
  }

  /// The line of a row; its shortcomings are kept for the summary.
  mutating func add(_ benchmark: Benchmark, _ outcome: Outcome) -> String {
    let figure = benchmark.unit == "s" ? outcome.ourFigure : outcome.ratio
    let grade = figure.flatMap { figure in benchmark.bound?.grade(of: figure) }
    rows += 1
    if grade != nil { bounded += 1 }
    if grade == .missed { below.append(benchmark.name) }
    if outcome.isUnsettled { unsettled.append(benchmark.name) }
    if let allocations = outcome.allocations, allocations > 0 { allocating.append(benchmark.name) }
    let ratios = outcome.ratios
    let range = ratios.first.flatMap { first in
      ratios.last.map { "\(first.fixed(2))..\($0.fixed(2))" }
    }
    return line(
      benchmark.name,
      [
        Self.figure(outcome.ourFigure, benchmark.unit),
        outcome.theirFigure.map { Self.figure($0, benchmark.unit) } ?? "-", benchmark.unit,
        outcome.ratio?.fixed(2) ?? "-", range ?? "-", outcome.bestRatio?.fixed(2) ?? "-",
      ] + Self.texts(benchmark.bound) + [
        outcome.allocations.map { $0 == 0 ? "0" : $0.significant(2) } ?? "-",
        (grade?.rawValue ?? "-") + (outcome.isUnsettled ? " ~" : ""),
      ])
  }

  /// What the table comes to.
  var summary: [String] {
    var lines = [
      "",
      "must reached on \(bounded - below.count) of \(bounded) rows whose bound could be measured; "
        + "\(rows) rows in all",
    ]
    if !below.isEmpty { lines.append("MISSED: " + below.joined(separator: ", ")) }
    if !unsettled.isEmpty {
      lines.append(
        "~ median and best/best differ by more than a tenth, measure again when the machine is "
          + "quiet: " + unsettled.joined(separator: ", "))
    }
    if !allocating.isEmpty {
      lines.append(
        "malloc: buffers asked of the system for each step after warm-up, must be 0: "
          + allocating.joined(separator: ", "))
    }
    return lines
  }

  private func line(_ name: String, _ texts: [String]) -> String {
    let cells = zip(texts, Self.columns).map { text, column in text.padded(column.1) }
    let line = ([name.padded(nameWidth)] + cells).joined(separator: "  ")
    return String(line.reversed().drop { $0 == " " }.reversed())
  }

  private static func figure(_ value: Double, _ unit: String) -> String {
    switch value {
    case ..<1: value.fixed(4)
    case ..<100: value.fixed(2)
    default: value.fixed(unit == "s" ? 1 : 0)
    }
  }

  private static func texts(_ bound: Bound?) -> [String] {
    switch bound {
    case .atLeast(let must, let target): [must.significant(), target.significant()]
    case .atMost(let must, let target): ["≤" + must.significant(), "≤" + target.significant()]
    case nil: ["-", "-"]
    }
  }
}

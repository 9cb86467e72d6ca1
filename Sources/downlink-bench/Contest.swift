import Foundation

/// A program that prints its figure, and how to run it.
struct Contender {
  let command: [String]

  /// Runs it, on one core where asked, with variables of its own, beside `load` busy processes.
  init(
    _ command: [String], core: Int?, environment: [String: String] = [:], load: Int = 0
  ) {
    // One core of a virtual machine may be slower than the other, so both run on the same.
    let pinned = core.map { ["taskset", "-c", "\($0)"] } ?? []
    let variables = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    self.command = Self.neighbours(load) + ["env"] + variables + pinned + command
  }

  /// Starts busy processes, runs what follows, and ends them.
  private static func neighbours(_ load: Int) -> [String] {
    guard load > 0 else { return [] }
    let start = String(repeating: "yes >/dev/null & busy=\"$busy $!\"; ", count: load)
    return ["sh", "-c", start + "\"$@\"; status=$?; kill $busy; exit $status", "sh"]
  }

  /// What the last line of the output with a figure says.
  struct Figures {
    let figure: Double
    /// Known of our own programs.
    let allocations: Double?
  }

  /// Runs the program; the figure stands behind `label=`.
  func run(_ label: String) async throws -> Figures {
    let output = try await Child.output(of: command)
    let line = output.split(separator: "\n").last { $0.contains(label + "=") }
    guard let line, let figure = Self.number(label, in: line) else {
      throw BenchError.noFigure(command: command.joined(separator: " "), complaint: output)
    }
    return Figures(figure: figure, allocations: Self.number("malloc", in: line))
  }

  /// The number behind `name=`, which may be followed by blanks.
  private static func number(_ name: String, in line: Substring) -> Double? {
    guard let place = line.range(of: name + "=") else { return nil }
    let rest = line[place.upperBound...].drop { $0 == " " }
    return Double(rest.prefix { !$0.isWhitespace })
  }
}

/// What came of running two programs in turn, or ours alone.
struct Outcome {
  private(set) var ours: [Contender.Figures] = []
  private(set) var theirs: [Contender.Figures] = []

  /// Odd rounds begin with ours, even ones with theirs.
  static func of(
    _ ours: Contender, against theirs: Contender?, rounds: Int, label: String
  ) async throws -> Outcome {
    var outcome = Outcome()
    for round in 0..<(theirs == nil ? 1 : rounds) {
      let oursFirst = round.isMultiple(of: 2)
      if oursFirst { outcome.ours.append(try await ours.run(label)) }
      if let theirs { outcome.theirs.append(try await theirs.run(label)) }
      if !oursFirst { outcome.ours.append(try await ours.run(label)) }
    }
    return outcome
  }

  /// The ratios of our figure to theirs, round by round, sorted.
  var ratios: [Double] { zip(ours, theirs).map { $0.figure / $1.figure }.sorted() }
  var ratio: Double? { Self.median(ratios) }

  /// The ratio of the best figures, a check of the median of ratios.
  var bestRatio: Double? {
    guard let best = ours.map(\.figure).max(), let other = theirs.map(\.figure).max() else {
      return nil
    }
    return best / other
  }

  /// Whether the two ways to compare differ by more than a tenth, as on a busy machine.
  var isUnsettled: Bool {
    guard let ratio, let bestRatio else { return false }
    return abs(bestRatio / ratio - 1) > 0.1
  }

  var ourFigure: Double { Self.median(ours.map(\.figure)) ?? .nan }
  var theirFigure: Double? { Self.median(theirs.map(\.figure)) }
  var allocations: Double? { ours.compactMap(\.allocations).max() }

  private static func median(_ figures: [Double]) -> Double? {
    guard !figures.isEmpty else { return nil }
    let sorted = figures.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}

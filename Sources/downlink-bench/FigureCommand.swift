import ArgumentParser
import DemoKit
import Foundation
import Tensors

/// The table of `make bench`: the reader, the compute core and the demos.
struct FigureCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "figures",
    abstract: "Measure the reader, the compute core and the demos.",
    discussion: """
      Where PyTorch is installed ($PYTHON, else python3), rows with a twin in Tests/Baselines run \
      in turn with it, on one thread and one core. The ratio is the median over the rounds of ours \
      over theirs, by processor time. A row alone, without a twin to run beside, is printed as one \
      line of figures.
      """)

  @Argument(help: "Rows whose section (reader, core, demos) and name contain all these words.")
  var words: [String] = []

  @Option(help: "How often the two programs of a row run in turn.")
  var rounds = 5

  @Option(help: "The length of one window of steps.")
  var seconds = 0.2

  @Option(help: "The number of windows in each run, of which the median counts.")
  var windows = 5

  @Option(help: "Threads of the twins; with more than one, rates are those by the wall clock.")
  var threads: Int?

  @Option(help: "The core that both programs of a row are pinned to.")
  var core = 0

  @Flag(inversion: .prefixedNo, help: "Run the twins where PyTorch is installed.")
  var baseline = true

  @Flag(help: "Print the names of the rows.")
  var list = false

  @Flag(help: .hidden)
  var alone = false

  func run() async throws {
    let chosen = try rows()
    if list {
      for benchmark in chosen { write(benchmark.name) }
      return
    }
    if alone { return try await measure(chosen[0]) }
    let pyTorch = baseline ? await PyTorch.found() : nil
    if chosen.count == 1, contender(against: chosen[0], pyTorch) == nil {
      try await measure(chosen[0])
    } else {
      try await tabulate(chosen, pyTorch)
    }
  }

  private var effort: Effort { Effort(seconds: seconds, windows: max(1, windows)) }

  /// The row that is called so, else all that contain the words.
  private func rows() throws -> [Benchmark] {
    let name = words.joined(separator: " ")
    let sections = Section.allCases.map { ($0, $0.benchmarks) }
    if let row = sections.lazy.flatMap(\.1).first(where: { $0.name == name }) { return [row] }
    let chosen = sections.flatMap { section, benchmarks in
      benchmarks.filter { row in words.allSatisfy { "\(section) \(row.name)".contains($0) } }
    }
    guard !chosen.isEmpty else {
      throw ValidationError("No row is called “\(name)”; “--list” shows the names.")
    }
    return chosen
  }

  /// Measures a row in this process.
  private func measure(_ benchmark: Benchmark) async throws {
    for (name, value) in benchmark.environment { setenv(name, value, 1) }
    write(try await benchmark.measure(effort).line(benchmark.name, threads: benchmark.threads))
  }

  private func tabulate(_ benchmarks: [Benchmark], _ pyTorch: PyTorch?) async throws {
    write(
      "kernels \(kernelFlavour); "
        + (pyTorch.map { "twins on PyTorch \($0.version), \(rounds) rounds" } ?? "no PyTorch"))
    var table = FigureTable(benchmarks)
    write(table.header)
    for benchmark in benchmarks {
      do {
        let outcome = try await Outcome.of(
          contender(benchmark, core: core(for: benchmark)),
          against: contender(against: benchmark, pyTorch), rounds: max(1, rounds),
          label: Measurement.label(clock(of: benchmark), unit: benchmark.unit))
        write(table.add(benchmark, outcome))
      } catch {
        write("\(benchmark.name): \(error)")
      }
    }
    for line in table.summary { write(line) }
  }

  private func threads(of benchmark: Benchmark) -> Int { threads ?? benchmark.threads }

  private func clock(of benchmark: Benchmark) -> Benchmark.Clock {
    threads(of: benchmark) == 1 ? benchmark.clock : .wall
  }

  /// Where the programs of a row are pinned to: nowhere, if several threads or processes share them.
  private func core(for benchmark: Benchmark) -> Int? {
    clock(of: benchmark) == .processor ? core : nil
  }

  /// This program, with one row to measure.
  private func contender(_ benchmark: Benchmark, core: Int?) -> Contender {
    Contender(
      [
        Resources.executablePath(), "--alone", "--seconds", "\(seconds)", "--windows", "\(windows)",
        "--",
      ] + benchmark.name.split(separator: " ").map(String.init),
      core: core, load: benchmark.isCrowded ? ProcessInfo.processInfo.activeProcessorCount : 0)
  }

  /// What a row runs against, if that can run here.
  private func contender(against benchmark: Benchmark, _ pyTorch: PyTorch?) -> Contender? {
    let core = core(for: benchmark)
    switch benchmark.rival {
    case .twin(let twin):
      guard let command = try? pyTorch?.command(twin, effort, threads: threads(of: benchmark))
      else { return nil }
      return Contender(command, core: core, environment: benchmark.environment)
    case .row(let name):
      return Section.allCases.lazy.flatMap(\.benchmarks).first { $0.name == name }
        .map { contender($0, core: core) }
    case nil: return nil
    }
  }
}

import ArgumentParser
import Foundation

/// The program's benchmarks: what `make bench` and `make bench-search` print.
@main
struct Main: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "downlink-bench",
    abstract: "Measure the reader, the compute core, the demos and search.",
    subcommands: [FigureCommand.self, SearchBenchmark.self],
    defaultSubcommand: FigureCommand.self)
}

/// One line on standard output; a reader that has gone ends the program.
func write(_ line: String) {
  do {
    try FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
  } catch {
    Main.exit(withError: error)
  }
}

import Foundation

/// The program's benchmarks: the table of `make bench`.
///
/// `downlink-bench` runs every row; with words as arguments it runs the rows whose names contain
/// them all. `--seconds` and `--windows` set how long a row is measured.
@main
struct Main {
  static func main() {
    var words: [String] = []
    var seconds = 0.6
    var windows = 7
    var arguments = CommandLine.arguments.dropFirst()
    while let argument = arguments.popFirst() {
      switch argument {
      case "--seconds": seconds = arguments.popFirst().flatMap(Double.init) ?? seconds
      case "--windows": windows = arguments.popFirst().flatMap(Int.init) ?? windows
      default: words.append(argument)
      }
    }
    let all =
      diffusionBenchmarks + flowBenchmarks + languageBenchmarks + shardedBenchmarks
      + attentionBenchmarks + operationBenchmarks
    let chosen = all.filter { benchmark in
      words.allSatisfy { benchmark.name.contains($0) }
    }
    for benchmark in chosen {
      write(benchmark.run(windows: max(1, windows), seconds: seconds).line)
    }
    exit(chosen.isEmpty ? 64 : 0)
  }

  private static func write(_ line: String) {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
    } catch {
      exit(1)
    }
  }
}

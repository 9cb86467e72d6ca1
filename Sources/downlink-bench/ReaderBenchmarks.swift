import DemoKit
import Foundation

/// The program as a user starts it, in seconds from its start.
var readerBenchmarks: [Benchmark] {
  [
    Benchmark(
      seconds: "reader to first frame", by: .wall, bound: .atMost(0.010, target: 0.005)
    ) { effort in
      try await BuiltReader.withLibrary { reader in
        try await reader.repeated(effort) {
          try await PseudoTerminal().secondsToFirstFrame(of: reader.program, reader.environment)
        }
      }
    },
    command(["list"]),
    command(["search", "diffusion"]),
    command(["read", "ddpm"]),
  ] + firstScreenBenchmarks
}

private func command(_ arguments: [String]) -> Benchmark {
  Benchmark(seconds: "downlink " + arguments.joined(separator: " "), by: .wall) { effort in
    try await BuiltReader.withLibrary { reader in
      try await reader.repeated(effort) {
        let start = Moment()
        try await reader.run(arguments)
        return Moment.since(start).wall
      }
    }
  }
}

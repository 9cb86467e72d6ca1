/// The parts of the table, and the only list of its rows.
enum Section: String, CaseIterable {
  case reader, core, demos

  var benchmarks: [Benchmark] {
    switch self {
    case .reader: readerBenchmarks
    case .core:
      diffusionBenchmarks + flowBenchmarks + languageBenchmarks + digitsBenchmarks
        + shardedBenchmarks + attentionBenchmarks + checkpointBenchmarks + operationBenchmarks
    case .demos: demoBenchmarks
    }
  }
}

import DemoKit
import Demos

/// Every demo at its default, from its first event to its last, in seconds.
var demoBenchmarks: [Benchmark] {
  Catalogue.demos.map { demo in
    Benchmark(seconds: "demo \(demo.id)", by: .processor, bound: .atMost(20, target: 15)) { _ in
      let start = Moment()
      let outcome = try demo.perform(DemoRequest(id: demo.id)) { _ in }
      let spent = Moment.since(start)
      if case .failed(let reason) = outcome {
        throw BenchError.failed(demo: demo.id.string, reason: reason)
      }
      return Measurement(unit: "s", wall: [spent.wall], processor: [spent.processor])
    }
  }
}

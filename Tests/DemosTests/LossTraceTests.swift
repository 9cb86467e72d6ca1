import DemoKit
import Demos
import TestSupport
import Tensors
import Testing

/// The first losses of the demos that train, as bits.
///
/// Whatever changes the arithmetic of a model shows here first: in a kernel, in a layer, in the
/// order of random draws. `make record FILTER=LossTrace` takes such a change over.
struct LossTraceTests {
  /// How many points of its curves belong to a demo's trace.
  private static let length = 20

  /// Machines without fused multiply-add agree within rounding only.
  ///
  /// `llama` is not among these demos: it learns from the posts, and a new post changes its losses.
  @Test(
    .enabled(if: kernelFlavour != "baseline"),
    arguments: ["adamw", "ddim", "ddpm", "dpo", "gradient-checkpointing", "realnvp-glow", "vae"])
  func `a demo's first losses are golden`(name: String) async throws {
    let lines = try await Task { try Self.trace(DemoID(name)) }.value
    #expect(lines.count == Self.length)
    expectSnapshot(lines.joined(separator: "\n") + "\n", named: "losses-\(name)")
  }

  /// Runs a demo for as long as its trace takes: a step for each point, where it has steps.
  private static func trace(_ id: DemoID) throws -> [String] {
    let demo = try Catalogue.demo(id)
    var request = DemoRequest(id: id, preset: .quick)
    let steps = DemoRequest.Setting(name: "steps", value: .integer(100))
    if demo.description.parameters.contains(where: {
      $0.name == steps.name && $0.bounds.contains(steps.value)
    }) {
      request.settings = [steps]
    }
    var lines: [String] = []
    try Stopwatch.$clock.withValue(.ticking()) {
      try demo.perform(request) { message in
        guard case .event(.metric(let name, let step, let value)) = message else { return }
        if lines.count < length { lines.append(line(name, step, value)) }
        if lines.count == length { withUnsafeCurrentTask { $0?.cancel() } }
      }
    }
    return lines
  }

  private static func line(_ name: String, _ step: Int, _ value: Double) -> String {
    "\(name) \(step) 0x\(String(value.bitPattern, radix: 16)) \(value.significant(6))"
  }
}

import DemoKit
import Demos
import NN
import TestSupport
import Tensors
import Testing

/// The first losses of the demos that train, as bits.
///
/// Whatever changes the arithmetic of a model shows here first: in a kernel, in a layer, in the
/// order of random draws. `make record FILTER=LossTrace` takes such a change over.
struct LossTraceTests {
  /// How many points of a curve belong to a trace.
  private static let length = 20

  /// Machines without fused multiply-add agree within rounding only.
  ///
  /// `llama` is not among these demos: it learns from the posts, whose every edit changes its losses.
  @Test(
    .enabled(if: kernelFlavour != "baseline"),
    arguments: [
      ("adamw", 1), ("ddim", 1), ("ddpm", 1), ("dpo", 3), ("gradient-checkpointing", 1),
      ("nn-functional", 1), ("realnvp-glow", 1), ("vae", 1),
    ])
  func `a demo's first losses are golden`(name: String, curves: Int) async throws {
    let lines = try await Task { try Self.trace(DemoID(name), curves: curves) }.value
    expectSnapshot(lines.joined(separator: "\n") + "\n", named: "losses-\(name)")
  }

  @Test(.enabled(if: kernelFlavour != "baseline"))
  func `the first losses of the model of llama are golden`() {
    let tokens = Indices((0..<(4 * 65)).map { $0 * $0 % 61 }, shape: [4, 65])
    let parameters = Parameters(RandomSource(seed: 1))
    let model = LanguageModel(LLaMA().form(vocabulary: 61), in: parameters)
    let optimizer = AdamW(parameters, learningRate: 3e-3)
    let lines = (1...Self.length).map { step in
      let loss = crossEntropy(
        logits: model(tokens.columns(0..<64)), targets: tokens.columns(1..<65))
      loss.backward()
      optimizer.step()
      return Self.line("loss", step, Double(loss.item))
    }
    expectSnapshot(lines.joined(separator: "\n") + "\n", named: "losses-llama-model")
  }

  /// Runs a demo until that many of its curves have as many points as belong to a trace: a step for
  /// each point, where it has steps.
  private static func trace(_ id: DemoID, curves: Int) throws -> [String] {
    let demo = try Catalogue.demo(id)
    var request = DemoRequest(id: id, preset: .quick)
    let steps = DemoRequest.Setting(name: "steps", value: .integer(100))
    if demo.description.parameters.contains(where: {
      $0.name == steps.name && $0.bounds.contains(steps.value)
    }) {
      request.settings = [steps]
    }
    var names: [String] = []
    var lines: [String: [String]] = [:]
    try Stopwatch.$clock.withValue(.ticking()) {
      try demo.perform(request) { message in
        guard case .event(.metric(let name, let step, let value)) = message else { return }
        if lines[name] == nil { names.append(name) }
        if lines[name, default: []].count < length {
          lines[name, default: []].append(line(name, step, value))
        }
        if names.count(where: { lines[$0]?.count == length }) == curves {
          withUnsafeCurrentTask { $0?.cancel() }
        }
      }
    }
    let full = names.compactMap { lines[$0] }.filter { $0.count == length }
    #expect(full.count >= curves)
    return Array(full.prefix(curves).joined())
  }

  private static func line(_ name: String, _ step: Int, _ value: Double) -> String {
    "\(name) \(step) 0x\(String(value.bitPattern, radix: 16)) \(value.significant(6))"
  }
}

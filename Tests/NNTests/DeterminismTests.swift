import Foundation
import NN
import TestSupport
import Tensors
import Testing

/// Short trainings whose losses are the same bits on every machine with fused multiply-add.
struct DeterminismTests {
  @Test(arguments: ["avx512", "avx2", "baseline"])
  func `trainings give their golden losses`(flavour: String) async {
    // The kernels are chosen once, so each flavour needs a process of its own.
    await #expect(processExitsWith: .success) { [flavour] in
      setenv("DOWNLINK_KERNELS", flavour, 1)
      let losses = perceptronLosses() + transformerLosses()
      if kernelFlavour == "baseline" {
        expectClose(losses, goldenLosses.map { Float(bitPattern: $0) }, tolerance: 1e-3)
      } else {
        #expect(losses.map { $0.bitPattern } == goldenLosses)
      }
    }
  }

  @Test func `the same training twice gives the same bits`() {
    #expect(perceptronLosses() == perceptronLosses())
    #expect(transformerLosses() == transformerLosses())
  }
}

/// Ten losses of a perceptron, then ten of a transformer.
private let goldenLosses: [UInt32] = [
  0x3f08_f4d1, 0x3ed2_57b3, 0x3ecb_7a65, 0x3e94_134e, 0x3e68_c59d,
  0x3e28_aa0f, 0x3ea5_9c8d, 0x3e3f_c3f8, 0x3e18_2c18, 0x3e84_fe90,
  0x4033_1b48, 0x4028_bf3a, 0x401f_dcf1, 0x4013_d1f6, 0x4006_8571,
  0x3ffd_d49c, 0x3fd3_c34f, 0x3fad_63b7, 0x3f88_2c81, 0x3f5a_3f8e,
]

/// A perceptron that learns a wave.
private func perceptronLosses() -> [Float] {
  var random = RandomSource(seed: 9)
  let parameters = Parameters(random.split("weights"))
  let network = MLP([2, 40, 40, 1], in: parameters)
  let optimizer = AdamW(parameters, learningRate: 0.01)
  return (0..<10).map { _ in
    let x = random.normal([50, 2])
    let y = sin(x.sum(axis: 1, keepsAxis: true))
    let loss = meanSquaredError(network(x), y)
    loss.backward()
    optimizer.step()
    return loss.item
  }
}

/// A block of a transformer that learns to count.
private func transformerLosses() -> [Float] {
  var random = RandomSource(seed: 9)
  let parameters = Parameters(random.split("weights"))
  let embed = Embedding(16, 24, initializer: .normal(standardDeviation: 0.1), in: parameters)
  let attend = MultiHeadAttention(24, heads: 3, mask: .causal, in: parameters.scope("attend"))
  let norm = LayerNorm(24, in: parameters.scope("norm"))
  let feed = MLP([24, 48, 24], activation: .gelu, in: parameters.scope("feed"))
  let head = Linear(24, 16, bias: false, in: parameters.scope("head"))
  let optimizer = AdamW(parameters, learningRate: 0.01)
  return (0..<10).map { _ in
    let start = random.integers([6], below: 16).values
    let tokens = Indices(
      start.flatMap { first in (0...9).map { (first + $0) % 16 } }, shape: [6, 10])
    let x = embed(tokens.columns(0..<9))  // [B, T, C]
    let y = x + attend(norm(x))
    let logits = head(y + feed(y))  // [B, T, V]
    let loss = crossEntropy(logits: logits, targets: tokens.columns(1..<10))
    loss.backward()
    parameters.clipGradients(toNorm: 1)
    optimizer.step()
    return loss.item
  }
}

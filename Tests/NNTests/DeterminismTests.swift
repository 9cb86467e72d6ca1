import Foundation
import NN
import TestSupport
import Tensors
import Testing

/// Short trainings whose losses are the same bits on every machine with fused multiply-add, for any
/// number of threads.
struct DeterminismTests {
  @Test(arguments: kernelFlavours)
  func `trainings give their golden losses`(flavour: String) async {
    // The kernels are chosen once, so each flavour needs a process of its own.
    await #expect(processExitsWith: .success) { [flavour] in
      setenv("DOWNLINK_KERNELS", flavour, 1)
      for training in Training.all {
        for threads in [1, 2, 4] {
          let losses = try training.losses(threads)
          if kernelFlavour == "baseline" {
            let golden = training.golden.map { Float(bitPattern: $0) }
            expectClose(losses, golden, tolerance: 1e-3)
          } else {
            let bits = losses.map { $0.bitPattern }
            let found = "\(training.name), \(threads) threads: \(hexadecimal(bits))"
            #expect(bits == training.golden, "\(found)")
          }
        }
      }
    }
  }

  @Test func `the same training twice gives the same bits`() throws {
    for training in Training.all {
      #expect(try training.losses(1) == training.losses(1))
    }
  }
}

private func hexadecimal(_ bits: [UInt32]) -> String {
  bits.map { "0x" + String($0, radix: 16) }.joined(separator: ", ")
}

/// Twenty steps of a small model, each on a batch of its own.
///
/// A change of a kernel's arithmetic changes the golden losses: the test prints the new ones, which
/// must be close to the old and equal for all threads and flavours.
private struct Training: Sendable {
  let name: String
  let losses: @Sendable (_ threads: Int) throws -> [Float]
  let golden: [UInt32]

  init<Model>(
    _ name: String, golden: [UInt32], model: @escaping @Sendable (Parameters) -> Model,
    batch: @escaping @Sendable (inout RandomSource) -> Batch,
    loss: @escaping @Sendable (Model, Batch) -> Tensor
  ) {
    self.name = name
    self.golden = golden
    losses = { threads in
      var random = RandomSource(seed: 9)
      let parameters = Parameters(random.split("weights"))
      let gradient = ShardedGradient(
        of: model(parameters), parameters, threads: threads, replica: model, loss: loss)
      let optimizer = AdamW(parameters, learningRate: 0.01)
      return try (0..<20).map { _ in
        let loss = try gradient.backward(batch(&random))
        parameters.clipGradients(toNorm: 1)
        optimizer.step()
        return loss
      }
    }
  }

  static let all = [perceptron, convolution, transformer]

  /// A perceptron that learns a wave.
  private static let perceptron = Training(
    "perceptron",
    golden: [
      0x3f04_6ee2, 0x3ed0_1782, 0x3ecd_de9c, 0x3e97_3d07, 0x3e66_995b,
      0x3e26_af92, 0x3ea6_d198, 0x3e39_9f07, 0x3e16_1e0c, 0x3e84_9407,
      0x3e72_471c, 0x3e27_403c, 0x3dfb_b416, 0x3e42_5c9a, 0x3e20_edff,
      0x3de4_9d00, 0x3ecc_dcd0, 0x3e04_7ee8, 0x3de2_8351, 0x3e56_3e7c,
    ],
    model: { MLP([2, 40, 40, 1], in: $0) },
    batch: { random in
      let x = random.normal([52, 2])
      return Batch([x, sin(x.sum(axis: 1, keepsAxis: true))])
    }
  ) { network, batch in
    meanSquaredError(network(batch.tensors[0]), batch.tensors[1])
  }

  /// Convolutions that learn how bright a picture is where it is brightest.
  private static let convolution = Training(
    "convolution",
    golden: [
      0x3f66_792d, 0x3eeb_6ec0, 0x3e14_7fe1, 0x3b14_2f6c, 0x3df6_2025,
      0x3e21_3f8b, 0x3da9_b292, 0x3c04_3f56, 0x3c68_22ba, 0x3d20_6068,
      0x3d29_c535, 0x3c92_d2be, 0x39b8_0fd8, 0x3c3b_2802, 0x3cdc_f533,
      0x3c70_4360, 0x3b6e_cfc4, 0x3ae4_4780, 0x3c13_01a8, 0x3c5f_1d37,
    ],
    model: { Convolutions(in: $0) },
    batch: { random in
      let x = random.uniform([12, 8, 8, 2])
      return Batch([x, x.reshaped([12, 128]).max(axis: 1, keepsAxis: true)])
    }
  ) { network, batch in
    meanSquaredError(network(batch.tensors[0]), batch.tensors[1])
  }

  /// A block of a transformer that learns to count.
  private static let transformer = Training(
    "transformer",
    golden: [
      0x4033_3d85, 0x4028_a146, 0x4020_78cb, 0x4013_f0f0, 0x4007_43ff,
      0x3ffa_e5d8, 0x3fd6_0cbc, 0x3faa_ed78, 0x3f8c_3afb, 0x3f52_157f,
      0x3f19_4f98, 0x3efe_a3d8, 0x3ea3_9fed, 0x3e90_cc71, 0x3e5d_e96c,
      0x3dd6_c03b, 0x3d9c_85f2, 0x3d1d_dc5d, 0x3cdb_bd0e, 0x3c91_5100,
    ],
    model: { Counter(in: $0) },
    batch: { random in
      let start = random.integers([8], below: 16).values
      let tokens = start.flatMap { first in (0...9).map { (first + $0) % 16 } }
      return Batch(indices: [Indices(tokens, shape: [8, 10])])
    }
  ) { model, batch in
    crossEntropy(
      logits: model(batch.indices[0].columns(0..<9)), targets: batch.indices[0].columns(1..<10))
  }
}

/// Two convolutions with normalisation and pooling between them, and a linear layer.
private struct Convolutions {
  let first: Conv2D
  let norm: GroupNorm
  let second: Conv2D
  let head: Linear

  init(in parameters: Parameters) {
    first = Conv2D(2, 8, size: 3, padding: 1, in: parameters.scope("first"))
    norm = GroupNorm(groups: 2, 8, in: parameters.scope("norm"))
    second = Conv2D(8, 8, size: 3, activation: .silu, in: parameters.scope("second"))
    head = Linear(32, 1, in: parameters.scope("head"))
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    let y = averagePool(silu(norm(first(x))), size: 2)  // [B, 4, 4, 8]
    return head(second(y).reshaped([x.shape[0], 32]))
  }
}

/// A transformer of one block.
private struct Counter {
  let embed: Embedding
  let norm: LayerNorm
  let attend: MultiHeadAttention
  let feed: MLP
  let head: Linear

  init(in parameters: Parameters) {
    embed = Embedding(16, 24, initializer: .normal(standardDeviation: 0.1), in: parameters)
    norm = LayerNorm(24, in: parameters.scope("norm"))
    attend = MultiHeadAttention(24, heads: 3, mask: .causal, in: parameters.scope("attend"))
    feed = MLP([24, 48, 24], activation: .gelu, in: parameters.scope("feed"))
    head = Linear(24, 16, bias: false, in: parameters.scope("head"))
  }

  func callAsFunction(_ tokens: Indices) -> Tensor {
    let x = embed(tokens)  // [B, T, C]
    let y = x + attend(norm(x))
    return head(y + feed(y))  // [B, T, V]
  }
}

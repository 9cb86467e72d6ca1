package import DemoKit
import Tensors

/// FlashAttention: online softmax step by step, the tiles in plain tensors with every access to slow
/// memory counted, and the memory and the time of the kernels as sequences grow.
///
/// - Source: Dao, Fu, Ermon, Rudra, Ré, "FlashAttention: Fast and memory-efficient exact attention
///   with IO-awareness", 2022, arXiv:2205.14135.
package struct FlashAttention: Demo {
  package static let id = DemoID("flash-attention")
  package static let summary = "FlashAttention：在线 softmax 逐块走一遍；分块的前向与反向；内存、慢速内存流量与用时"

  /// The longest sequence whose memory and time are measured.
  package var length = 4_096
  /// The width of the head.
  package var width = 64
  package var mask = Mask.none
  /// Fast memory for the tiles, in KiB; the default is that of a streaming multiprocessor of an A100.
  package var fastMemory = 192
  package var seed = 1

  package enum Mask: String, CaseIterable, Sendable {
    case none, causal
  }

  package static let parameters: [Parameter<FlashAttention>] = [
    Parameter("length", \.length, in: 512...8_192),
    Parameter("width", \.width, in: 8...128),
    Parameter("mask", \.mask),
    Parameter("fast-memory", \.fastMemory, in: 32...1_024),
    Parameter("seed", \.seed, in: 0...1_000_000),
  ]

  package static var quick: FlashAttention {
    var demo = FlashAttention()
    demo.length = 2_048
    return demo
  }

  package static var thorough: FlashAttention {
    var demo = FlashAttention()
    demo.length = 8_192
    return demo
  }

  package init() {}

  package func run(emit: (DemoEvent) -> Void) throws {
    let random = RandomSource(seed: seed)
    let total = 2 * lengths.count + trafficLengths.count + fastMemories.count
    var completed = 0
    func step() throws {
      try Task.checkCancellation()
      completed += 1
      emit(.progress(completed: completed, total: total))
    }
    emit(.text("一个查询、八个键，每次只看两个：在线 softmax 记住的只有 `m`、`ℓ` 和 `o`。"))
    let online = onlineSoftmaxClaim(random.split("online"), emit)
    emit(.text("用普通张量写出分块的前向与反向，所有读写都经过一个会记账的慢速内存。"))
    let tiles = try tileClaims(random.split("tiles"), emit, step)
    emit(.text("再看内核：同一个注意力的两种形式，序列越来越长。"))
    let scaling = try scalingClaims(random.split("scaling"), emit, step)
    for claim in [online] + tiles + scaling { emit(.claim(claim)) }
  }
}

extension FlashAttention {
  /// Powers of two up to the longest sequence.
  var lengths: [Int] { Self.doublings(from: 128, to: length) }

  /// The tiles in plain tensors are slower than the kernels, so they stop earlier.
  var trafficLengths: [Int] { Self.doublings(from: 128, to: min(length, 2_048)) }

  /// Sizes of fast memory, in numbers, to compare the traffic of: several times d², so that the
  /// theorem applies.
  var fastMemories: [Int] { [96, 192, 384, 768].map { $0 * width } }

  private static func doublings(from first: Int, to last: Int) -> [Int] {
    sequence(first: first) { $0 * 2 <= last ? $0 * 2 : nil }.map { $0 }
  }

  var attentionMask: AttentionMask {
    switch mask {
    case .none: .none
    case .causal: .causal
    }
  }

  /// Queries, keys, values and a gradient of the result for one head.
  struct Inputs {
    let q: Tensor
    let k: Tensor
    let v: Tensor
    let slope: Tensor

    init(length: Int, width: Int, _ random: RandomSource) {
      var random = random.split(length)
      q = random.normal([length, width])
      k = random.normal([length, width])
      v = random.normal([length, width])
      slope = random.normal([length, width])
    }
  }

  /// An attention's result and its gradients.
  struct Results {
    var output: Tensor
    var gradients: [Tensor]

    /// The largest difference in the output or in a gradient; infinite where one is not a number.
    func difference(from other: Results) -> Double {
      let pairs = zip([output] + gradients, [other.output] + other.gradients)
      return pairs.reduce(0) { largest, pair in
        let difference = abs(pair.0 - pair.1)
        return difference.isFinite
          ? max(largest, Double(difference.scalars.max() ?? 0)) : .infinity
      }
    }
  }

  /// The kernels of one form, forward and backward, on one head.
  func kernelResults(_ form: AttentionForm, _ inputs: Inputs) -> Results {
    let tape = Tape()
    let head: Shape = [1, inputs.q.shape[0], 1, inputs.q.shape[1]]  // [B, T, H, K]
    let variables = [inputs.q, inputs.k, inputs.v].map {
      Tensor.variable($0.reshaped(head), on: tape)
    }
    let y = attention(
      variables[0], variables[1], variables[2], mask: attentionMask, form: form)
    y.backward(with: inputs.slope.reshaped(head))
    let flat = inputs.q.shape
    return Results(
      output: y.detached().reshaped(flat),
      gradients: variables.map { ($0.gradient ?? Tensor.zeros(head)).reshaped(flat) })
  }
}

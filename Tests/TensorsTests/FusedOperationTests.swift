import TestSupport
import Tensors
import Testing

/// A fused operation, its composed twin, and inputs for both.
private struct Pair {
  let name: String
  let inputs: [Tensor]
  let fused: ([Tensor]) -> Tensor
  let composed: ([Tensor]) -> Tensor

  static var all: [Pair] {
    var random = RandomSource(seed: 11)
    let rows = random.normal([50, 33])
    let classes = Indices((0..<50).map { $0 % 7 == 3 ? -100 : $0 * 5 % 33 })
    let weights = random.uniform([50]) * isLess(Tensor(0), random.normal([50]))
    let vector = { (random: inout RandomSource) in random.normal([33]) }
    var pairs = [
      Pair(
        name: "layerNorm", inputs: [rows, vector(&random), vector(&random)],
        fused: { layerNorm($0[0], gain: $0[1], bias: $0[2]) },
        composed: { composedLayerNorm($0[0], gain: $0[1], bias: $0[2]) }),
      Pair(
        name: "rmsNorm", inputs: [rows, vector(&random)],
        fused: { rmsNorm($0[0], gain: $0[1]) }, composed: { composedRMSNorm($0[0], gain: $0[1]) }),
    ]
    pairs.append(
      Pair(
        name: "linear without bias", inputs: [rows, random.normal([33, 20]) * 0.2],
        fused: { linear($0[0], $0[1], nil, activation: .tanh) },
        composed: { composedLinear($0[0], $0[1], nil, activation: .tanh) }))
    for activation in Activation.allCases {
      for width in [2, 33] {
        pairs.append(
          Pair(
            name: "linear \(width), \(activation)",
            inputs: [rows, random.normal([33, width]) * 0.2, random.normal([width])],
            fused: { linear($0[0], $0[1], $0[2], activation: activation) },
            composed: { composedLinear($0[0], $0[1], $0[2], activation: activation) }))
      }
    }
    return pairs + images(&random) + attentions(&random) + [
      Pair(
        name: "crossEntropy", inputs: [rows],
        fused: { crossEntropy(logits: $0[0], targets: classes, weights: weights) },
        composed: { composedCrossEntropy(logits: $0[0], targets: classes, weights: weights) }),
      Pair(
        name: "crossEntropy without weights", inputs: [rows],
        fused: { crossEntropy(logits: $0[0], targets: classes) },
        composed: { composedCrossEntropy(logits: $0[0], targets: classes) }),
    ]
  }

  /// Every mask and form, with as many heads of keys as of queries and with fewer.
  private static func attentions(_ random: inout RandomSource) -> [Pair] {
    let q = random.normal([2, 9, 6, 4])
    let masks: [AttentionMask] = [
      .none, .causal, .blockCausal(size: 4), .packed(lengths: [3, 6, 5, 4], causal: false),
      .packed(lengths: [9, 1, 8], causal: true),
    ]
    return masks.flatMap { mask in
      AttentionForm.allCases.flatMap { form in
        [6, 2].map { heads in
          Pair(
            name: "attention, \(mask), \(form), \(heads) heads",
            inputs: [q, random.normal([2, 9, heads, 4]), random.normal([2, 9, heads, 4])],
            fused: { attention($0[0], $0[1], $0[2], mask: mask, form: form) },
            composed: { composedAttention($0[0], $0[1], $0[2], mask: mask) })
        }
      }
    }
  }

  private static func images(_ random: inout RandomSource) -> [Pair] {
    let (images, weight) = (random.normal([2, 9, 7, 5]), random.normal([3, 3, 5, 6]) * 0.1)
    let small = random.normal([2, 4, 3, 6])
    let kernel = [images, weight, random.normal([6])]
    let norm = [images, random.normal([5]), random.normal([5])]
    return [(1, 1, Activation.relu), (2, 0, .none), (2, 1, .silu)].map {
      (stride, padding, activation) in
      Pair(
        name: "convolution, stride \(stride), padding \(padding)", inputs: kernel,
        fused: {
          convolution(
            $0[0], $0[1], $0[2], stride: stride, padding: padding, activation: activation)
        },
        composed: {
          composedConvolution(
            $0[0], $0[1], $0[2], stride: stride, padding: padding, activation: activation)
        })
    } + [
      Pair(
        name: "transposedConvolution", inputs: [small, weight],
        fused: { transposedConvolution($0[0], $0[1], stride: 2, padding: 1, outputPadding: 1) },
        composed: {
          composedTransposedConvolution($0[0], $0[1], to: [2, 8, 6, 5], stride: 2, padding: 1)
        }),
      Pair(
        name: "groupNorm", inputs: norm,
        fused: { groupNorm($0[0], groups: 5, gain: $0[1], bias: $0[2]) },
        composed: { composedGroupNorm($0[0], groups: 5, gain: $0[1], bias: $0[2]) }),
      Pair(
        name: "groupNorm of one group", inputs: norm,
        fused: { groupNorm($0[0], groups: 1, gain: $0[1], bias: $0[2]) },
        composed: { composedGroupNorm($0[0], groups: 1, gain: $0[1], bias: $0[2]) }),
    ]
  }

  /// Gradients of the output projected on fixed weights.
  func gradients(_ function: ([Tensor]) -> Tensor) -> [[Float]] {
    let tape = Tape()
    let variables = inputs.map { Tensor.variable($0, on: tape) }
    let y = function(variables)
    var random = RandomSource(seed: 3)
    y.backward(with: random.normal(y.shape))
    return variables.map { $0.gradient?.scalars ?? [] }
  }

  /// Gradients of the squared length of the gradient.
  func secondGradients(_ function: ([Tensor]) -> Tensor) -> [[Float]] {
    let tape = Tape()
    let variables = inputs.map { Tensor.variable($0, on: tape) }
    let y = function(variables)
    var random = RandomSource(seed: 3)
    let first = gradient(
      of: y, for: variables, seed: random.normal(y.shape), differentiable: true)
    let length = first.map { square($0).sum() }.reduce(Tensor(0)) { $0 + $1 }
    return gradient(of: length, for: variables).map(\.scalars)
  }
}

struct FusedOperationTests {
  @Test func `values equal those of the composed twins`() {
    for pair in Pair.all {
      let (fused, composed) = (pair.fused(pair.inputs), pair.composed(pair.inputs))
      #expect(fused.shape == composed.shape, "\(pair.name)")
      expectClose(fused.scalars, composed.scalars, tolerance: 1e-5)
    }
  }

  @Test func `gradients equal those of the composed twins`() {
    for pair in Pair.all {
      for (fused, composed) in zip(pair.gradients(pair.fused), pair.gradients(pair.composed)) {
        expectClose(fused, composed, tolerance: 1e-4)
      }
    }
  }

  @Test func `second derivatives equal those of the composed twins`() {
    for pair in Pair.all {
      let (fused, composed) = (
        pair.secondGradients(pair.fused), pair.secondGradients(pair.composed)
      )
      for (fused, composed) in zip(fused, composed) {
        expectClose(fused, composed, tolerance: 1e-3)
      }
    }
  }

  @Test func `queries are the last positions of longer keys`() {
    var random = RandomSource(seed: 2)
    let (q, k, v) = (
      random.normal([1, 5, 2, 4]), random.normal([1, 5, 1, 4]), random.normal([1, 5, 1, 4])
    )
    for mask in [AttentionMask.causal, .blockCausal(size: 2)] {
      for form in AttentionForm.allCases {
        let all = attention(q, k, v, mask: mask, form: form)
        let last = attention(q.slice(axis: 1, 3..<5), k, v, mask: mask, form: form)
        expectClose(last.scalars, all.slice(axis: 1, 3..<5).scalars, tolerance: 1e-5)
      }
    }
  }

  @Test func `a packed sequence gives what it gives alone`() {
    var random = RandomSource(seed: 2)
    let inputs = (0..<3).map { _ in random.normal([1, 7, 2, 4]) }
    for causal in [false, true] {
      let packed = attention(
        inputs[0], inputs[1], inputs[2], mask: .packed(lengths: [3, 4], causal: causal))
      for range in [0..<3, 3..<7] {
        let alone = inputs.map { $0.slice(axis: 1, range) }
        let y = attention(alone[0], alone[1], alone[2], mask: causal ? .causal : .none)
        expectClose(y.scalars, packed.slice(axis: 1, range).scalars, tolerance: 1e-5)
      }
    }
  }
}

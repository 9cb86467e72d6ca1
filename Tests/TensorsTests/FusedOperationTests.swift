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
    let vector = { (random: inout RandomSource) in random.normal([33]) }
    let heads = (0..<3).map { _ in random.normal([2, 9, 3, 4]) }
    var pairs = [
      Pair(
        name: "layerNorm", inputs: [rows, vector(&random), vector(&random)],
        fused: { layerNorm($0[0], gain: $0[1], bias: $0[2]) },
        composed: { composedLayerNorm($0[0], gain: $0[1], bias: $0[2]) }),
      Pair(
        name: "rmsNorm", inputs: [rows, vector(&random)],
        fused: { rmsNorm($0[0], gain: $0[1]) }, composed: { composedRMSNorm($0[0], gain: $0[1]) }),
    ]
    for mask in [AttentionMask.none, .causal] {
      pairs.append(
        Pair(
          name: "attention, \(mask)", inputs: heads,
          fused: { attention($0[0], $0[1], $0[2], mask: mask) },
          composed: { composedAttention($0[0], $0[1], $0[2], mask: mask) }))
    }
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
    return pairs + images(&random)
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

  @Test func `causal queries are the last positions of longer keys`() {
    var random = RandomSource(seed: 2)
    let (q, k, v) = (
      random.normal([1, 2, 2, 4]), random.normal([1, 5, 2, 4]), random.normal([1, 5, 2, 4])
    )
    let y = attention(q, k, v, mask: .causal)
    expectClose(
      y.scalars, composedAttention(q, k, v, mask: .causal).scalars, tolerance: 1e-5)
    let first = attention(
      q.slice(axis: 1, 0..<1), k.slice(axis: 1, 0..<4), v.slice(axis: 1, 0..<4))
    expectClose(y.slice(axis: 1, 0..<1).scalars, first.scalars, tolerance: 1e-5)
  }
}

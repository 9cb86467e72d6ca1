package import NN
package import Tensors

/// The steps of RealNVP and Glow: actnorm, a mixing of channels, an affine coupling; and the
/// multi-scale form that lets half of the channels go at each scale.
///
/// - Source: Kingma, Dhariwal, "Glow: generative flow with invertible 1x1 convolutions", 2018,
///   arXiv:1807.03039.
package struct Glow: Bijection {
  /// How a step mixes channels before its coupling.
  package enum Mixing: String, CaseIterable, Sendable {
    /// A learned 1x1 convolution, at first a random rotation.
    case convolution
    /// Channels in reverse order, as RealNVP lets halves take turns.
    case reverse
    /// A random order, fixed for each step.
    case shuffle
  }

  /// One scale: steps, and, but for the last, the coupling that tells what leaves from what stays.
  private struct Level {
    let steps: Chain
    let departure: AffineCoupling?
  }

  private let side: Int
  private let levels: [Level]

  /// A flow on images of `side * side` pixels with `depth` steps on each of `scales` scales.
  package init(
    side: Int, scales: Int = 2, depth: Int, width: Int, mixing: Mixing,
    in parameters: Parameters, _ random: RandomSource
  ) {
    self.side = side
    var channels = 1
    levels = (0..<scales).map { scale in
      channels *= 4
      let scope = parameters.scope("scale", scale)
      let steps = Chain(
        (0..<depth).flatMap { index -> [any Bijection] in
          let (scope, random) = (scope.scope("step", index), random.split(scale).split(index))
          return Glow.step(channels, width: width, mixing: mixing, in: scope, random)
        })
      guard scale + 1 < scales else { return Level(steps: steps, departure: nil) }
      let departure = Glow.coupling(channels, width: nil, in: scope.scope("departure"))
      channels /= 2
      return Level(steps: steps, departure: departure)
    }
  }

  // region: step
  private static func step(
    _ channels: Int, width: Int, mixing: Mixing, in parameters: Parameters, _ random: RandomSource
  ) -> [any Bijection] {
    [
      ActNorm(channels, in: parameters.scope("actnorm")),
      ChannelMixing(channels, mixing, in: parameters.scope("mixing"), random),
      coupling(channels, width: width, in: parameters.scope("coupling")),
    ]
  }

  /// A coupling of channels by a small convolutional network, or without `width` by one convolution.
  private static func coupling(
    _ channels: Int, width: Int?, in parameters: Parameters
  ) -> AffineCoupling {
    let half = channels / 2
    let hidden = width.map { width in
      [
        Conv2D(half, width, size: 3, padding: 1, activation: .relu, in: parameters.scope("first")),
        Conv2D(width, width, size: 1, activation: .relu, in: parameters.scope("second")),
      ]
    }
    let last = Conv2D(
      width ?? half, 2 * half, size: 3, padding: 1, in: parameters.scope("last"))
    last.weight.assign(.zeros(last.weight.shape))  // begins as the identity
    last.bias?.assign(.zeros([2 * half]))
    return AffineCoupling(half, in: parameters) { x in
      last((hidden ?? []).reduce(x) { x, layer in layer(x) })
    }
  }
  // endregion: step

  // region: scales
  package func callAsFunction(_ x: Tensor) -> (y: Tensor, logDeterminant: Tensor) {
    var left = x.reshaped([x.shape[0], side, side, 1])
    var gone: [Tensor] = []
    var total = Tensor(0)
    for level in levels {
      let (y, logDeterminant) = level.steps(spaceToDepth(left))  // [B, H / 2, W / 2, 4 C]
      total = total + logDeterminant
      left = y
      guard let departure = level.departure else { continue }
      let (z, departing) = departure(y)
      total = total + departing
      let half = z.shape[3] / 2
      gone.append(z.slice(axis: 3, half..<2 * half))
      left = z.slice(axis: 3, 0..<half)
    }
    return (concatenated((gone + [left]).map(\.flattened)), total)
  }

  package func inverse(_ y: Tensor) -> Tensor {
    var parts = latents(y)
    var left = parts.removeLast()
    for level in levels.reversed() {
      if let departure = level.departure {
        left = departure.inverse(concatenated([left, parts.removeLast()]))
      }
      left = depthToSpace(level.steps.inverse(left))
    }
    return left.flattened
  }
  // endregion: scales

  package func prepared(on x: Tensor) -> Tensor {
    var left = x.reshaped([x.shape[0], side, side, 1])
    for level in levels {
      left = level.steps.prepared(on: spaceToDepth(left))
      if level.departure != nil { left = left.slice(axis: 3, 0..<left.shape[3] / 2) }
    }
    return self(x).y
  }

  /// Cuts `[B, D]` into what left at each scale, and what stayed to the end.
  private func latents(_ y: Tensor) -> [Tensor] {
    var (start, side, channels) = (0, side, 1)
    return levels.map { level in
      (side, channels) = (side / 2, level.departure == nil ? 4 * channels : 2 * channels)
      let count = side * side * channels
      defer { start += count }
      return y.slice(axis: 1, start..<start + count)
        .reshaped([y.shape[0], side, side, channels])
    }
  }
}

/// One scale and shift for each channel, set so that the first batch has mean 0 and variance 1.
///
///     y = x ⊙ exp(s) + b,  log |det| = H W Σ s
package struct ActNorm: Bijection {
  private let logScale: Tensor  // [C]
  private let shift: Tensor  // [C]

  package init(_ channels: Int, in parameters: Parameters) {
    logScale = parameters.tensor("logScale", [channels], .zeros)
    shift = parameters.tensor("shift", [channels], .zeros)
  }

  // region: actnorm
  package func callAsFunction(_ x: Tensor) -> (y: Tensor, logDeterminant: Tensor) {
    (x * exp(logScale) + shift, logScale.sum() * Float(x.shape[1] * x.shape[2]))
  }

  package func inverse(_ y: Tensor) -> Tensor { (y - shift) * exp(-logScale) }

  package func prepared(on x: Tensor) -> Tensor {
    let rows = x.reshaped([x.count / x.shape[-1], x.shape[-1]])
    let logDeviation = log(rows.variance(axis: 0) + 1e-6) * 0.5
    logScale.assign(-logDeviation)
    shift.assign(-rows.mean(axis: 0) * exp(-logDeviation))
    return self(x).y
  }
  // endregion: actnorm
}

/// The same invertible matrix at every pixel: a 1x1 convolution.
///
/// A fixed order of the channels is the case of a permutation matrix that is not learned.
///
///     y = x W,  log |det| = H W log |det W|
package struct ChannelMixing: Bijection {
  private let weight: Tensor  // [C, C]

  package init(
    _ channels: Int, _ mixing: Glow.Mixing, in parameters: Parameters, _ random: RandomSource
  ) {
    var random = random
    switch mixing {
    case .convolution:
      weight = parameters.tensor("weight", [channels, channels], .zeros)
      weight.assign(randomRotation(channels, &random))
    case .reverse:
      weight = oneHot(Indices((0..<channels).reversed()), width: channels)
    case .shuffle:
      weight = oneHot(Indices(random.permutation(channels)), width: channels)
    }
  }

  // region: convolution
  package func callAsFunction(_ x: Tensor) -> (y: Tensor, logDeterminant: Tensor) {
    let logDeterminant = signAndLogDeterminant(weight).logarithm
    return (matmul(x, weight), logDeterminant * Float(x.shape[1] * x.shape[2]))
  }

  package func inverse(_ y: Tensor) -> Tensor { matmul(y, Tensors.inverse(weight)) }
  // endregion: convolution
}

/// A random orthogonal matrix: normal rows, each made orthogonal to those before it.
private func randomRotation(_ size: Int, _ random: inout RandomSource) -> Tensor {
  var rows: [Tensor] = []
  for _ in 0..<size {
    var row = random.normal([size])
    for other in rows { row = row - other * (row * other).sum() }
    rows.append(row / row.norm)
  }
  return stacked(rows)
}

extension Tensor {
  /// All axes but the first as one.
  var flattened: Tensor { reshaped([shape[0], count / shape[0]]) }

  /// The sum of each example's numbers.
  ///
  /// - Shape: `[B, ...]` gives `[B]`.
  var summedByExample: Tensor { flattened.sum(axis: 1) }
}

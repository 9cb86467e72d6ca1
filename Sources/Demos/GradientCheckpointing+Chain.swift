import DemoKit
import Foundation
import NN
import Tensors

/// A chain of residual layers, each of which costs the same and leaves the same behind.
///
///     x ← x + silu(x W + b) / √n
private final class ResidualChain {
  let depth: Int
  let parameters: Parameters
  /// How often a layer was computed since the last `measure` began.
  private(set) var evaluations = 0
  private let layers: [Linear]

  init(depth: Int, width: Int, _ random: RandomSource) {
    self.depth = depth
    let parameters = Parameters(random)
    self.parameters = parameters
    layers = (0..<depth).map {
      Linear(width, width, activation: .silu, in: parameters.scope("layer", $0))
    }
  }

  // region: chain
  private func layer(_ index: Int, _ x: Tensor) -> Tensor {
    evaluations += 1
    return x + layers[index](x) * (1 / Float(depth).squareRoot())
  }

  /// The mean square of what leaves the chain.
  func loss(_ x: Tensor, _ strategy: CheckpointStrategy) -> Tensor {
    square(strategy.apply(depth, to: x) { self.layer($0, $1) }).mean()
  }

  /// One forward and one backward pass; what they need at once, beside what they start from.
  func measure(_ x: Tensor, _ strategy: CheckpointStrategy) -> Measurement {
    evaluations = 0
    let bytes = MemoryUse.peakBytes { loss(x, strategy).backward() }
    return Measurement(
      peakBytes: bytes, evaluations: evaluations, gradients: parameters.gradients.scalars)
  }
  // endregion: chain

  struct Measurement {
    let peakBytes: Int
    let evaluations: Int
    let gradients: [Float]
  }
}

// MARK: - Growth

extension GradientCheckpointing {
  private static let strategies: [CheckpointStrategy] = [
    .none, .everyLayer, .squareRoot, .recursive,
  ]

  var depths: [Int] { (2...).lazy.map { 1 << (2 * $0) }.prefix { $0 <= depth }.map { $0 } }

  /// Bytes of what goes from layer to layer: the unit of all that is measured.
  private var unit: Int { batch * width * MemoryLayout<Float>.size }

  /// What was measured of one strategy, at each depth.
  private struct Growth {
    var peaks: [Int] = []
    var evaluations: [Int] = []
    var differingBits = 0
  }

  func growthClaims(_ random: RandomSource, _ emit: (DemoEvent) -> Void) throws -> [Claim] {
    var growth: [CheckpointStrategy: Growth] = [:]
    var gradientCount = 0
    for (number, depth) in depths.enumerated() {
      var random = random.split(depth)
      let chain = ResidualChain(depth: depth, width: width, random.split("weights"))
      let x = random.normal([batch, width])
      var plain: [Float] = []
      for strategy in Self.strategies {
        try Task.checkCancellation()
        let measured = chain.measure(x, strategy)
        if strategy == .none { plain = measured.gradients }
        growth[strategy, default: Growth()].peaks.append(measured.peakBytes)
        growth[strategy, default: Growth()].evaluations.append(measured.evaluations)
        growth[strategy, default: Growth()].differingBits += differences(measured.gradients, plain)
      }
      gradientCount += plain.count
      emit(.progress(completed: number + 1, total: depths.count + 3))
      emit(.plot(growthPlot(growth)))
    }
    emit(.table(growthTable(growth)))
    let found = Self.strategies.map { growth[$0] ?? Growth() }
    return [sameBitsClaim(found, gradientCount)]
      + zip(Self.strategies, found).compactMap { exponentClaim($0, $1.peaks) }
      + [logarithmClaim(found[3].peaks), evaluationsClaim(found)]
  }

  private func growthPlot(_ growth: [CheckpointStrategy: Growth]) -> Plot {
    Plot(
      title: "峰值字节随深度的增长", xLabel: "log₂ n", yLabel: "log₂ (峰值 / 一层激活)",
      series: Self.strategies.map { strategy in
        let peaks = growth[strategy]?.peaks ?? []
        return Plot.Series(
          strategy.name, x: zip(depths, peaks).map { log2(Double($0.0)) },
          y: peaks.map { log2(Double($0) / Double(unit)) })
      })
  }

  private func growthTable(_ growth: [CheckpointStrategy: Growth]) -> Table {
    Table(
      title: "峰值（以一层激活 \(unit) 字节为单位）",
      header: ["n"] + Self.strategies.map(\.name),
      rows: depths.indices.map { row in
        ["\(depths[row])"]
          + Self.strategies.map { strategy in
            (Double(growth[strategy]?.peaks[row] ?? 0) / Double(unit)).fixed(1)
          }
      })
  }

  private func sameBitsClaim(_ growth: [Growth], _ count: Int) -> Claim {
    let differing = growth.reduce(0) { $0 + $1.differingBits }
    return Claim(
      "链上的梯度与不设检查点时逐位相同（各深度共 \(count) 个数，不同的个数）", expected: "0",
      measured: "\(differing)", holds: differing == 0 && count > 0)
  }

  /// The exponent p of `peak ∝ n^p`: the slope in logarithms, by least squares.
  private func exponentClaim(_ strategy: CheckpointStrategy, _ peaks: [Int]) -> Claim? {
    guard strategy != .recursive else { return nil }
    let expected = strategy == .squareRoot ? 0.5 : 1
    let points = zip(depths, peaks).filter { $0.0 >= 64 }
    let p = slope(points.map { log2(Double($0.0)) }, points.map { log2(Double($0.1)) })
    return Claim(
      "\(strategy.name)：峰值 ∝ nᵖ，p", expected: "\(expected.fixed(1)) ± 0.05",
      measured: p.fixed(3), holds: abs(p - expected) <= 0.05)
  }

  /// With pieces in pieces a fourfold depth adds always the same.
  private func logarithmClaim(_ peaks: [Int]) -> Claim {
    let steps = zip(peaks.dropFirst(), peaks).map { Double($0 - $1) / Double(unit) }
    let (least, most) = (steps.min() ?? 0, steps.max() ?? .infinity)
    return Claim(
      "递归对半：深度每乘 4，峰值增加的层数不变（最少与最多）", expected: "相差 ≤ 0.5",
      measured: "\(least.fixed(2)) 与 \(most.fixed(2))", holds: least > 0 && most - least <= 0.5)
  }

  private func evaluationsClaim(_ growth: [Growth]) -> Claim {
    let n = depths[depths.count - 1]
    let counts = growth.map { $0.evaluations.last ?? 0 }
    let expected = [n, 2 * n, 2 * n, n * (1 + n.trailingZeroBitCount)]
    return Claim(
      "n = \(n) 时一层被计算的总次数（四种策略依次）",
      expected: "n, 2n, 2n, n(1 + log₂ n)",
      measured: counts.map { "\((Double($0) / Double(n)).significant())n" }.joined(separator: ", "),
      holds: counts == expected)
  }
}

// MARK: - Where to cut

extension GradientCheckpointing {
  static let cutDepth = 256

  /// Peaks of one chain cut into more and more pieces, beside what the formula says.
  func cutClaims(_ random: RandomSource, _ emit: (DemoEvent) -> Void) throws -> [Claim] {
    var random = random
    let n = Self.cutDepth
    let chain = ResidualChain(depth: n, width: width, random.split("weights"))
    let x = random.normal([batch, width])
    let counts = [1, 2, 4, 8, 12, 16, 20, 23, 26, 32, 48, 64, 96, 128, 192, 256]
    let measured = try counts.map { count in
      try Task.checkCancellation()
      return Double(chain.measure(x, .pieces(count)).peakBytes) / Double(unit)
    }
    // region: cut
    let predicted = counts.map { count in
      Double(count + 2 * ((n + count - 1) / count))  // the pieces' ends, and one piece in full
    }
    // endregion: cut
    emit(
      .plot(
        Plot(
          title: "\(n) 层切成 k 段的峰值", xLabel: "log₂ k", yLabel: "层",
          series: [
            Plot.Series("实测", x: counts.map { log2(Double($0)) }, y: measured),
            Plot.Series(
              "k + 2n/k", kind: .scatter, x: counts.map { log2(Double($0)) }, y: predicted),
          ])))
    let rest = zip(measured, predicted).map { $0 - $1 }
    let best = zip(counts, measured).min { $0.1 < $1.1 }?.0 ?? 0
    return [
      Claim(
        "切成 k 段的峰值减去 k + 2⌈n/k⌉ 层是常数（各 k 的最小与最大）", expected: "相差 ≤ 1 层",
        measured: "\((rest.min() ?? 0).fixed(2)) 与 \((rest.max() ?? 0).fixed(2))",
        holds: (rest.max() ?? .infinity) - (rest.min() ?? 0) <= 1),
      Claim(
        "n = \(n) 时峰值最小的段数", expected: "√(2n) ≈ 22.6 附近（20 到 26）",
        measured: "\(best)", holds: (20...26).contains(best)),
    ]
  }
}

/// How many numbers differ in any bit.
func differences(_ a: [Float], _ b: [Float]) -> Int {
  a.count == b.count ? zip(a, b).count { $0.bitPattern != $1.bitPattern } : max(a.count, b.count)
}

/// The slope of the line through points that misses them least.
private func slope(_ x: [Double], _ y: [Double]) -> Double {
  let count = Double(x.count)
  let (meanX, meanY) = (x.reduce(0, +) / count, y.reduce(0, +) / count)
  let products = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
  return products / x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
}

// MARK: - Time

extension GradientCheckpointing {
  /// What checkpoints cost, in forward passes that keep nothing: the least of several repetitions.
  func timeClaims(_ random: RandomSource) throws -> [Claim] {
    var random = random
    let chain = ResidualChain(depth: timedDepth, width: timedWidth, random.split("weights"))
    let x = random.normal([timedWidth, timedWidth])
    var forward = Double.infinity
    var whole = [Double](repeating: .infinity, count: Self.strategies.count)
    for _ in 0..<repetitions {  // in turn, so that a busy moment hits them all
      try Task.checkCancellation()
      forward = min(forward, seconds { _ = noGrad { chain.loss(x, .none) } })
      for (index, strategy) in Self.strategies.enumerated() {
        whole[index] = min(whole[index], seconds { chain.loss(x, strategy).backward() })
      }
    }
    return zip(Self.strategies, whole).dropFirst().map { strategy, seconds in
      let extra = (seconds - whole[0]) / forward
      let share = 100 * (seconds / whole[0] - 1)
      let expected = strategy == .recursive ? log2(Double(timedDepth)) : 1
      return Claim(
        "\(strategy.name)：额外时间是一次前向的几倍（占一步的百分比）",
        expected: "\(expected.significant(2)) 倍左右",
        measured: "\(extra.fixed()) 倍（+\(share.fixed(0))%）",
        holds: extra > 0.5 * expected && extra < 1.5 * expected, isTimed: true)
    }
  }

  private func seconds(_ body: () -> Void) -> Double {
    let stopwatch = Stopwatch()
    body()
    return stopwatch.seconds
  }
}

package import DemoKit
import Foundation
import NN
import Tensors

/// Adam with an L2 penalty and AdamW side by side: the formula, the shrinkage of the weights, where
/// they end on a quadratic, and a grid of learning rates and decays on digits.
///
/// - Source: Loshchilov, Hutter, "Decoupled weight decay regularization", 2019, arXiv:1711.05101.
package struct AdamWDemo: Demo {
  package static let id = DemoID("adamw")
  package static let summary = "Adam + L2 与 AdamW：单步公式、衰减与梯度尺度、二次函数、手写数字上的网格"

  package var learningRate = 0.003
  /// AdamW's decay in the middle of the grid.
  package var decay = 0.3
  /// Adam's L2 penalty in the middle of the grid.
  package var penalty = 0.003
  package var beta1 = 0.9
  package var beta2 = 0.999
  package var epsilon = 1e-8
  /// Rows and columns of the grid, a factor of √10 apart.
  package var gridSize = 5
  package var trainingImages = 300
  package var width = 64
  package var steps = 1_500
  package var batch = 50
  package var seed = 1

  package static let parameters: [Parameter<AdamWDemo>] = [
    Parameter("learning-rate", \.learningRate, in: 1e-5...0.1),
    Parameter("decay", \.decay, in: 1e-4...10),
    Parameter("penalty", \.penalty, in: 1e-6...1),
    Parameter("beta1", \.beta1, in: 0...0.99),
    Parameter("beta2", \.beta2, in: 0.9...0.9999),
    Parameter("epsilon", \.epsilon, in: 1e-12...1e-2),
    Parameter("grid-size", \.gridSize, in: 1...9),
    Parameter("training-images", \.trainingImages, in: 50...1_541),
    Parameter("width", \.width, in: 4...256),
    Parameter("steps", \.steps, in: 10...5_000),
    Parameter("batch", \.batch, in: 10...500),
    Parameter("seed", \.seed, in: 0...1_000_000),
  ]

  package static var quick: AdamWDemo {
    var demo = AdamWDemo()
    demo.gridSize = 3
    demo.steps = 60
    return demo
  }

  package static var thorough: AdamWDemo {
    var demo = AdamWDemo()
    demo.gridSize = 9
    demo.trainingImages = 1_541
    demo.width = 128
    demo.steps = 2_000
    return demo
  }

  package init() {}

  package func run(emit: (DemoEvent) -> Void) throws {
    let random = RandomSource(seed: seed)
    emit(.text("先核对公式：给同样的梯度，比较优化器与逐项写出的更新。"))
    let formula = Kind.allCases.map { formulaClaim($0, random.split("formula")) }
    emit(.text("再看衰减：同一串梯度乘上不同的尺度 c，权重因衰减而缩短多少？"))
    let shrinkage = try shrinkageClaims(random.split("shrinkage"), emit)
    emit(.text("在二次函数上走到底，两者停在不同的地方。"))
    let quadratic = try quadraticClaims(emit)
    emit(.text("最后在 \(trainingImages) 张手写数字上训练，学习率与衰减各取 \(gridSize) 个值。"))
    let digits = try digitsClaims(random.split("digits"), emit)
    for claim in formula + shrinkage + quadratic + digits { emit(.claim(claim)) }
  }
}

extension AdamWDemo {
  /// The two ways to let weights decay.
  enum Kind: CaseIterable {
    case coupled, decoupled

    var name: String {
      switch self {
      case .coupled: "Adam + L2"
      case .decoupled: "AdamW"
      }
    }
  }

  // region: optimizers
  /// The optimiser of a kind, whose λ goes into the gradient or straight to the weights.
  func optimizer(
    _ kind: Kind, _ parameters: Parameters, learningRate: Double, lambda: Double
  ) -> any Optimizer {
    let (beta1, beta2) = (Float(self.beta1), Float(self.beta2))
    return switch kind {
    case .coupled:
      Adam(
        parameters, learningRate: Float(learningRate), beta1: beta1, beta2: beta2,
        epsilon: Float(epsilon), penalty: Float(lambda))
    case .decoupled:
      AdamW(
        parameters, learningRate: Float(learningRate), beta1: beta1, beta2: beta2,
        epsilon: Float(epsilon), weightDecay: Float(lambda))
    }
  }
  // endregion: optimizers
}

// MARK: - The formula

extension AdamWDemo {
  /// Both optimisers as the post writes them, in Double.
  private struct WrittenOut {
    let demo: AdamWDemo
    let penalty: Double
    let decay: Double
    var theta: [Double]
    var m: [Double]
    var v: [Double]
    var t = 0.0

    init(_ kind: Kind, lambda: Double, start: [Float], demo: AdamWDemo) {
      self.demo = demo
      penalty = kind == .coupled ? lambda : 0
      decay = kind == .decoupled ? lambda : 0
      theta = start.map(Double.init)
      m = Array(repeating: 0, count: start.count)
      v = m
    }

    // region: formula
    mutating func step(_ gradients: [Float]) {
      t += 1
      for i in theta.indices {
        let g = Double(gradients[i]) + penalty * theta[i]
        m[i] = demo.beta1 * m[i] + (1 - demo.beta1) * g
        v[i] = demo.beta2 * v[i] + (1 - demo.beta2) * g * g
        let mean = m[i] / (1 - pow(demo.beta1, t))
        let square = v[i] / (1 - pow(demo.beta2, t))
        theta[i] -=
          demo.learningRate * (mean / (square.squareRoot() + demo.epsilon) + decay * theta[i])
      }
    }
    // endregion: formula
  }

  /// Ten steps of the optimiser beside ten of the formula.
  private func formulaClaim(_ kind: Kind, _ random: RandomSource) -> Claim {
    var random = random
    let lambda = 0.1
    let parameters = Parameters(random)
    let theta = parameters.tensor("theta", [200], .normal(standardDeviation: 1))
    let optimizer = optimizer(kind, parameters, learningRate: learningRate, lambda: lambda)
    var written = WrittenOut(kind, lambda: lambda, start: theta.scalars, demo: self)
    var largest = 0.0
    for _ in 0..<10 {
      let gradient = random.normal([200])
      (theta * gradient).sum().backward()
      optimizer.step()
      written.step(gradient.scalars)
      largest = max(largest, supremumDistance(theta.scalars.map(Double.init), written.theta))
    }
    return Claim(
      "\(kind.name) 的每一步等于逐项写出的公式（10 步的最大差）", expected: "≤ 2e-06",
      measured: largest.significant(2), holds: largest <= 2e-6)
  }
}

// MARK: - Shrinkage

extension AdamWDemo {
  /// How much shorter weights become by decay when all gradients are multiplied by a scale.
  private func shrinkageClaims(
    _ random: RandomSource, _ emit: (DemoEvent) -> Void
  ) throws -> [Claim] {
    let scales = [0, 0.01, 0.1, 1, 10, 100]
    var amounts: [Kind: [Double]] = [:]
    for kind in Kind.allCases {
      amounts[kind] = try scales.map { scale in
        try Task.checkCancellation()
        return weight(kind, lambda: 0, scale: scale, random)
          - weight(kind, lambda: 0.1, scale: scale, random)
      }
    }
    let (coupled, decoupled) = (amounts[.coupled] ?? [], amounts[.decoupled] ?? [])
    emit(
      .table(
        Table(
          title: "衰减使权重缩短多少", header: ["梯度尺度 c"] + Kind.allCases.map(\.name),
          rows: scales.indices.map { index in
            [scales[index], coupled[index], decoupled[index]].map { $0.significant() }
          })))
    let exact = 1 - pow(1 - 0.001 * 0.1, 100)
    let deviation = decoupled.map { abs($0 / exact - 1) }.max() ?? .infinity
    let ratio = coupled[1] / coupled[scales.count - 1]
    return [
      Claim(
        "AdamW 的缩短量等于 1 − (1 − ηλ)ⁿ，与 c 无关（最大相对差）", expected: "≤ 0.01",
        measured: deviation.significant(2), holds: deviation <= 0.01),
      Claim(
        "Adam + L2 的缩短量随 c 变小：c = 0.01 是 c = 100 的多少倍", expected: "≥ 100",
        measured: ratio.significant(), holds: ratio >= 100),
    ]
  }

  // region: shrinkage
  /// The mean of 1,000 weights that begin at 1, after 100 steps along random gradients.
  private func weight(
    _ kind: Kind, lambda: Double, scale: Double, _ random: RandomSource
  ) -> Double {
    var random = random
    let parameters = Parameters(random)
    let theta = parameters.tensor("theta", [1_000], .ones)
    let optimizer = optimizer(kind, parameters, learningRate: 0.001, lambda: lambda)
    for _ in 0..<100 {
      let gradient = random.normal([1_000]) * Float(scale)
      (theta * gradient).sum().backward()  // the gradient of theta is `gradient`
      optimizer.step()
    }
    return theta.scalars.reduce(0) { $0 + Double($1) } / 1_000
  }
  // endregion: shrinkage
}

// MARK: - A quadratic

extension AdamWDemo {
  /// f(θ) = ½ Σ h (θ - a)², whose minimum lies outside AdamW's box in one coordinate.
  private func quadraticClaims(_ emit: (DemoEvent) -> Void) throws -> [Claim] {
    let (curvature, minimum, lambda) = ([10.0, 1.0], [3.0, -0.5], 0.5)
    let expected: [Kind: [Double]] = [
      .coupled: zip(curvature, minimum).map { $0 * $1 / ($0 + lambda) },
      .decoupled: minimum.map { min(max($0, -1 / lambda), 1 / lambda) },
    ]
    var series: [Plot.Series] = []
    var claims: [Claim] = []
    for kind in Kind.allCases {
      let path = try descend(kind, curvature, minimum, lambda: lambda)
      let target = expected[kind] ?? []
      let (end, error) = (path[path.count - 1], supremumDistance(path[path.count - 1], target))
      series.append(Plot.Series(kind.name, x: path.map { $0[0] }, y: path.map { $0[1] }))
      claims.append(
        Claim(
          "二次函数上 \(kind.name) 的终点",
          expected: target.map { $0.fixed(3) }.joined(separator: ", "),
          measured: end.map { $0.fixed(3) }.joined(separator: ", "), holds: error <= 0.01))
    }
    series.append(Plot.Series("极小点", kind: .scatter, x: [minimum[0]], y: [minimum[1]]))
    emit(.plot(Plot(title: "二次函数上的轨迹", xLabel: "θ₁", yLabel: "θ₂", series: series)))
    return claims
  }

  private func descend(
    _ kind: Kind, _ curvature: [Double], _ minimum: [Double], lambda: Double
  ) throws -> [[Double]] {
    let parameters = Parameters(RandomSource(seed: seed))
    let theta = parameters.tensor("theta", [2], .zeros)
    let optimizer = optimizer(kind, parameters, learningRate: 0.01, lambda: lambda)
    let (h, a) = (Tensor(curvature.map(Float.init)), Tensor(minimum.map(Float.init)))
    let schedule = Schedule.warmupCosine(peak: 0.01, warmup: 0, total: 20_000)
    var path = [theta.scalars.map(Double.init)]
    for step in 0..<20_000 {
      if step.isMultiple(of: 100) { try Task.checkCancellation() }
      (h * square(theta - a) * 0.5).sum().backward()
      optimizer.learningRate = schedule(step)
      optimizer.step()
      if step < 1_000, step.isMultiple(of: 5) { path.append(theta.scalars.map(Double.init)) }
    }
    return path + [theta.scalars.map(Double.init)]
  }
}

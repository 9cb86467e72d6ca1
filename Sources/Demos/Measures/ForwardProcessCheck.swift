package import DemoKit
package import Tensors

/// Holds the closed forms of the forward process against a simulation of it.
///
/// The chains walk every step from one point, so that what is compared is the definition
/// q(x_t | x_{t-1}) with what was derived from it.
package struct ForwardProcessCheck {
  private let schedule = NoiseSchedule()
  private let chains: Int
  /// Where all chains begin.
  private let start: [Double] = [1.5, -0.5]

  /// Deviations are told in standard errors; of the several dozen here, the largest of a true
  /// formula stays below this in all but about one run of 300.
  private static let limit = 4.0

  package init(chains: Int) {
    self.chains = chains
  }

  /// Walks the chains and gives the claims about moments and posterior.
  package func run(_ random: RandomSource, emit: (DemoEvent) -> Void) throws -> [Claim] {
    emit(.text("前向过程：\(chains) 条链从同一点出发，逐步加噪 1,000 次。"))
    var random = random
    var moments: [Comparison] = []
    var posteriors: [Comparison] = []
    var x = Tensor(start.map { Float($0) }) + Tensor.zeros([chains, start.count])
    for t in 1...schedule.steps {
      try Task.checkCancellation()
      let before = x
      // region: step
      x =
        x * Float(schedule.alphas[t].squareRoot())
        + random.normal(x.shape) * Float(schedule.betas[t].squareRoot())
      // endregion: step
      if [1, 10, 100, 300, 1_000].contains(t) { moments += compareMoments(x, at: t) }
      if [2, 10, 100, 500, 1_000].contains(t) {
        posteriors += comparePosterior(before, x, at: t)
      }
    }
    emit(.table(Self.table("q(x_t | x_0)：模拟与公式", moments)))
    emit(.table(Self.table("q(x_{t-1} | x_t, x_0)：回归与公式", posteriors)))
    return [
      Self.claim("q(x_t | x_0) 的均值与方差符合闭式（\(moments.count) 个统计量）", moments),
      Self.claim("后验均值与方差符合公式（\(posteriors.count) 个统计量）", posteriors),
      parametrisationClaim(),
    ]
  }

  /// The mean √ᾱ_t x_0 and the variance 1 - ᾱ_t.
  private func compareMoments(_ x: Tensor, at t: Int) -> [Comparison] {
    let set = SampleSet(x)
    let alphaBar = schedule.alphaBars[t]
    return start.indices.flatMap { axis -> [Comparison] in
      let summary = Regression(set.column(axis), set.column(axis))
      return [
        Comparison(
          time: t, axis: axis, name: "均值", formula: alphaBar.squareRoot() * start[axis],
          measured: summary.meanX, error: ((1 - alphaBar) / Double(chains)).squareRoot()),
        Comparison(
          time: t, axis: axis, name: "方差", formula: 1 - alphaBar, measured: summary.varianceX,
          error: (1 - alphaBar) * (2 / Double(chains)).squareRoot()),
      ]
    }
  }

  // region: posterior
  /// Reads the posterior off a regression.
  ///
  /// Given x_0, x_{t-1} and x_t are jointly Gaussian. So the regression of the one on the other has
  /// the posterior mean as its line and the posterior variance as its residual.
  private func comparePosterior(_ before: Tensor, _ x: Tensor, at t: Int) -> [Comparison] {
    let posterior = schedule.posterior(t)
    let (earlier, later) = (SampleSet(before), SampleSet(x))
    let standardError = (posterior.variance / Double(chains)).squareRoot()
    return start.indices.flatMap { axis -> [Comparison] in
      let line = Regression(later.column(axis), earlier.column(axis))
      return [
        Comparison(
          time: t, axis: axis, name: "斜率", formula: posterior.ofNoisy, measured: line.slope,
          error: standardError / line.varianceX.squareRoot()),
        Comparison(
          time: t, axis: axis, name: "均值",
          formula: posterior.ofData * start[axis] + posterior.ofNoisy * line.meanX,
          measured: line.meanY, error: standardError),
        Comparison(
          time: t, axis: axis, name: "方差", formula: posterior.variance,
          measured: line.residualVariance,
          error: posterior.variance * (2 / Double(chains)).squareRoot()),
      ]
    }
  }
  // endregion: posterior

  /// The two ways to write the posterior mean, with x_0 and with the noise, at every time.
  private func parametrisationClaim() -> Claim {
    let gap = (2...schedule.steps).map { t in
      let (posterior, alphaBar) = (schedule.posterior(t), schedule.alphaBars[t])
      let (data, noise) = (start[0], 0.7)
      let x = alphaBar.squareRoot() * data + (1 - alphaBar).squareRoot() * noise
      let byNoise =
        (x - schedule.betas[t] / (1 - alphaBar).squareRoot() * noise)
        / schedule.alphas[t].squareRoot()
      return abs(posterior.ofData * data + posterior.ofNoisy * x - byNoise)
    }
    let largest = gap.max() ?? 0
    return Claim(
      "后验均值的两种写法（用 x₀ 与用 ε）在每个时刻相等", expected: "最大差 < 1e-10",
      measured: largest.significant(2), holds: largest < 1e-10)
  }
}

// MARK: - Comparisons

extension ForwardProcessCheck {
  /// A figure by formula and by simulation.
  private struct Comparison {
    var time: Int
    var axis: Int
    var name: String
    var formula: Double
    var measured: Double
    /// The standard error of `measured`.
    var error: Double

    var deviation: Double { (measured - formula) / error }
  }

  private static func table(_ title: String, _ comparisons: [Comparison]) -> Table {
    Table(
      title: title, header: ["t", "坐标", "统计量", "公式", "模拟", "偏差（标准误）"],
      rows: comparisons.filter { $0.axis == 0 }.map {
        [
          "\($0.time)", "\($0.axis + 1)", $0.name, $0.formula.significant(5),
          $0.measured.significant(5), $0.deviation.fixed(2),
        ]
      })
  }

  private static func claim(_ statement: String, _ comparisons: [Comparison]) -> Claim {
    let largest = comparisons.map { abs($0.deviation) }.max() ?? .infinity
    return Claim(
      statement, expected: "最大偏差 < \(limit.fixed(0)) 个标准误",
      measured: "\(largest.fixed(2)) 个标准误", holds: largest < limit)
  }
}

/// A straight line through points by least squares, with the moments it is made of.
private struct Regression {
  let meanX: Double
  let meanY: Double
  let varianceX: Double
  let slope: Double
  let residualVariance: Double

  init(_ x: [Double], _ y: [Double]) {
    let count = Double(x.count)
    let (meanX, meanY) = (x.reduce(0, +) / count, y.reduce(0, +) / count)
    let squaresX = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
    let squaresY = y.reduce(0) { $0 + ($1 - meanY) * ($1 - meanY) }
    let products = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
    self.meanX = meanX
    self.meanY = meanY
    varianceX = squaresX / (count - 1)
    slope = products / squaresX
    residualVariance = (squaresY - slope * products) / (count - 2)
  }
}

import Demos
import Foundation
import TestSupport
import Tensors
import Testing

struct SDETests {
  /// Geometric Brownian motion, whose paths are known: x(t) = x(0) exp((μ - σ²/2) t + σ W(t)).
  private struct Geometric {
    let growth: Double
    let volatility: Double

    var equation: SDE<[Double]> {
      let (growth, volatility) = (growth, volatility)
      return SDE(
        drift: { x, _ in x.scaled(by: growth) },
        diffusion: { x, _ in x.scaled(by: volatility) },
        diffusionSlope: { x, _ in x.map { _ in volatility } })
    }

    func exact(_ end: [Double], at t: Double) -> [Double] {
      end.map { exp((growth - volatility * volatility / 2) * t + volatility * $0) }
    }

    /// The gaps between solutions in `counts` steps and the exact ones, along the same paths.
    func gaps(
      _ method: SDE<[Double]>.Method, paths: Int, counts: [Int], seed: Int
    ) throws -> [[Double]] {
      var random = RandomSource(seed: seed)
      let start = [Double](repeating: 1, count: paths)
      let finest = counts.max() ?? 1
      let path = BrownianPath(like: start, to: 1, steps: finest, &random)
      let exact = exact(path.end, at: 1)
      return try counts.map { count in
        let coarse = path.coarsened(by: finest / count)
        return zip(try equation.solve(start, along: coarse, by: method), exact).map { $0 - $1 }
      }
    }
  }

  private func order(_ counts: [Int], _ errors: [Double]) throws -> Double {
    try #require(PowerLaw(x: counts.map { 1 / Double($0) }, y: errors)).exponent
  }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  @Test(arguments: [(SDE<[Double]>.Method.eulerMaruyama, 0.5), (.milstein, 1)], [1, 2, 3])
  func `the strong order is the method's`(
    expected: (method: SDE<[Double]>.Method, order: Double), seed: Int
  ) throws {
    let counts = [16, 32, 64, 128, 256]
    let errors = try Geometric(growth: 0.5, volatility: 1)
      .gaps(expected.method, paths: 400, counts: counts, seed: seed)
      .map { mean($0.map(\.magnitude)) }
    #expect(abs(try order(counts, errors) - expected.order) < 0.1, "\(errors)")
  }

  @Test(arguments: SDE<[Double]>.Method.allCases)
  func `the weak order of both methods is 1`(method: SDE<[Double]>.Method) throws {
    let counts = [4, 8, 16, 32]
    let errors = try Geometric(growth: 0.5, volatility: 0.2)
      .gaps(method, paths: 10_000, counts: counts, seed: 1)
      .map { mean($0).magnitude }
    #expect(abs(try order(counts, errors) - 1) < 0.1, "\(errors)")
  }

  @Test func `a path keeps its way when it is coarsened`() {
    var random = RandomSource(seed: 4)
    let path = BrownianPath(like: [Double](repeating: 0, count: 2_000), to: 2, steps: 12, &random)
    let coarse = path.coarsened(by: 3)
    expectClose(coarse.step, 0.5, tolerance: 1e-15)
    #expect(coarse.increments.count == 4)
    expectClose(coarse.end, path.end, tolerance: 1e-14)
    expectClose(path.end.rootMeanSquare, 2.0.squareRoot(), tolerance: 0.07)
  }

  @Test func `backwards in time noise grows all the same`() throws {
    var random = RandomSource(seed: 4)
    let equation = SDE<Tensor>(
      drift: { _, _ in Tensor(1) }, diffusion: { _, _ in Tensor(0.5) })
    let end = try equation.solve(Tensor.zeros([4_000]), from: 1, to: 0, steps: 10, &random)
    expectClose(end.mean().item, -1, tolerance: 0.03)
    expectClose(end.variance(axis: 0).item, 0.25, tolerance: 0.02)
  }

  @Test func `with noise that does not depend on the state both methods are one`() {
    let equation = SDE<[Double]>(drift: { x, t in x.scaled(by: t) }, diffusion: { _, t in [t] })
    #expect(
      equation.milstein([2], at: 3, by: 0.1, [0.7])
        == equation.eulerMaruyama([2], at: 3, by: 0.1, [0.7]))
    expectClose(equation.milstein([2], at: 3, by: 0.1, [0.7]), [4.7], tolerance: 1e-14)
  }

  @Test(arguments: [0.1, 0.4])
  func `Langevin steps settle at the variance their length gives`(step: Double) {
    // For p = N(0, 1) the chain x ← (1 - h) x + √(2h) z has the variance 1 / (1 - h / 2).
    var random = RandomSource(seed: 5)
    var x = [Double](repeating: 0, count: 20_000)
    for _ in 0..<60 { x = langevinStep(x, score: x.scaled(by: -1), step: step, &random) }
    let expected = 1 / (1 - step / 2)
    expectClose(x.rootMeanSquare * x.rootMeanSquare, expected, tolerance: 0.03)
  }

  @Test func `correctors bring few steps of the reverse process nearer to the data`() throws {
    // dx = -x/2 dt + dW takes N(2, 0.25) to N(2 e^(-t/2), 0.25 e^(-t) + 1 - e^(-t)).
    func score(_ x: [Double], _ t: Double) -> [Double] {
      let variance = 0.25 * exp(-t) + 1 - exp(-t)
      return x.map { (2 * exp(-t / 2) - $0) / variance }
    }
    let reverse = SDE<[Double]>(
      drift: { x, t in x.scaled(by: -0.5).plus(score(x, t), times: -1) },
      diffusion: { x, _ in x.map { _ in 1 } })
    func deviation(correctorSteps: Int) throws -> (mean: Double, deviation: Double) {
      var random = RandomSource(seed: 6)
      let start = random.normal([20_000]).scalars.map { Double($0) }
      let corrector = LangevinCorrector(signalToNoise: 0.3, steps: correctorSteps)
      let end = try predictorCorrector(
        reverse, start, from: 6, to: 0, steps: 12, corrector: corrector, &random, score: score)
      let mean = mean(end)
      return (mean, end.map { $0 - mean }.rootMeanSquare)
    }
    let (without, with) = (try deviation(correctorSteps: 0), try deviation(correctorSteps: 20))
    #expect(abs(with.mean - 2) < 0.05, "\(with)")
    #expect(abs(with.deviation - 0.5) < 0.03, "\(with)")
    #expect(abs(with.deviation - 0.5) < 0.5 * abs(without.deviation - 0.5), "\(without), \(with)")
  }
}

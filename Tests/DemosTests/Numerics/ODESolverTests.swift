import Demos
import Foundation
import TestSupport
import Tensors
import Testing

struct ODESolverTests {
  /// x′ = x cos t, so that x = exp(sin t).
  private static func slope(_ x: [Double], _ t: Double) -> [Double] { [x[0] * cos(t)] }

  @Test(arguments: ODEMethod.allCases)
  func `the error falls with the order of the method`(method: ODEMethod) throws {
    let counts = [16, 32, 64, 128]
    let errors = try counts.map { steps in
      let end = try method.solve([1], from: 0, to: 2, steps: steps, Self.slope)
      return abs(end[0] - exp(sin(2.0)))
    }
    let law = try #require(PowerLaw(x: counts.map { 2 / Double($0) }, y: errors))
    #expect(abs(law.exponent - Double(method.order)) < 0.15, "\(law.exponent)")
  }

  @Test(arguments: ODEMethod.allCases)
  func `as many evaluations as told are made, and each step is seen`(method: ODEMethod) throws {
    var (evaluations, steps) = (0, [Int]())
    _ = try method.solve([1], from: 0, to: 1, steps: 3, watch: { step, _ in steps.append(step) }) {
      x, t in
      evaluations += 1
      return Self.slope(x, t)
    }
    #expect(evaluations == 3 * method.evaluationsPerStep)
    #expect(steps == [1, 2, 3])
  }

  // from scipy.integrate import RK45
  // s = RK45(lambda t, x: [x[1], -x[0] + t], 0., [1., 0.], 9., first_step=0.5, rtol=1, atol=1)
  // s.step(); print(s.t, s.y)
  @Test func `one step of Dormand and Prince equals SciPy's`() {
    let end = ODEMethod.dormandPrince.step([1, 0], at: 0, by: 0.5) { x, t in [x[1], -x[0] + t] }
    expectClose(end, [0.89815104166667, -0.35700520833333], tolerance: 1e-12)
  }

  @Test func `steps adapt to the tolerance, forwards and backwards`() throws {
    for tolerance in [1e-4, 1e-7, 1e-10] {
      let solver = AdaptiveSolver(relativeTolerance: tolerance, absoluteTolerance: tolerance)
      let there = try solver.solve([1], from: 0, to: 2, Self.slope)
      #expect(abs(there.state[0] - exp(sin(2.0))) < 20 * tolerance)
      let back = try solver.solve(there.state, from: 2, to: 0, Self.slope)
      #expect(abs(back.state[0] - 1) < 40 * tolerance)
      #expect(
        there.evaluations == 1 + 6 * (there.accepted + there.rejected), "the first slope is kept")
    }
    func accepted(_ tolerance: Double) throws -> Int {
      try AdaptiveSolver(relativeTolerance: tolerance, absoluteTolerance: tolerance)
        .solve([1], from: 0, to: 2, Self.slope).accepted
    }
    #expect(try accepted(1e-4) < accepted(1e-7) && accepted(1e-7) < accepted(1e-10))
  }

  @Test func `a solution that leaves every bound ends with an error, not with a hang`() {
    // x′ = x², x(0) = 1 is 1 / (1 - t).
    #expect(throws: DemosError.self) {
      try AdaptiveSolver().solve([1], from: 0, to: 2) { x, _ in [x[0] * x[0]] }
    }
  }

  @Test func `gradients pass through the steps of a tensor`() throws {
    let tape = Tape()
    let start = Tensor.variable(Tensor([1, 2], shape: [2, 1]), on: tape)
    let rate = Tensor.variable(Tensor([-0.5]), on: tape)
    let end = try ODEMethod.rungeKutta4.solve(start, from: 0, to: 1, steps: 8) { x, _ in x * rate }
    end.sum().backward()
    expectClose(end.scalars, [exp(-0.5), 2 * exp(-0.5)], tolerance: 1e-6)
    expectClose(start.gradient?.scalars ?? [], [exp(-0.5), exp(-0.5)], tolerance: 1e-6)
    expectClose(rate.gradient?.item ?? 0, 3 * exp(-0.5), tolerance: 1e-6)
  }

  @Test func `both kinds of state behave alike`() {
    let (a, b): ([Double], [Double]) = ([1, -2, 3], [0.5, 4, -1])
    let (s, t) = (Tensor([1, -2, 3]), Tensor([0.5, 4, -1]))
    #expect(a.plus(b, times: 2) == [2, 6, 1])
    #expect(s.plus(t, times: 2).scalars == [2, 6, 1])
    #expect(a.times(b) == [0.5, -8, -3])
    #expect(s.times(t).scalars == [0.5, -8, -3])
    expectClose(
      s.size(absolute: 0.1, relative: 0.5, beside: s, t),
      a.size(absolute: 0.1, relative: 0.5, beside: a, b), tolerance: 1e-6)
    expectClose(a.rootMeanSquare, (14.0 / 3).squareRoot(), tolerance: 1e-14)
    #expect(a.scaled(by: 3) == [3, -6, 9])
  }
}

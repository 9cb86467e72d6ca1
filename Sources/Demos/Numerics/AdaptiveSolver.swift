import Foundation

/// Dormand and Prince's method with steps as long as a tolerance allows.
///
/// Each step is judged by the difference to a result of order 4, relative to
/// `absolute + relative * |x|`. A step whose error is above 1 is tried again with a shorter one.
///
/// - Source: Dormand, Prince, "A family of embedded Runge–Kutta formulae", 1980; the control of the
///   step is that of Hairer, Nørsett, Wanner, "Solving ordinary differential equations I", 1993,
///   section II.4.
package struct AdaptiveSolver: Sendable {
  package var relativeTolerance: Double
  package var absoluteTolerance: Double

  package init(relativeTolerance: Double = 1e-6, absoluteTolerance: Double = 1e-6) {
    self.relativeTolerance = relativeTolerance
    self.absoluteTolerance = absoluteTolerance
  }

  /// Where a solution ended, and what it took.
  package struct Solution<State> {
    package var state: State
    package var accepted = 0
    package var rejected = 0
    package var evaluations = 0
  }

  /// Solves `dx/dt = f(x, t)` from `x` at time `start` to time `end`, which may lie before it.
  package func solve<State: SolverState>(
    _ x: State, from start: Double, to end: Double, _ f: (State, Double) throws -> State
  ) throws -> Solution<State> {
    var solution = Solution(state: x)
    var slope = try f(x, start)
    solution.evaluations = 1
    var t = start
    var h = firstStep(x, slope, from: start, to: end)
    while t != end {
      try Task.checkCancellation()
      let isLast = (end - t).magnitude <= h.magnitude * (1 + 1e-12)
      if isLast { h = end - t }
      let slopes = try ButcherTableau.dormandPrince.slopes(
        solution.state, at: t, step: h, first: slope, f)
      solution.evaluations += slopes.count - 1
      let trial = Trial(solution.state, slopes, step: h)
      let error = trial.error.size(
        absolute: absoluteTolerance, relative: relativeTolerance, beside: solution.state,
        trial.result)
      if error <= 1 {
        solution.state = trial.result
        solution.accepted += 1
        slope = slopes[slopes.count - 1]
        t = isLast ? end : t + h
      } else {
        solution.rejected += 1
      }
      h *= Self.stepFactor(error)
      guard t == end || t + h != t else { throw DemosError.solverStuck(time: t) }
    }
    return solution
  }

  /// A step and the estimate of its error.
  private struct Trial<State: SolverState> {
    let result: State
    let error: State

    init(_ x: State, _ slopes: [State], step h: Double) {
      result = ButcherTableau.moved(
        x, slopes, by: ButcherTableau.dormandPrince.weights, step: h)
      let zero = x.scaled(by: 0)
      error = ButcherTableau.moved(
        zero, slopes, by: ButcherTableau.dormandPrinceError, step: h)
    }
  }

  /// What the next step is multiplied by: the error falls with the fifth power of the step.
  private static func stepFactor(_ error: Double) -> Double {
    guard error.isFinite else { return 0.2 }
    return min(5, max(0.2, 0.9 * pow(max(error, 1e-10), -0.2)))
  }

  /// A first step along which the state changes by about a hundredth of its size.
  private func firstStep<State: SolverState>(
    _ x: State, _ slope: State, from start: Double, to end: Double
  ) -> Double {
    func size(_ y: State) -> Double {
      y.size(absolute: absoluteTolerance, relative: relativeTolerance, beside: x, x)
    }
    let (place, speed) = (size(x), size(slope))
    let step = place > 1e-5 && speed > 1e-5 ? 0.01 * place / speed : 1e-6
    return end > start ? min(step, end - start) : max(-step, end - start)
  }
}

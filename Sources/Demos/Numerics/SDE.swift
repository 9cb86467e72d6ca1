package import Tensors

/// A stochastic differential equation whose coordinates have noise of their own.
///
///     dx = f(x, t) dt + g(x, t) dW
///
/// Time may run backwards, as in sampling from a diffusion model; an increment of the noise over a
/// step `h` has the variance |h|.
///
/// - Source: Kloeden, Platen, "Numerical solution of stochastic differential equations", 1992,
///   chapter 10.
package struct SDE<State: SolverState> {
  /// f, the drift.
  package let drift: (State, Double) -> State
  /// g, the diffusion, number by number.
  package let diffusion: (State, Double) -> State
  /// ∂g/∂x, number by number, for Milstein's method; `nil` where g does not depend on x, so that
  /// both methods are one.
  package let diffusionSlope: ((State, Double) -> State)?

  package init(
    drift: @escaping (State, Double) -> State, diffusion: @escaping (State, Double) -> State,
    diffusionSlope: ((State, Double) -> State)? = nil
  ) {
    self.drift = drift
    self.diffusion = diffusion
    self.diffusionSlope = diffusionSlope
  }

  // region: euler-maruyama
  /// Euler and Maruyama's step over `h` with the noise `increment`: strong order 1/2, weak order 1.
  ///
  ///     x ← x + f h + g ΔW
  package func eulerMaruyama(
    _ x: State, at t: Double, by h: Double, _ increment: State
  ) -> State {
    x.plus(drift(x, t), times: h).plus(diffusion(x, t).times(increment), times: 1)
  }
  // endregion: euler-maruyama

  // region: milstein
  /// Milstein's step over `h` with the noise `increment`: strong order 1.
  ///
  ///     x ← x + f h + g ΔW + ½ g g′ (ΔW² - |h|)
  package func milstein(_ x: State, at t: Double, by h: Double, _ increment: State) -> State {
    let euler = eulerMaruyama(x, at: t, by: h, increment)
    guard let diffusionSlope else { return euler }
    let product = diffusion(x, t).times(diffusionSlope(x, t))
    return euler.plus(product.times(increment).times(increment), times: 0.5)
      .plus(product, times: -0.5 * h.magnitude)
  }
  // endregion: milstein

  package enum Method: String, CaseIterable, Sendable {
    case eulerMaruyama = "euler-maruyama"
    case milstein
  }

  /// One step by either method.
  package func step(
    _ method: Method, _ x: State, at t: Double, by h: Double, _ increment: State
  ) -> State {
    switch method {
    case .eulerMaruyama: eulerMaruyama(x, at: t, by: h, increment)
    case .milstein: milstein(x, at: t, by: h, increment)
    }
  }

  /// The state at time `end`, reached from `x` at time `start` with fresh noise for each step.
  ///
  /// `watch` is called after each step with its number, from 1, and the state.
  package func solve(
    _ x: State, from start: Double, to end: Double, steps: Int, by method: Method = .eulerMaruyama,
    _ random: inout RandomSource, watch: (Int, State) throws -> Void = { _, _ in }
  ) throws -> State {
    let h = (end - start) / Double(steps)
    var x = x
    for step in 0..<steps {
      try Task.checkCancellation()
      let increment = x.noise(&random).scaled(by: h.magnitude.squareRoot())
      x = self.step(method, x, at: start + Double(step) * h, by: h, increment)
      try watch(step + 1, x)
    }
    return x
  }

  /// The state at the end of a Brownian path that begins at time 0, reached from `x` with a step for
  /// each increment of the path.
  package func solve(
    _ x: State, along path: BrownianPath<State>, by method: Method = .eulerMaruyama
  ) throws -> State {
    try path.increments.enumerated().reduce(x) { x, next in
      try Task.checkCancellation()
      return step(
        method, x, at: Double(next.offset) * path.step, by: path.step, next.element)
    }
  }
}

package import Tensors

/// One step of Langevin dynamics, which leads to samples of p as steps become short and many.
///
///     x ← x + h ∇ log p(x) + √(2h) z,  z ~ N(0, I)
///
/// - Source: Roberts, Tweedie, "Exponential convergence of Langevin distributions and their discrete
///   approximations", 1996.
package func langevinStep<State: SolverState>(
  _ x: State, score: State, step h: Double, _ random: inout RandomSource
) -> State {
  x.plus(score, times: h).plus(x.noise(&random), times: (2 * h).squareRoot())
}

/// The corrector of predictor–corrector sampling: Langevin steps at one noise level, whose length
/// keeps noise and score in a fixed proportion.
///
///     h = 2 (r ‖z‖ / ‖s‖)²
///
/// Both sizes are root mean squares over the whole batch.
///
/// - Source: Song et al., "Score-based generative modeling through stochastic differential
///   equations", 2021, arXiv:2011.13456, algorithms 4 and 5.
package struct LangevinCorrector: Sendable {
  /// r, the ratio of signal to noise.
  package var signalToNoise: Double
  package var steps: Int

  package init(signalToNoise: Double = 0.16, steps: Int = 1) {
    self.signalToNoise = signalToNoise
    self.steps = steps
  }

  /// Moves `x` closer to the law whose score is given.
  package func callAsFunction<State: SolverState>(
    _ x: State, _ random: inout RandomSource, score: (State) throws -> State
  ) rethrows -> State {
    var x = x
    for _ in 0..<steps {
      let slope = try score(x)
      let noise = x.noise(&random)
      let ratio = signalToNoise * noise.rootMeanSquare / slope.rootMeanSquare
      let h = 2 * ratio * ratio
      x = x.plus(slope, times: h).plus(noise, times: (2 * h).squareRoot())
    }
    return x
  }
}

// region: predictor-corrector
/// Predictor–corrector sampling: each step of the SDE is followed by Langevin steps at its new time.
package func predictorCorrector<State: SolverState>(
  _ sde: SDE<State>, _ x: State, from start: Double, to end: Double, steps: Int,
  corrector: LangevinCorrector, _ random: inout RandomSource,
  score: (State, Double) throws -> State
) throws -> State {
  let h = (end - start) / Double(steps)
  var x = x
  for step in 0..<steps {
    try Task.checkCancellation()
    let (t, next) = (start + Double(step) * h, start + Double(step + 1) * h)
    let increment = x.noise(&random).scaled(by: h.magnitude.squareRoot())
    x = sde.eulerMaruyama(x, at: t, by: h, increment)
    x = try corrector(x, &random) { try score($0, next) }
  }
  return x
}
// endregion: predictor-corrector

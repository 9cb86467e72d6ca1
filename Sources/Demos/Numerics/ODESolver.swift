/// Explicit methods for `dx/dt = f(x, t)`, with steps of one length.
///
/// Time may run backwards. Where the state is a tensor on a tape, every step is recorded.
package enum ODEMethod: String, CaseIterable, Sendable {
  case euler
  case heun
  case rungeKutta4 = "rk4"
  case dormandPrince = "dormand-prince"

  /// The power of the step by which the error at a fixed time falls.
  package var order: Int {
    switch self {
    case .euler: 1
    case .heun: 2
    case .rungeKutta4: 4
    case .dormandPrince: 5
    }
  }

  /// How often a step asks for `f`.
  package var evaluationsPerStep: Int { tableau.nodes.count }

  private var tableau: ButcherTableau {
    switch self {
    case .euler: .euler
    case .heun: .heun
    case .rungeKutta4: .rungeKutta4
    case .dormandPrince: .dormandPrince
    }
  }

  // region: step
  /// The state a step of length `h` later.
  package func step<State: SolverState>(
    _ x: State, at t: Double, by h: Double, _ f: (State, Double) throws -> State
  ) rethrows -> State {
    let slopes = try tableau.slopes(x, at: t, step: h, f)
    return ButcherTableau.moved(x, slopes, by: tableau.weights, step: h)
  }
  // endregion: step

  /// The state at time `end`, reached from `x` at time `start`.
  ///
  /// `watch` is called after each step with its number, from 1, and the state.
  package func solve<State: SolverState>(
    _ x: State, from start: Double, to end: Double, steps: Int,
    watch: (Int, State) throws -> Void = { _, _ in }, _ f: (State, Double) throws -> State
  ) throws -> State {
    let h = (end - start) / Double(steps)
    return try (0..<steps).reduce(x) { x, step in
      try Task.checkCancellation()
      let next = try self.step(x, at: start + Double(step) * h, by: h, f)
      try watch(step + 1, next)
      return next
    }
  }
}

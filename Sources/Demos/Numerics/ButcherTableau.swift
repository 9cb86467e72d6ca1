/// The coefficients of an explicit Runge–Kutta method.
///
///     k_i = f(x + h Σ_j a_ij k_j, t + c_i h)        x(t + h) ≈ x + h Σ_i b_i k_i
///
/// - Source: Hairer, Nørsett, Wanner, "Solving ordinary differential equations I", 2nd edition, 1993,
///   chapter II.
struct ButcherTableau: Sendable {
  /// The times `c` of the stages, as shares of the step.
  let nodes: [Double]
  /// The rows of `a` below the diagonal.
  let stages: [[Double]]
  /// The weights `b` of the result.
  let weights: [Double]

  static let euler = ButcherTableau(nodes: [0], stages: [[]], weights: [1])

  /// Euler's step and one more from where it led, averaged.
  static let heun = ButcherTableau(nodes: [0, 1], stages: [[], [1]], weights: [1 / 2, 1 / 2])

  static let rungeKutta4 = ButcherTableau(
    nodes: [0, 1 / 2, 1 / 2, 1], stages: [[], [1 / 2], [0, 1 / 2], [0, 0, 1]],
    weights: [1 / 6, 1 / 3, 1 / 3, 1 / 6])

  /// Dormand and Prince's method of order 5, whose last stage is the first one of the next step.
  static let dormandPrince = ButcherTableau(
    nodes: [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1],
    stages: [
      [],
      [1 / 5],
      [3 / 40, 9 / 40],
      [44 / 45, -56 / 15, 32 / 9],
      [19_372 / 6_561, -25_360 / 2_187, 64_448 / 6_561, -212 / 729],
      [9_017 / 3_168, -355 / 33, 46_732 / 5_247, 49 / 176, -5_103 / 18_656],
      [35 / 384, 0, 500 / 1_113, 125 / 192, -2_187 / 6_784, 11 / 84],
    ],
    weights: [35 / 384, 0, 500 / 1_113, 125 / 192, -2_187 / 6_784, 11 / 84, 0])

  /// What Dormand and Prince's result differs by from a second one of order 4: an estimate of its
  /// error.
  static let dormandPrinceError: [Double] = [
    71 / 57_600, 0, -71 / 16_695, 71 / 1_920, -17_253 / 339_200, 22 / 525, -1 / 40,
  ]

  /// The slopes `k` of one step from `x` at time `t`, `first` being the first of them if it is known.
  func slopes<State: SolverState>(
    _ x: State, at t: Double, step h: Double, first: State? = nil,
    _ f: (State, Double) throws -> State
  ) rethrows -> [State] {
    var slopes = [try first ?? f(x, t)]
    for (node, row) in zip(nodes, stages).dropFirst() {
      slopes.append(try f(Self.moved(x, slopes, by: row, step: h), t + node * h))
    }
    return slopes
  }

  /// `x + h Σ_i w_i k_i`.
  static func moved<State: SolverState>(
    _ x: State, _ slopes: [State], by weights: [Double], step h: Double
  ) -> State {
    zip(weights, slopes).reduce(x) { sum, term in
      term.0 == 0 ? sum : sum.plus(term.1, times: h * term.0)
    }
  }
}

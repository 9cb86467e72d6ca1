package import Tensors

/// A path of Brownian motion from time 0, known by its increments over steps of one length.
///
/// Strong convergence compares solutions along one and the same path, seen ever more coarsely.
package struct BrownianPath<State: SolverState> {
  package let step: Double
  package let increments: [State]

  private init(step: Double, increments: [State]) {
    self.step = step
    self.increments = increments
  }

  /// Draws a path up to time `end`, as many numbers wide as `state`.
  package init(like state: State, to end: Double, steps: Int, _ random: inout RandomSource) {
    step = end / Double(steps)
    let deviation = step.squareRoot()
    increments = (0..<steps).map { _ in state.noise(&random).scaled(by: deviation) }
  }

  /// The same path in steps `factor` times as long; a rest at the end is left out.
  package func coarsened(by factor: Int) -> BrownianPath {
    BrownianPath(
      step: step * Double(factor),
      increments: (0..<increments.count / factor).map { index in
        let first = index * factor
        return increments[first + 1..<first + factor].reduce(increments[first]) {
          $0.plus($1, times: 1)
        }
      })
  }

  /// W at the end of the path.
  package var end: State { coarsened(by: increments.count).increments[0] }
}

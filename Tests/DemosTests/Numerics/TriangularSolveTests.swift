import Demos
import TestSupport
import Testing

struct TriangularSolveTests {
  // from scipy.linalg import solve_triangular as solve
  // print(solve(S, wave(5, 1.), lower=True), solve(S, wave(5, 1.)))
  // print(solve(S, wave(5, 1.), lower=True, unit_diagonal=True))
  @Test func `triangles are solved as SciPy does, the other half left unread`() {
    let matrix = definiteMatrix
    expectClose(
      matrix.forwardSubstitution(wave(5, 1)),
      [0.259435009232, 0.470761909557, 0.373123433819, 0.092771668557, -0.166447107736],
      tolerance: 1e-11)
    expectClose(
      matrix.backSubstitution(wave(5, 1)),
      [0.413611190586, 0.450742545511, 0.224392897912, -0.103359485645, -0.164379601245],
      tolerance: 1e-11)
    expectClose(
      matrix.forwardSubstitution(wave(5, 1), unitDiagonal: true),
      [0.841470984808, 2.732605173955, 5.147487735546, 7.946973033819, 12.153441439114],
      tolerance: 1e-11)
  }
}

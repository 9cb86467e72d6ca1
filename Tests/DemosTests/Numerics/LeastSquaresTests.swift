import Demos
import TestSupport
import Testing

struct LeastSquaresTests {
  // x = np.arange(8.); y = 2 + 0.5 * x + 0.1 * wave(8); X = np.stack([np.ones(8), x], 1)
  // beta = np.linalg.solve(X.T @ X, X.T @ y); s2 = ((y - X @ beta)**2).sum() / 6
  // print(beta, np.sqrt(np.diag(s2 * np.linalg.inv(X.T @ X))), s2)
  @Test func `a line, its errors and what is left equal the normal equations'`() throws {
    let x = (0..<8).map { Double($0) }
    let y = zip(x, wave(8)).map { 2 + 0.5 * $0 + 0.1 * $1 }
    let line = try #require(LeastSquares(Matrix(x.map { [1, $0] }), y))
    expectClose(line.coefficients, [2.0869258985, 0.477389219433], tolerance: 1e-11)
    expectClose(line.standardErrors, [0.036282245286, 0.008673115515], tolerance: 1e-11)
    expectClose(line.residualVariance, 0.003159363175, tolerance: 1e-11)
  }

  @Test func `columns that depend on each other are refused`() {
    #expect(LeastSquares(Matrix([[1, 2], [2, 4], [3, 6]]), [1, 2, 3]) == nil)
  }

  // h = np.array([.5, .25, .125, .0625]); e = 3 * h**1.5 * (1 + 0.05 * wave(4))
  // r = scipy.stats.linregress(np.log(h), np.log(e)); print(r.slope, r.stderr, np.exp(r.intercept))
  @Test func `the exponent of a power law equals SciPy's`() throws {
    let x = [0.5, 0.25, 0.125, 0.0625]
    let y = zip(x, wave(4)).map { 3 * $0 * $0.squareRoot() * (1 + 0.05 * $1) }
    let law = try #require(PowerLaw(x: x, y: y))
    expectClose(law.exponent, 1.479346505749, tolerance: 1e-11)
    expectClose(law.exponentError, 0.008593505734, tolerance: 1e-11)
    expectClose(law.coefficient, 2.984213643094, tolerance: 1e-11)
    expectClose(law(1), 2.984213643094, tolerance: 1e-11)
  }

  @Test func `no power law goes through zeros or one place alone`() {
    #expect(PowerLaw(x: [1, 2, 3], y: [1, 0, 1]) == nil)
    #expect(PowerLaw(x: [2, 2, 2], y: [1, 2, 3]) == nil)
    #expect(PowerLaw(x: [1, 2], y: [1, 2]) == nil)
  }
}

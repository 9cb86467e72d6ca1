import Demos
import TestSupport
import Testing

struct CholeskyTests {
  // print(np.linalg.cholesky(S), np.linalg.slogdet(S)[1], np.linalg.solve(S, wave(5, 1.)))
  @Test func `factor, determinant and solution equal NumPy's`() throws {
    let cholesky = try #require(Cholesky(definiteMatrix))
    expectClose(
      cholesky.factor.values,
      [
        1.800965038611, 0, 0, 0, 0, -1.148786879857, 1.388155364485, 0, 0, 0, 0.905871136952,
        -0.791173341578, 1.388531629777, 0, 0, -0.547831288188, 0.814024228555, -0.841288301852,
        1.376110732764, 0, 0.120169409709, -0.733423523317, 0.907313733416, -0.776029991642,
        1.320770105019,
      ], tolerance: 1e-11)
    expectClose(cholesky.logDeterminant, 3.68404288209, tolerance: 1e-11)
    expectClose(
      cholesky.solve(wave(5, 1)),
      [0.591221161532, 1.108537293972, 0.706820966323, -0.134022237455, -0.314326656898],
      tolerance: 1e-11)
  }

  @Test(arguments: 1...24) func `random systems are solved`(size: Int) throws {
    let a = randomMatrix(size, size, seed: size)
    let matrix = a * a.transposed + Matrix.identity(size)
    let cholesky = try #require(Cholesky(matrix))
    expectClose(cholesky.factor * cholesky.factor.transposed, matrix, tolerance: 1e-13)
    expectClose(cholesky.solve(matrix * wave(size)), wave(size), tolerance: 1e-10)
  }

  @Test func `a matrix that is not positive definite has no factor`() {
    #expect(Cholesky(Matrix([[1, 2], [2, 1]])) == nil)
    #expect(Cholesky(Matrix([[.nan]])) == nil)
  }

  // print(scipy.stats.multivariate_normal(wave(5, 2.), S).logpdf(wave(5, 1.)))
  @Test func `the density of a Gaussian equals SciPy's`() throws {
    let normal = try #require(MultivariateNormal(mean: wave(5, 2), covariance: definiteMatrix))
    expectClose(normal.logDensity(wave(5, 1)), -7.459687621311, tolerance: 1e-11)
  }

  @Test func `the moments of a set make its likelihood greatest`() throws {
    let points = SampleSet(dimension: 2, values: [0, 0, 2, 1, 1, 3, -1, 0, 4, 2])
    let moments = points.moments
    #expect(moments.mean == [1.2, 1.2])
    expectClose(moments.covariance.values, [2.96, 1.16, 1.16, 1.36], tolerance: 1e-12)
    func likelihood(_ covariance: Matrix) throws -> Double {
      try #require(MultivariateNormal(mean: moments.mean, covariance: covariance))
        .meanLogDensity(of: points)
    }
    let best = try likelihood(moments.covariance)
    for change in [Matrix([[0.1, 0], [0, 0]]), Matrix([[0, 0.1], [0.1, 0]])] {
      #expect(try likelihood(moments.covariance + change) < best)
      #expect(try likelihood(moments.covariance + -1 * change) < best)
    }
  }
}

import Demos
import Testing
import TestSupport

struct LUDecompositionTests {
  @Test func `a system with a zero on the diagonal is solved`() throws {
    let system = try #require(LUDecomposition(Matrix([[0, 2, 1], [1, 0, 3], [4, 1, 0]])))
    expectClose(system.solve([7, 10, 6]), [1, 2, 3], tolerance: 1e-14)
  }

  @Test func `a singular matrix has no decomposition`() {
    #expect(LUDecomposition(Matrix([[1, 2], [2, 4]])) == nil)
    #expect(LUDecomposition(Matrix([[0]])) == nil)
  }

  @Test(arguments: 1...24)
  func `random systems give back the solution they were made from`(size: Int) throws {
    let matrix = randomMatrix(size, size, seed: size)
    let system = try #require(LUDecomposition(matrix))
    expectClose(system.solve(matrix * wave(size)), wave(size), tolerance: 1e-9)
  }
}

import Demos
import Testing
import TestSupport

struct LUDecompositionTests {
  @Test func `a system with a zero on the diagonal is solved`() throws {
    let system = try #require(LUDecomposition([0, 2, 1, 1, 0, 3, 4, 1, 0], size: 3))
    expectClose(system.solve([7, 10, 6]), [1, 2, 3], tolerance: 1e-14)
  }

  @Test func `a singular matrix has no decomposition`() {
    #expect(LUDecomposition([1, 2, 2, 4], size: 2) == nil)
    #expect(LUDecomposition([0], size: 1) == nil)
  }

  @Test(arguments: 1...24)
  func `random systems give back the solution they were made from`(size: Int) throws {
    var generator = SeededGenerator(seed: UInt64(size))
    let matrix = (0..<size * size).map { _ in Double.random(in: -1...1, using: &generator) }
    let x = (0..<size).map { _ in Double.random(in: -1...1, using: &generator) }
    let b = (0..<size).map { i in (0..<size).reduce(0) { $0 + matrix[i * size + $1] * x[$1] } }
    let system = try #require(LUDecomposition(matrix, size: size))
    expectClose(system.solve(b), x, tolerance: 1e-9)
  }
}

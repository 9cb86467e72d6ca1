import Demos
import Foundation
import TestSupport
import Testing

// The inputs of all golden numbers of this folder. In NumPy:
//
//     def wave(n, phase=0.): return np.sin(0.7 * np.arange(n) + phase)

/// Numbers that both sides can make: sin(0.7 i + phase).
func wave(_ count: Int, _ phase: Double = 0) -> [Double] {
  (0..<count).map { sin(0.7 * Double($0) + phase) }
}

/// A symmetric positive definite matrix.
///
///     A = wave(25).reshape(5, 5); S = A @ A.T + np.eye(5)
let definiteMatrix: Matrix = {
  let a = Matrix(rows: 5, columns: 5, values: wave(25))
  return a * a.transposed + Matrix.identity(5)
}()

/// A matrix of uniform numbers from -1 to 1.
func randomMatrix(_ rows: Int, _ columns: Int, seed: Int) -> Matrix {
  var generator = SeededGenerator(seed: UInt64(seed))
  return Matrix(
    rows: rows, columns: columns,
    values: (0..<rows * columns).map { _ in Double.random(in: -1...1, using: &generator) })
}

/// Expects two matrices to agree within `tolerance`.
func expectClose(
  _ measured: Matrix, _ expected: Matrix, tolerance: Double,
  location: SourceLocation = #_sourceLocation
) {
  #expect(measured.rows == expected.rows, sourceLocation: location)
  expectClose(measured.values, expected.values, tolerance: tolerance, location: location)
}

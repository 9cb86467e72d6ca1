/// A square matrix as the product of a unit lower and an upper triangle, rows swapped by size.
///
///     P A = L U
///
/// - Source: Golub, Van Loan, "Matrix Computations", 4th edition, 2013, section 3.4.
package struct LUDecomposition: Sendable {
  private let size: Int
  /// `U` on and above the diagonal, `L` without its ones below it, row by row.
  private let factors: [Double]
  /// The row of the matrix that came to stand in each row of the factors.
  private let rows: [Int]

  /// Decomposes the `size` x `size` matrix given row by row; `nil` if it is singular.
  package init?(_ matrix: [Double], size: Int) {
    precondition(
      matrix.count == size * size, "lu: \(matrix.count) elements do not make [\(size), \(size)]")
    var factors = matrix
    var rows = Array(0..<size)
    for column in 0..<size {
      let pivot = (column..<size).max { row, other in
        factors[row * size + column].magnitude < factors[other * size + column].magnitude
      }
      guard let pivot, factors[pivot * size + column] != 0 else { return nil }
      if pivot != column {
        rows.swapAt(pivot, column)
        for k in 0..<size { factors.swapAt(pivot * size + k, column * size + k) }
      }
      Self.eliminate(column, in: &factors, size: size)
    }
    self.size = size
    self.factors = factors
    self.rows = rows
  }

  /// The `x` with `A x = b`.
  package func solve(_ b: [Double]) -> [Double] {
    precondition(b.count == size, "lu solve: [\(size), \(size)] and [\(b.count)] do not fit")
    var x = rows.map { b[$0] }
    for i in 0..<size {
      for k in 0..<i { x[i] -= factors[i * size + k] * x[k] }
    }
    for i in (0..<size).reversed() {
      for k in (i + 1)..<size { x[i] -= factors[i * size + k] * x[k] }
      x[i] /= factors[i * size + i]
    }
    return x
  }

  private static func eliminate(_ column: Int, in factors: inout [Double], size: Int) {
    for row in (column + 1)..<size where factors[row * size + column] != 0 {
      let factor = factors[row * size + column] / factors[column * size + column]
      factors[row * size + column] = factor
      for k in (column + 1)..<size {
        factors[row * size + k] -= factor * factors[column * size + k]
      }
    }
  }
}

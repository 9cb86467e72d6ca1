/// A square matrix as the product of a unit lower and an upper triangle, rows swapped by size.
///
///     P A = L U
///
/// - Source: Golub, Van Loan, "Matrix Computations", 4th edition, 2013, section 3.4.
package struct LUDecomposition: Sendable {
  /// `U` on and above the diagonal, `L` without its ones below it.
  private let factors: Matrix
  /// The row of the matrix that came to stand in each row of the factors.
  private let rows: [Int]

  /// Decomposes a square matrix; `nil` if it is singular.
  package init?(_ matrix: Matrix) {
    let size = matrix.rows
    precondition(size == matrix.columns, "lu: [\(size), \(matrix.columns)] is not square")
    var factors = matrix
    var rows = Array(0..<size)
    for column in 0..<size {
      let pivot = (column..<size).max { row, other in
        factors[row, column].magnitude < factors[other, column].magnitude
      }
      guard let pivot, factors[pivot, column] != 0 else { return nil }
      if pivot != column {
        rows.swapAt(pivot, column)
        for k in 0..<size { factors.values.swapAt(pivot * size + k, column * size + k) }
      }
      Self.eliminate(column, in: &factors)
    }
    self.factors = factors
    self.rows = rows
  }

  /// The `x` with `A x = b`.
  package func solve(_ b: [Double]) -> [Double] {
    precondition(
      b.count == rows.count,
      "lu solve: [\(rows.count), \(rows.count)] and [\(b.count)] do not fit")
    let y = factors.forwardSubstitution(rows.map { b[$0] }, unitDiagonal: true)
    return factors.backSubstitution(y)
  }

  private static func eliminate(_ column: Int, in factors: inout Matrix) {
    let size = factors.rows
    for row in (column + 1)..<size where factors[row, column] != 0 {
      let factor = factors[row, column] / factors[column, column]
      factors[row, column] = factor
      for k in (column + 1)..<size { factors[row, k] -= factor * factors[column, k] }
    }
  }
}

import Foundation

/// A symmetric positive definite matrix as the product of a lower triangle and its transpose.
///
///     A = L Lᵀ
///
/// - Source: Golub, Van Loan, "Matrix Computations", 4th edition, 2013, section 4.2.
package struct Cholesky: Sendable {
  /// The lower triangle `L`.
  package let factor: Matrix
  private let transposedFactor: Matrix

  /// Decomposes a symmetric matrix, of which only the lower triangle is read; `nil` if it is not
  /// positive definite.
  package init?(_ matrix: Matrix) {
    let size = matrix.rows
    precondition(size == matrix.columns, "cholesky: [\(size), \(matrix.columns)] is not square")
    var factor = Matrix.zeros(rows: size, columns: size)
    for j in 0..<size {
      for i in j..<size {
        var rest = matrix[i, j]
        for k in 0..<j { rest -= factor[i, k] * factor[j, k] }
        if i > j {
          factor[i, j] = rest / factor[j, j]
        } else {
          guard rest > 0 else { return nil }
          factor[j, j] = rest.squareRoot()
        }
      }
    }
    self.factor = factor
    transposedFactor = factor.transposed
  }

  /// log det A.
  package var logDeterminant: Double {
    2 * (0..<factor.rows).reduce(0) { $0 + log(factor[$1, $1]) }
  }

  /// The `x` with `A x = b`.
  package func solve(_ b: [Double]) -> [Double] {
    transposedFactor.backSubstitution(whitened(b))
  }

  /// L⁻¹ b, whose squared length is bᵀ A⁻¹ b.
  package func whitened(_ b: [Double]) -> [Double] {
    factor.forwardSubstitution(b)
  }
}

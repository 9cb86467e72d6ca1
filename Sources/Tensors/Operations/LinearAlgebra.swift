// Inverses and determinants of small square matrices, as flows need them. The elimination runs in
// Double; its cost grows with the third power of the size.

/// The inverse of a matrix.
///
///     d(A⁻¹) = -A⁻¹ dA A⁻¹,  so  dA = -A⁻ᵀ dY A⁻ᵀ
///
/// A singular matrix gives NaN.
///
/// - Shape: `[N, N]` gives `[N, N]`.
package func inverse(_ a: Tensor) -> Tensor {
  let y = Tensor(LUFactors(a, "inverse").inverse, shape: a.shape)
  return y.recorded("inverse", a) { dy in
    let inverse = inverse(a)
    let left = matmul(inverse, dy, transposingLeft: true)
    a.node?.receive(-matmul(left, inverse, transposingRight: true))
  }
}

/// The sign of a determinant, and the logarithm of its magnitude with its derivative.
///
///     d log|det A| = tr(A⁻¹ dA),  so  dA = dy A⁻ᵀ
///
/// A singular matrix has the sign 0 and the logarithm -infinity.
///
/// - Shape: `[N, N]` gives a number.
package func signAndLogDeterminant(_ a: Tensor) -> (sign: Float, logarithm: Tensor) {
  let factors = LUFactors(a, "signAndLogDeterminant")
  let logarithm = Tensor(factors.logDeterminant)
  let recorded = logarithm.recorded("logDeterminant", a) { dy in
    a.node?.receive(dy * inverse(a).transposed())
  }
  return (factors.sign, recorded)
}

/// A square matrix as the product of a unit lower and an upper triangle, rows swapped by size.
///
///     P A = L U
///
/// - Source: Golub, Van Loan, "Matrix Computations", 4th edition, 2013, section 3.4.
private struct LUFactors {
  private let size: Int
  /// `U` on and above the diagonal, `L` without its ones below it, row by row.
  private var factors: [Double]
  /// The row of the matrix that came to stand in each row of the factors.
  private var rows: [Int]
  private var swapSign: Double = 1

  init(_ a: Tensor, _ operation: String) {
    require(a.rank == 2 && a.shape[0] == a.shape[1], "\(operation): \(a.shape) is not square")
    size = a.shape[0]
    factors = a.scalars.map(Double.init)
    rows = Array(0..<size)
    for column in 0..<size {
      bringUpPivot(column)
      eliminate(column)
    }
  }

  private var diagonal: [Double] { (0..<size).map { factors[$0 * size + $0] } }

  /// The sign of the determinant, 0 for a singular matrix.
  var sign: Float {
    Float(diagonal.reduce(swapSign) { $0 * ($1 == 0 ? 0 : $1 < 0 ? -1 : 1) })
  }

  /// By our own logarithm, since those of the systems differ in their last bits.
  var logDeterminant: Float {
    let logarithms = log(Tensor(diagonal.map { Float($0.magnitude) })).scalars
    return Float(logarithms.reduce(0) { $0 + Double($1) })
  }

  /// The inverse, row by row.
  var inverse: [Float] {
    var inverse = [Float](repeating: 0, count: size * size)
    for column in 0..<size {
      for (row, value) in solution(ofUnit: column).enumerated() {
        inverse[row * size + column] = Float(value)
      }
    }
    return inverse
  }

  /// The column of the inverse: the `x` with `A x = e`.
  private func solution(ofUnit column: Int) -> [Double] {
    var x = rows.map { $0 == column ? 1.0 : 0 }
    for i in 0..<size {
      for k in 0..<i { x[i] -= factors[i * size + k] * x[k] }
    }
    for i in (0..<size).reversed() {
      for k in (i + 1)..<size { x[i] -= factors[i * size + k] * x[k] }
      x[i] /= factors[i * size + i]
    }
    return x
  }

  /// Swaps the row with the largest number of a column into place.
  private mutating func bringUpPivot(_ column: Int) {
    let pivot = (column..<size).reduce(column) { best, row in
      factors[row * size + column].magnitude > factors[best * size + column].magnitude ? row : best
    }
    guard pivot != column else { return }
    rows.swapAt(pivot, column)
    for k in 0..<size { factors.swapAt(pivot * size + k, column * size + k) }
    swapSign = -swapSign
  }

  private mutating func eliminate(_ column: Int) {
    for row in (column + 1)..<size where factors[row * size + column] != 0 {
      let factor = factors[row * size + column] / factors[column * size + column]
      factors[row * size + column] = factor
      for k in (column + 1)..<size {
        factors[row * size + k] -= factor * factors[column * size + k]
      }
    }
  }
}

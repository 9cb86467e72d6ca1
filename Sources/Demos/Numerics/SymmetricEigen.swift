/// Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations.
///
///     A = V diag(λ) Vᵀ
///
/// Each rotation makes one pair of elements off the diagonal zero; sweeps over all pairs go on until
/// nothing but rounding is left there, which takes six to ten of them.
///
/// - Source: Golub, Van Loan, "Matrix Computations", 4th edition, 2013, section 8.5.
package struct SymmetricEigen: Sendable {
  /// The eigenvalues, falling.
  package let values: [Double]
  /// Their unit vectors as columns; the largest component of each is positive.
  package let vectors: Matrix

  /// Decomposes a symmetric matrix.
  package init(_ matrix: Matrix) {
    let size = matrix.rows
    precondition(size == matrix.columns, "eigen: [\(size), \(matrix.columns)] is not square")
    var a = matrix
    var v = Matrix.identity(size)  // vectors as rows
    let tolerance = 1e-32 * dot(matrix.values, matrix.values)
    var sweeps = 0
    while sweeps < Self.sweepLimit, Self.squaresOffDiagonal(a) > tolerance {
      for p in 0..<size {
        for q in (p + 1)..<size where a[p, q] != 0 {
          let rotation = JacobiRotation(a[p, p], a[p, q], a[q, q])
          rotation.applyToColumns(p, q, of: &a)
          rotation.applyToRows(p, q, of: &a)
          rotation.applyToRows(p, q, of: &v)
        }
      }
      sweeps += 1
    }
    let order = (0..<size).sorted { a[$0, $0] > a[$1, $1] }
    values = order.map { a[$0, $0] }
    vectors = Matrix(order.map { v.row($0).withLargestPositive }).transposed
  }

  private static let sweepLimit = 60

  private static func squaresOffDiagonal(_ a: Matrix) -> Double {
    (0..<a.rows).reduce(0) { sum, i in
      (0..<i).reduce(sum) { $0 + 2 * a[i, $1] * a[i, $1] }
    }
  }
}

/// The rotation of a plane that makes a symmetric 2 x 2 matrix diagonal.
///
///     x_p ← c x_p - s x_q,  x_q ← s x_p + c x_q
struct JacobiRotation {
  private let cosine: Double
  private let sine: Double

  /// The rotation for the matrix [[pp, pq], [pq, qq]], the smaller of the two that do.
  init(_ pp: Double, _ pq: Double, _ qq: Double) {
    let slope = (qq - pp) / (2 * pq)
    let sign: Double = slope < 0 ? -1 : 1
    let tangent = sign / (slope.magnitude + (1 + slope * slope).squareRoot())
    cosine = 1 / (1 + tangent * tangent).squareRoot()
    sine = tangent * cosine
  }

  func applyToRows(_ p: Int, _ q: Int, of a: inout Matrix) {
    for k in 0..<a.columns {
      let (x, y) = (a[p, k], a[q, k])
      a[p, k] = cosine * x - sine * y
      a[q, k] = sine * x + cosine * y
    }
  }

  func applyToColumns(_ p: Int, _ q: Int, of a: inout Matrix) {
    for k in 0..<a.rows {
      let (x, y) = (a[k, p], a[k, q])
      a[k, p] = cosine * x - sine * y
      a[k, q] = sine * x + cosine * y
    }
  }
}

extension [Double] {
  /// This row or its negative, whichever has its largest magnitude positive.
  var withLargestPositive: [Double] {
    let largest = self.max { $0.magnitude < $1.magnitude } ?? 0
    return largest < 0 ? map { -$0 } : self
  }
}
